import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { repository } from '../platform/settings/stack-file.ts'
import { type CommandContext, runCommand } from '../platform/terminal/run-command.ts'
import { CommandError, confirm, say } from '../platform/terminal/terminal.ts'
import { type Ground, type Pause, withGround } from './database/ground.ts'
import { forceCache, lookAtCache } from './failover/cache.ts'
import { forceDatabase, lookAtDatabase } from './failover/database.ts'

const usage = `Usage: npm run runbook -- runbooks/failover.ts --stack STACK [--force database|cache] [--yes]

Says where the database and the cache run now, and whether another machine stands ready to take over. With --force it lets that one
take over, waits until it has, and says how long it took.

  --stack STACK   the stack
  --force WHAT    database: its standby in another zone takes over; cache: a replica becomes the primary
  --yes           does not ask
  --help          this

Exit codes: 0 another machine stands ready (or has taken over), 1 none does or it did not, 130 interrupted.`

/** One of the two things that can fail over. */
export interface Side {
  /** Says how it is; true where a failover would work. */
  look(ground: Ground): Promise<boolean>
  /** What a person is asked before it is done. */
  question: string
  /** Does it and waits for the end; the seconds that took, or undefined where it was given up. */
  force(ground: Ground, pause: Pause): Promise<number | undefined>
}

const sides: Record<string, Side> = {
  database: {
    look: lookAtDatabase,
    question:
      'Let the standby of the database take over? Open transactions are lost; the shop answers 503 for a minute or two.',
    force: forceDatabase,
  },
  cache: {
    look: lookAtCache,
    question: 'Let a replica of the cache take over? Limits are counted in memory meanwhile; nobody is refused.',
    force: forceCache,
  },
}

/** Whether the standby machines stand ready, and how to let them take over. */
export async function failover(context: CommandContext, now: Date = new Date(), pause: Pause = sleep): Promise<number> {
  const { values } = parseArgs({
    args: context.argv,
    options: {
      stack: { type: 'string', short: 's' },
      force: { type: 'string' },
      yes: { type: 'boolean', short: 'y', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) {
    say(context.terminal, usage)
    return 0
  }
  const { force, yes } = values
  if (force !== undefined && !sides[force]) {
    throw new CommandError(`--force ${JSON.stringify(force)} is neither: use --force database or --force cache`)
  }
  return withGround(context, values.stack, now, (ground) =>
    force === undefined ? lookAtAll(ground) : run(ground, sides[force] as Side, yes, pause),
  )
}

async function lookAtAll(ground: Ground): Promise<number> {
  let ready = true
  for (const side of Object.values(sides)) ready = (await side.look(ground)) && ready
  return ready ? 0 : 1
}

async function run(ground: Ground, side: Side, yes: boolean, pause: Pause): Promise<number> {
  const { terminal } = ground.context
  if (!(await side.look(ground))) {
    throw new CommandError('Nothing stands ready to take over, so nothing was done.')
  }
  if (!yes && !(await confirm(terminal, side.question))) {
    say(terminal, 'Nothing was done.')
    return 1
  }
  const seconds = await side.force(ground, pause)
  if (seconds === undefined) return 1
  say(
    terminal,
    `It took ${Math.round(seconds)} s until AWS said so; how long the shop was without it, its metrics say.`,
  )
  return 0
}

if (import.meta.main) await runCommand(repository, failover)
