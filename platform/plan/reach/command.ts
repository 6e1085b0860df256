import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import type { CommandContext } from '../../terminal/run-command.ts'
import { CommandError, say } from '../../terminal/terminal.ts'
import type { Graph } from '../graph.ts'
import { plan } from '../index.ts'
import { describe, proofs, prove } from './proofs.ts'
import { settingsOf } from './settings.ts'
import { tellReach, tellRole } from './tell.ts'

const help = `Usage: npm run proofs -- <stack> [--set key=value] [--from NAME | --role NAME] [--json] [--list]

Plans a stack without an account, and proves over the plan what it promises: what the internet can reach, what each subnet can reach,
who administers the cluster, what the runner may do. Each proof says what it looked at; one that looked at nothing does not hold, nor
one that would have had to know what nobody knows before "pulumi up".

  --set        another value for a setting, as in YAML; may be repeated
  --from NAME  instead of the proofs: what the thing or subnet whose name holds NAME can and cannot reach, and why; "internet" for strangers
  --role NAME  instead of the proofs: who takes the roles whose name holds NAME, and all that they may do
  --json       the proofs as JSON: [{name, says, holds, looked, at, findings, undecided}]
  --list       the proofs by name, and what each says; nothing is planned
  --help       this text

Exits with 1 when a proof does not hold.`

/** `npm run proofs`. */
export async function proofsCommand({ argv, terminal }: CommandContext): Promise<number> {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { set: { ...text, multiple: true }, from: text, role: text, json: flag, list: flag, help: flag },
  })
  if (values.help || values.list) {
    say(terminal, values.help ? help : proofs.map(({ name, says }) => `${name}: ${says}`).join('\n'))
    return 0
  }
  const [stack, ...more] = positionals
  if (!stack || more.length > 0) throw new CommandError('Name one stack: npm run proofs -- prod')
  const overrides = Object.fromEntries((values.set ?? []).map(override))
  const settings = await settingsOf(stack, overrides)
  const graph = await plan({ stack, mode: 'applied', overrides })
  if (values.from !== undefined || values.role !== undefined) {
    const lines = [...told(values.from, tellReach, graph), ...told(values.role, tellRole, graph)]
    say(terminal, lines.join('\n'))
    return 0
  }
  const outcomes = prove(graph, settings)
  const failed = outcomes.filter((outcome) => !outcome.holds).length
  const sum = failed === 0 ? `All ${outcomes.length} hold.` : `${failed} of ${outcomes.length} do not hold.`
  say(terminal, values.json ? JSON.stringify(outcomes, undefined, 2) : [...outcomes.map(describe), sum].join('\n'))
  return failed === 0 ? 0 : 1
}

/** An answer about `name`, where one was asked for; that nothing is called so is one sentence. */
function told(name: string | undefined, tell: (graph: Graph, name: string) => string[], graph: Graph): string[] {
  try {
    return name === undefined ? [] : tell(graph, name)
  } catch (error) {
    throw error instanceof RangeError ? new CommandError(error.message) : error
  }
}

function override(text: string): [string, unknown] {
  const at = text.indexOf('=')
  if (at < 1) throw new CommandError(`--set must be key=value, not '${text}'`)
  return [text.slice(0, at), parse(text.slice(at + 1))]
}
