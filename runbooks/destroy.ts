import { parseArgs } from 'node:util'
import { stateBucketName } from '../platform/bootstrap/names.ts'
import { currentBackend, openPulumi } from '../platform/bootstrap/pulumi-cli.ts'
import { plan } from '../platform/plan/index.ts'
import { readStackSettings } from '../platform/settings/read-stack.ts'
import { repository } from '../platform/settings/stack-file.ts'
import { exportState, type StateResource } from '../platform/state/deployment.ts'
import { type CommandContext, runCommand } from '../platform/terminal/run-command.ts'
import { CommandError, say } from '../platform/terminal/terminal.ts'
import { blockers, remains } from './destroy/rules.ts'

const usage = `Usage: npm run runbook -- runbooks/destroy.ts --stack STACK [--plan]

Says what would stop "pulumi destroy" of a stack, and what would be left when it is through. It reads the stack's state and changes
nothing.

  --stack STACK   the stack
  --plan          reads the program's plan in place of the state: what would be there after an "up"
  --help          this

Exit codes: 0 nothing stops it, 1 something does.`

/** What stands in the way of the end of a stack, and what outlives it. */
export async function destroy(context: CommandContext): Promise<number> {
  const { terminal, root } = context
  const options = readOptions(context.argv)
  if (!options) {
    say(terminal, usage)
    return 0
  }
  const { stack } = options
  const { accountId, region } = await readStackSettings(root, stack)
  const { resources, pending } = options.plan ? await readPlan(stack) : await readState(context, stack)
  if (resources.length === 0) {
    say(terminal, `${stack} has no resources: there is nothing to destroy.`)
    return 0
  }
  const inTheWay = blockers(resources, pending)
  say(terminal, `${stack} has ${resources.length} resources${options.plan ? ' in its plan' : ''}.\n`)
  section(terminal, 'In the way:', inTheWay)
  section(terminal, 'What will remain:', [
    ...remains(resources),
    `the bucket ${stateBucketName(accountId, region)} with 90 days of old states, its key, and what belongs to the account (npm run bootstrap)`,
    `the key alias/dhakacart-${stack}-pulumi: delete it when nobody needs old states of ${stack} any more`,
  ])
  say(terminal, inTheWay.length > 0 ? 'Next: runbooks/destroy.md, step 2.' : `Next: pulumi destroy -s ${stack}`)
  return inTheWay.length > 0 ? 1 : 0
}

function section(terminal: CommandContext['terminal'], title: string, lines: string[]): void {
  say(terminal, title)
  for (const line of lines.length > 0 ? lines : ['nothing']) say(terminal, `  - ${line}`)
  say(terminal)
}

interface Source {
  resources: StateResource[]
  pending: { type: string; urn: string }[]
}

async function readState({ env, root }: CommandContext, stack: string): Promise<Source> {
  const backend = env.PULUMI_BACKEND_URL ?? (await currentBackend(env))
  const pulumi = openPulumi({ env, root, backend })
  if (!pulumi || !backend) {
    const what = pulumi ? 'Nobody is logged in to a backend' : 'pulumi is neither on PATH nor in PULUMI_BIN'
    throw new CommandError(`${what}, so the state cannot be read: npm run bootstrap logs in; --plan needs neither.`)
  }
  return exportState(pulumi, stack)
}

async function readPlan(stack: string): Promise<Source> {
  const { resources } = await plan({ stack, mode: 'applied' })
  return { resources, pending: [] }
}

function readOptions(argv: string[]) {
  const { values } = parseArgs({
    args: argv,
    options: {
      stack: { type: 'string', short: 's' },
      plan: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return undefined
  if (!values.stack) throw new CommandError('Which stack? Pass --stack, for example: --stack staging')
  return { stack: values.stack, plan: values.plan }
}

if (import.meta.main) await runCommand(repository, destroy)
