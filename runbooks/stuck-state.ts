import { hostname } from 'node:os'
import { parseArgs } from 'node:util'
import { currentBackend, openPulumi, type PulumiCli } from '../platform/bootstrap/pulumi-cli.ts'
import { loadStack, repository } from '../platform/settings/stack-file.ts'
import { backUpState, type Deployment, exportState } from '../platform/state/deployment.ts'
import { type Lock, readLocks } from '../platform/state/locks.ts'
import { type CommandContext, runCommand } from '../platform/terminal/run-command.ts'
import { CommandError, confirm, say } from '../platform/terminal/terminal.ts'

const usage = `Usage: npm run runbook -- runbooks/stuck-state.ts --stack STACK [--cancel] [--drop-pending] [--yes]

Says what keeps a stack from being worked on: its locks, with age and holder, and operations that were interrupted. Without an option
it only looks.

  --stack STACK    the stack
  --cancel         takes the locks away (pulumi cancel), unless a holder is seen to be alive
  --drop-pending   forgets the interrupted operations: backs the state up below .data, then imports it without them
  --yes            does not ask
  --help           this

Exit codes: 0 nothing is in the way (any more), 1 something is, 130 interrupted.`

interface Found {
  locks: Lock[]
  /** Undefined where the state cannot be read. */
  state: Deployment | undefined
}

/** What keeps a stack from being worked on, and how to get it out of the way. */
export async function stuckState(context: CommandContext, now: Date = new Date()): Promise<number> {
  const { terminal, root, env } = context
  const options = readOptions(context.argv)
  if (!options) {
    say(terminal, usage)
    return 0
  }
  const { project } = await loadStack(options.stack, root)
  const backend = env.PULUMI_BACKEND_URL ?? (await currentBackend(env))
  if (!backend)
    throw new CommandError('Where is the state? Log in first: npm run bootstrap does it, and says the command.')
  const pulumi = openPulumi({ env, root, backend })
  if (!pulumi) throw new CommandError('pulumi is neither on PATH nor in PULUMI_BIN.')

  const found: Found = {
    locks: await readLocks(backend, project, options.stack),
    state: await exportState(pulumi, options.stack),
  }
  for (const line of tell(found, options.stack, now)) say(terminal, line)
  let left = found.locks.length + (found.state?.pending.length ?? 0)
  if (options.cancel && found.locks.length > 0) {
    refuseLiving(found.locks)
    if (!(await agreed(context, options.yes, `Take ${count(found.locks.length, 'lock')} away?`))) return 1
    await pulumi.run(['cancel', options.stack, '--yes'])
    say(terminal, 'The locks are gone.')
    left -= found.locks.length
  }
  if (options.dropPending && found.state && found.state.pending.length > 0) {
    if (!(await drop(context, pulumi, options, found.state, now))) return 1
    left -= found.state.pending.length
  }
  return left > 0 ? 1 : 0
}

async function drop(
  context: CommandContext,
  pulumi: PulumiCli,
  { stack, yes }: { stack: string; yes: boolean },
  state: Deployment,
  now: Date,
): Promise<boolean> {
  const question = `Forget ${count(state.pending.length, 'interrupted operation')}? Look in AWS first whether they happened.`
  if (!(await agreed(context, yes, question))) return false
  const backup = await backUpState(context.root, stack, state, now)
  say(context.terminal, `The state as it was: ${backup}`)
  // Import leaves interrupted operations out by itself.
  await pulumi.run(['stack', 'import', '-s', stack, '--file', backup])
  say(
    context.terminal,
    `They are forgotten. Next: pulumi refresh -s ${stack}, and pulumi import for what was made after all.`,
  )
  return true
}

function* tell({ locks, state }: Found, stack: string, now: Date): Generator<string> {
  if (locks.length === 0) yield 'No locks.'
  for (const lock of locks) {
    const who = `${lock.username ?? 'somebody'}@${lock.hostname ?? 'somewhere'} (pid ${lock.pid ?? 'unknown'})`
    yield `Locked by ${who} for ${age(lock.since, now)}${isAlive(lock) ? '; that process is alive' : ''}: ${lock.path}`
  }
  if (locks.length > 0) yield `  Ask whoever holds it. When nobody works on ${stack} any more: --cancel.`
  const pending = state?.pending ?? []
  if (pending.length === 0) yield 'No interrupted operations.'
  for (const { type, urn } of pending) yield `Interrupted while ${type}: ${urn}`
  if (pending.length > 0) {
    yield '  "creating" may have made the thing: look in AWS. Then pulumi refresh asks about each, or --drop-pending forgets them all.'
  }
}

/** Only of this machine can be told whether a process lives. */
function isAlive({ hostname: of, pid }: Lock): boolean {
  if (of !== hostname() || !pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function refuseLiving(locks: Lock[]): void {
  const living = locks.find(isAlive)
  if (!living) return
  throw new CommandError(
    `The process ${living.pid} holds a lock and is alive: end it with Ctrl-C, once, and wait; two at work on one state destroy it.`,
  )
}

function age(since: Date | undefined, now: Date): string {
  if (!since) return 'an unknown time'
  const minutes = Math.max(0, Math.round((now.getTime() - since.getTime()) / 60_000))
  return minutes < 120 ? count(minutes, 'minute') : count(Math.round(minutes / 60), 'hour')
}

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`

async function agreed({ terminal }: CommandContext, yes: boolean, question: string): Promise<boolean> {
  if (yes || (await confirm(terminal, question))) return true
  say(terminal, 'Nothing was done.')
  return false
}

function readOptions(argv: string[]) {
  const { values } = parseArgs({
    args: argv,
    options: {
      stack: { type: 'string', short: 's' },
      cancel: { type: 'boolean', default: false },
      'drop-pending': { type: 'boolean', default: false },
      yes: { type: 'boolean', short: 'y', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return undefined
  if (!values.stack) throw new CommandError('Which stack? Pass --stack, for example: --stack staging')
  return { stack: values.stack, cancel: values.cancel, dropPending: values['drop-pending'], yes: values.yes }
}

if (import.meta.main) await runCommand(repository, (context) => stuckState(context))
