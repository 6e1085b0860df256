import { parseArgs } from 'node:util'
import { plan } from '../plan/index.ts'
import { listStacks } from '../settings/stack-file.ts'
import type { CommandContext } from '../terminal/run-command.ts'
import { say } from '../terminal/terminal.ts'
import { type CostAtRest, costAtRest } from './at-rest.ts'
import table from './prices.json' with { type: 'json' }
import { costTable } from './table.ts'

const help = `Usage: npm run costs [-- stack ...]

Prints what each stack, or those that are named, cost a month when nobody uses them: from the plan and from
platform/costs/prices.json. Traffic, logs and the nodes that load starts are not in it. No credentials are needed.

  --help   this text`

/** `npm run costs`: what each stack costs a month when nobody uses it. */
export async function costs({ argv, terminal }: CommandContext): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { help: { type: 'boolean' } },
  })
  if (values.help) {
    say(terminal, help)
    return 0
  }
  const priced: [string, CostAtRest][] = []
  for (const stack of positionals.length > 0 ? positionals : await listStacks()) {
    priced.push([stack, costAtRest(await plan({ stack, mode: 'applied' }))])
  }
  say(terminal, costTable(priced))
  say(terminal, `\n${table.source}`)
  const unpriced = [...new Set(priced.flatMap(([, cost]) => cost.unpriced))]
  if (unpriced.length > 0) say(terminal, `\nNot in it, for want of a price: ${unpriced.join(', ')}`)
  return 0
}
