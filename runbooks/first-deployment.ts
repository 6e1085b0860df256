import { parseArgs } from 'node:util'
import { closeClients, openClients } from '../platform/aws/clients.ts'
import { readStackSettings } from '../platform/settings/read-stack.ts'
import { repository } from '../platform/settings/stack-file.ts'
import { type CommandContext, runCommand } from '../platform/terminal/run-command.ts'
import { colour } from '../platform/terminal/table.ts'
import { CommandError, say } from '../platform/terminal/terminal.ts'
import { checks, type Ground, NotYet } from './first-deployment/checks.ts'

const usage = `Usage: npm run runbook -- runbooks/first-deployment.ts --stack STACK

Says how far the first deployment of a stack is, and what comes next. It changes nothing: run it after each step.

  --stack STACK     the stack
  --address A       the address from which this machine reaches the internet; otherwise checkip.amazonaws.com is asked
  --help            this

Exit codes: 0 the stack stands, 1 a step is still to be done.`

/** How far the first deployment is, and what comes next. */
export async function firstDeployment(context: CommandContext): Promise<number> {
  const { terminal, env, root } = context
  const options = readOptions(context.argv)
  if (!options) {
    say(terminal, usage)
    return 0
  }
  const settings = await readStackSettings(root, options.stack)
  const clients = openClients(settings.region)
  try {
    return await check(context, { ...options, settings, clients, env, root })
  } finally {
    closeClients(clients)
  }
}

async function check({ terminal }: CommandContext, ground: Ground): Promise<number> {
  for (const { name, run } of checks) {
    try {
      say(terminal, `${colour(terminal, 'green', 'ok     ')}  ${name}: ${await run(ground)}`)
    } catch (error) {
      if (!(error instanceof NotYet)) throw error
      say(terminal, `${colour(terminal, 'yellow', 'not yet')}  ${name}: ${error.message}`)
      say(terminal, `\nNext: ${error.next}`)
      return 1
    }
  }
  say(terminal, `\nThe stack ${ground.stack} stands.`)
  return 0
}

function readOptions(argv: string[]) {
  const { values } = parseArgs({
    args: argv,
    options: {
      stack: { type: 'string', short: 's' },
      address: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return undefined
  if (!values.stack) throw new CommandError('Which stack? Pass --stack, for example: --stack staging')
  return { stack: values.stack, address: values.address }
}

if (import.meta.main) await runCommand(repository, firstDeployment)
