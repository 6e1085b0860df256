import { parseArgs } from 'node:util'
import { repository } from '../platform/settings/stack-file.ts'
import { type CommandContext, runCommand } from '../platform/terminal/run-command.ts'
import { CommandError, say } from '../platform/terminal/terminal.ts'
import { withGround } from './database/ground.ts'
import { look } from './too-many-connections/look.ts'
import { classNamed, remedy } from './too-many-connections/remedy.ts'

const usage = `Usage: npm run runbook -- runbooks/too-many-connections.ts --stack STACK [--database NAME] [--replicas N | --class CLASS]

Says how many connections a database has and offers, and how many the shop may have by its settings: what is above that is somebody else's, or
is not closed. It changes nothing but, with --replicas or --class, the stack's file.

  --stack STACK    the stack
  --database NAME  one of databaseInstances; otherwise the one in use
  --replicas N     sets shopMaxReplicas: fewer pods, fewer connections
  --class CLASS    sets databaseClass: a larger machine offers more
  --help           this

Exit codes: 0 there is room (or the file was written), 1 there is little or it was refused, 130 interrupted.`

/** How many connections a database has, and what to do about too many. */
export async function tooManyConnections(context: CommandContext, now: Date = new Date()): Promise<number> {
  const { values } = parseArgs({
    args: context.argv,
    options: {
      stack: { type: 'string', short: 's' },
      database: { type: 'string' },
      replicas: { type: 'string' },
      class: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) {
    say(context.terminal, usage)
    return 0
  }
  if (values.replicas !== undefined && values.class !== undefined) {
    throw new CommandError('One remedy at a time: pass --replicas or --class.')
  }
  const replicas = values.replicas === undefined ? undefined : Number(values.replicas)
  if (replicas !== undefined && !Number.isInteger(replicas)) {
    throw new CommandError(
      `--replicas ${JSON.stringify(values.replicas)} is no number of pods: use one such as --replicas 8`,
    )
  }
  const databaseClass = values.class === undefined ? undefined : classNamed(values.class)
  return withGround(context, values.stack, now, (ground) =>
    replicas === undefined && databaseClass === undefined
      ? look(ground, values.database)
      : remedy(ground, values.database, { replicas, databaseClass }),
  )
}

if (import.meta.main) await runCommand(repository, tooManyConnections)
