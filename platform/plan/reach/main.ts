/* `npm run proofs`: what a stack promises about who can reach what, proved over its plan. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { runCommand } from '../../terminal/run-command.ts'
import { CommandError, say } from '../../terminal/terminal.ts'
import { plan } from '../index.ts'
import { describe, proofs, prove } from './proofs.ts'
import { settingsOf } from './settings.ts'

const help = `Usage: npm run proofs -- <stack> [--json] [--list]

Plans a stack without an account, and proves over the plan what it promises: what the internet can reach, what each subnet can reach,
who administers the cluster, what the runner may do. Each proof says what it looked at; one that looked at nothing does not hold, nor
one that would have had to know what nobody knows before "pulumi up".

  --json    the same as JSON: [{name, says, holds, looked, at, findings, undecided}]
  --list    the proofs by name, and what each says; nothing is planned
  --help    this text

Exits with 1 when one does not hold.`

await runCommand(resolve(import.meta.dirname, '../../..'), async ({ argv, terminal }) => {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { json: { type: 'boolean' }, list: { type: 'boolean' }, help: { type: 'boolean' } },
  })
  if (values.help || values.list) {
    say(terminal, values.help ? help : proofs.map(({ name, says }) => `${name}: ${says}`).join('\n'))
    return 0
  }
  const [stack, ...more] = positionals
  if (!stack || more.length > 0) throw new CommandError('Name one stack: npm run proofs -- prod')
  const outcomes = prove(await plan({ stack, mode: 'applied' }), await settingsOf(stack))
  const failed = outcomes.filter((outcome) => !outcome.holds).length
  if (values.json) {
    say(terminal, JSON.stringify(outcomes, undefined, 2))
  } else {
    say(terminal, outcomes.map(describe).join('\n'))
    say(terminal, failed === 0 ? `All ${outcomes.length} hold.` : `${failed} of ${outcomes.length} do not hold.`)
  }
  return failed === 0 ? 0 : 1
})
