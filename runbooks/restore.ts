import { parseArgs } from 'node:util'
import { repository } from '../platform/settings/stack-file.ts'
import { type CommandContext, runCommand } from '../platform/terminal/run-command.ts'
import { CommandError, say } from '../platform/terminal/terminal.ts'
import { withGround } from './database/ground.ts'
import { add } from './restore/add.ts'
import { look } from './restore/look.ts'
import { remove } from './restore/remove.ts'
import { switchTo } from './restore/switch.ts'

const usage = `Usage: npm run runbook -- runbooks/restore.ts --stack STACK [--add WHAT [--of NAME] [--name NAME] | --switch NAME | --remove NAME]

Brings the database back as it was, in three changes of settings. Without an option it looks: which databases stand, to which times they
can be restored, which snapshots there are, and what comes next. With one it looks whether the step can work, writes it into the
stack's file, shows the difference, and says the next command. AWS itself is changed by "pulumi up" only.

  --stack STACK   the stack
  --add WHAT      puts a restored database beside the others. WHAT is "latest", a time with its zone (2027-03-15T20:00:00+06:00 or
                  2027-03-15T14:00:00Z), or the identifier or ARN of a snapshot
  --of NAME       with a time: which database it is restored from; otherwise the one in use
  --name NAME     what the new one is called; otherwise "restored" and today's date
  --switch NAME   has the shop use this one
  --remove NAME   takes one out that is not in use; it leaves a final snapshot
  --help          this

Exit codes: 0 done, 1 refused (the stack's file is as it was), 130 interrupted.`

/** Restores a database beside the one in use, switches, and removes the old one: each a change of settings. */
export async function restore(context: CommandContext, now: Date = new Date()): Promise<number> {
  const { values } = parseArgs({
    args: context.argv,
    options: {
      stack: { type: 'string', short: 's' },
      add: { type: 'string' },
      of: { type: 'string' },
      name: { type: 'string' },
      switch: { type: 'string' },
      remove: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) {
    say(context.terminal, usage)
    return 0
  }
  const steps = [values.add, values.switch, values.remove].filter((step) => step !== undefined)
  if (steps.length > 1) throw new CommandError('One step at a time: pass one of --add, --switch and --remove.')
  if (values.add === undefined && (values.of !== undefined || values.name !== undefined)) {
    throw new CommandError('--of and --name belong to --add.')
  }
  return withGround(context, values.stack, now, async (ground) => {
    const { add: what, of, name, switch: to, remove: gone } = values
    if (what !== undefined) await add(ground, { what, of, name })
    else if (to !== undefined) await switchTo(ground, to)
    else if (gone !== undefined) await remove(ground, gone)
    else await look(ground)
    return 0
  })
}

if (import.meta.main) await runCommand(repository, restore)
