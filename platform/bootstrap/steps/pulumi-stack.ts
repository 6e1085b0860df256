import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { CommandError } from '../../terminal/terminal.ts'
import { secretsAlias, stateBucketName } from '../names.ts'
import { currentBackend, openPulumi, type PulumiCli } from '../pulumi-cli.ts'
import type { Action, Finding, Place, Step } from '../step.ts'

export interface PulumiStackOptions {
  env: NodeJS.ProcessEnv
  root: string
  /** Another backend than the state bucket, such as `file:///tmp/state`. */
  backend?: string
  /** The step of the state bucket: without the bucket there can be no stack in it. */
  bucket: Step
}

/** The stack itself: the person's login to the state bucket, and `pulumi stack init` with the key of its secrets. */
export function pulumiStack(place: Place, options: PulumiStackOptions): Step {
  const { stack, region, accountId } = place
  const backend = options.backend ?? `s3://${stateBucketName(accountId, region)}?region=${region}`
  const provider = `awskms://${secretsAlias(stack)}?region=${region}`
  const login = ['login', backend]
  const init = ['stack', 'init', stack, '--secrets-provider', provider]
  const commands = [login, init].map((args) => `pulumi ${args.map(quoted).join(' ')}`)

  async function look(): Promise<Finding> {
    const pulumi = openPulumi({ ...options, backend })
    if (!pulumi) {
      return { state: 'later', note: `pulumi is not on PATH: install it, then ${commands.join(' && ')}`, actions: [] }
    }
    const exists = await find(pulumi)
    const file = await readProvider(join(options.root, `Pulumi.${stack}.yaml`))
    if (!exists && file && file !== provider) throw otherProvider(stack, file, provider)
    const actions: Action[] = []
    if ((await currentBackend(options.env)) !== backend) {
      actions.push({ say: commands[0] ?? '', do: () => quietly(pulumi, login) })
    }
    if (!exists) actions.push({ say: commands[1] ?? '', do: () => quietly(pulumi, init) })
    const state = !exists ? 'create' : actions.length > 0 ? 'change' : 'present'
    return { state, note: advice(stack, exists, file), actions }
  }

  async function find(pulumi: PulumiCli): Promise<boolean> {
    const bucketIsThere = options.backend !== undefined || (await options.bucket.look()).state !== 'create'
    if (!bucketIsThere) return false
    const stacks: { name: string }[] = JSON.parse(await pulumi.run(['stack', 'ls', '--json']))
    return stacks.some(({ name }) => name === stack || name.endsWith(`/${stack}`))
  }

  return { name: 'Pulumi stack', target: `${stack} in ${backend}`, scope: 'stack', look }
}

const quietly = async (pulumi: PulumiCli, args: string[]) => void (await pulumi.run(args))

const quoted = (arg: string) => (/[?&*;]/.test(arg) ? `'${arg}'` : arg)

/** `pulumi stack init` writes two lines into the stack's file; who clones the repository needs them. */
function advice(stack: string, exists: boolean, provider: string | undefined): string | undefined {
  if (!exists) return `commit Pulumi.${stack}.yaml afterwards: it gets the lines secretsprovider and encryptedkey`
  if (provider) return undefined
  return `Pulumi.${stack}.yaml lacks the lines secretsprovider and encryptedkey that were written when the stack was made: restore them`
}

function otherProvider(stack: string, found: string, wanted: string): CommandError {
  return new CommandError(
    `Pulumi.${stack}.yaml says secretsprovider: ${found}, and the stack would be made with ${wanted}, which could not read the secrets in that file: take the lines secretsprovider and encryptedkey and every "secure:" value out first, or make the stack by hand.`,
  )
}

async function readProvider(path: string): Promise<string | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const value = parseDocument(text).get('secretsprovider')
  return typeof value === 'string' ? value : undefined
}
