import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { checkCaller, documentationAccounts } from '../../platform/aws/caller.ts'
import type { Clients } from '../../platform/aws/clients.ts'
import { currentBackend, openPulumi } from '../../platform/bootstrap/pulumi-cli.ts'
import { bootstrapSteps } from '../../platform/bootstrap/steps/index.ts'
import { plan } from '../../platform/plan/index.ts'
import { lookAtSecret } from '../../platform/secrets/store.ts'
import { secretId, secretTable } from '../../platform/secrets/table.ts'
import type { Settings } from '../../platform/settings/schema.ts'
import { exportState } from '../../platform/state/deployment.ts'
import { CommandError } from '../../platform/terminal/terminal.ts'

/** What the checks know. */
export interface Ground {
  stack: string
  settings: Settings
  clients: Clients
  env: NodeJS.ProcessEnv
  root: string
  /** The address from which this machine reaches the internet; asked of AWS when it is not given. */
  address?: string
}

/** One thing that must be so before the next can be; `next` is what to do when it is not. */
export interface Check {
  name: string
  /** @returns what was found, when it is as it should be; @throws {NotYet} what is to be done */
  run(ground: Ground): Promise<string>
}

/** What is missing, and the command or the change that brings it. */
export class NotYet extends Error {
  readonly next: string

  constructor(found: string, next: string) {
    super(found)
    this.name = 'NotYet'
    this.next = next
  }
}

/** In the order of the page: the first that fails says the next step. */
export const checks: Check[] = [
  { name: 'tools', run: tools },
  { name: 'settings', run: settingsAreOurs },
  { name: 'credentials', run: credentials },
  { name: 'bootstrap', run: bootstrapped },
  { name: 'plan', run: planPasses },
  { name: 'way in', run: endpointIsOpen },
  { name: 'deployment', run: deployed },
  { name: 'secrets', run: secretsHaveValues },
  { name: 'closed', run: endpointIsClosed },
]

// The oldest that the tests were seen to pass with (2026-11); older ones may do.
const oldestPulumi = [3, 260]

async function tools({ env, root }: Ground): Promise<string> {
  const pulumi = openPulumi({ env, root })
  if (!pulumi)
    throw new NotYet('pulumi is neither on PATH nor in PULUMI_BIN', 'install it: https://www.pulumi.com/docs/install/')
  const version = (await pulumi.run(['version'])).trim()
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = oldestPulumi
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    throw new NotYet(`pulumi is ${version}, and must be at least v${oldestPulumi.join('.')}`, 'install a newer one')
  }
  // Pulumi's Kubernetes provider gets its tokens from it.
  const aws = await promisify(execFile)('aws', ['--version'], { env }).catch(() => undefined)
  if (!aws) throw new NotYet('the AWS CLI is not on PATH', 'install version 2 of it')
  return `pulumi ${version}, ${(aws.stdout || aws.stderr).split(' ')[0]}, node ${process.version}`
}

async function settingsAreOurs({ stack, settings }: Ground): Promise<string> {
  const examples = Object.entries(settings).flatMap(([key, value]) => {
    const text = JSON.stringify(value)
    return documentationAccounts.some((id) => text.includes(id)) || /@[\w.]+\.example"/.test(text) ? key : []
  })
  if (examples.length > 0) {
    throw new NotYet(
      `Pulumi.${stack}.yaml still has examples in ${examples.join(', ')}`,
      `put your own account, roles and addresses into Pulumi.${stack}.yaml (npm run settings -- ${stack})`,
    )
  }
  return `account ${settings.accountId}, ${settings.region}`
}

async function credentials({ clients, stack, settings }: Ground): Promise<string> {
  try {
    return await checkCaller(clients, stack, settings.accountId)
  } catch (error) {
    throw new NotYet(error instanceof Error ? error.message : String(error), `sign in to account ${settings.accountId}`)
  }
}

async function bootstrapped({ clients, stack, settings, env, root }: Ground): Promise<string> {
  const { accountId, region, owner, costCentre } = settings
  const steps = bootstrapSteps(
    { stack, accountId, region, owner, costCentre, clients },
    { env, root, backend: env.PULUMI_BACKEND_URL, choices: settings },
  )
  for (const step of steps) {
    const { state } = await step.look()
    if (state !== 'create' && state !== 'change') continue
    throw new NotYet(`${step.name} (${step.target}) is not as it must be`, `npm run bootstrap -- --stack ${stack}`)
  }
  return `${steps.length} things looked at`
}

async function planPasses({ stack, settings }: Ground): Promise<string> {
  try {
    const { resources } = await plan({ stack, mode: 'preview', overrides: { ...settings } })
    return `${resources.length} resources`
  } catch (error) {
    throw new NotYet(error instanceof Error ? error.message : String(error), `npm run plan -- ${stack}`)
  }
}

async function endpointIsOpen(ground: Ground): Promise<string> {
  const { stack, settings } = ground
  const open = settings.clusterPublicAccessCidrs
  if (await hasCluster(ground)) return 'was there for the first up'
  const address = ground.address ?? (await ownAddress())
  if (open.includes(`${address}/32`)) return `will be open to this machine (${address})`
  throw new NotYet(
    `the cluster's endpoint will be ${open.length > 0 ? `open to ${open.join(', ')} only` : 'private'}, and this machine is ${address}`,
    `set dhakacart:clusterPublicAccessCidrs: [${address}/32] in Pulumi.${stack}.yaml for the first up`,
  )
}

async function deployed(ground: Ground): Promise<string> {
  const resources = await stateOf(ground)
  if (!(await hasCluster(ground))) {
    const found =
      resources.length === 0 ? 'nothing is there yet' : `${resources.length} resources, and no cluster among them`
    throw new NotYet(found, `pulumi preview -s ${ground.stack}, then pulumi up -s ${ground.stack}`)
  }
  return `${resources.length} resources`
}

async function secretsHaveValues({ clients, stack }: Ground): Promise<string> {
  const declared: string[] = []
  for (const row of secretTable) {
    const { name, optional } = row
    const { state } = await lookAtSecret(clients, secretId(stack, row))
    if (state === 'empty' && !optional) throw new NotYet(`${name} is empty`, `npm run secrets -- --stack ${stack}`)
    if (state !== 'not declared') declared.push(name)
  }
  return declared.length > 0 ? declared.join(', ') : 'the stack declares none yet'
}

async function endpointIsClosed({ settings }: Ground): Promise<string> {
  const open = settings.clusterPublicAccessCidrs
  if (open.length === 0) return "the cluster's endpoint is private"
  throw new NotYet(`the cluster's endpoint is still open to ${open.join(', ')}`, 'runbooks/closing-the-endpoint.md')
}

async function hasCluster(ground: Ground): Promise<boolean> {
  return (await stateOf(ground)).some(({ type }) => type === 'aws:eks/cluster:Cluster')
}

async function stateOf({ env, root, stack }: Ground) {
  const backend = env.PULUMI_BACKEND_URL ?? (await currentBackend(env))
  const pulumi = openPulumi({ env, root, backend })
  return pulumi ? (await exportState(pulumi, stack)).resources : []
}

async function ownAddress(): Promise<string> {
  try {
    const response = await fetch('https://checkip.amazonaws.com', { signal: AbortSignal.timeout(5_000) })
    return (await response.text()).trim()
  } catch {
    throw new CommandError("This machine's address cannot be found out: pass it by --address.")
  }
}
