import { parseArgs } from 'node:util'
import { repository } from '../platform/settings/stack-file.ts'
import { type CommandContext, runCommand } from '../platform/terminal/run-command.ts'
import { CommandError, say } from '../platform/terminal/terminal.ts'
import { withGround } from './database/ground.ts'
import { grow } from './storage-full/grow.ts'
import { look } from './storage-full/look.ts'

const usage = `Usage: npm run runbook -- runbooks/storage-full.ts --stack STACK [--database NAME] [--grow GIB]

Says how full the disk of a database is, how fast it fills, whether AWS makes it larger by itself, and what holds it up if not. It
changes nothing but, with --grow, the stack's file.

  --stack STACK    the stack
  --database NAME  one of databaseInstances; otherwise the one in use
  --grow GIB       sets databaseStorageGib, and databaseMaxStorageGib where it would be too small, if AWS can do it now
  --help           this

Exit codes: 0 there is room (or the file was written), 1 there is little or it was refused, 130 interrupted.`

/** How full the disk of a database is, and how to make it larger. */
export async function storageFull(context: CommandContext, now: Date = new Date()): Promise<number> {
  const { values } = parseArgs({
    args: context.argv,
    options: {
      stack: { type: 'string', short: 's' },
      database: { type: 'string' },
      grow: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) {
    say(context.terminal, usage)
    return 0
  }
  const gib = values.grow === undefined ? undefined : Number(values.grow)
  if (gib !== undefined && !Number.isInteger(gib)) {
    throw new CommandError(`--grow ${JSON.stringify(values.grow)} is no size: use whole GiB, such as --grow 80`)
  }
  return withGround(context, values.stack, now, (ground) =>
    gib === undefined ? look(ground, values.database) : grow(ground, values.database, gib),
  )
}

if (import.meta.main) await runCommand(repository, storageFull)
