import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import type { CommandContext } from '../../terminal/run-command.ts'
import { CommandError, say } from '../../terminal/terminal.ts'
import type { Graph } from '../graph.ts'
import { plan } from '../index.ts'
import { canReach, describeAnswer } from './inside.ts'
import { describeExposure, describeWay, internetEgress, reachableFromInternet } from './outside.ts'
import { describe, proofs, prove } from './proofs.ts'
import { settingsOf } from './settings.ts'
import { readWorld, type World } from './world.ts'

const help = `Usage: npm run proofs -- <stack> [--set key=value] [--from NAME] [--json] [--list]

Plans a stack without an account, and proves over the plan what it promises: what the internet can reach, what each subnet can reach,
who administers the cluster, what the runner may do. Each proof says what it looked at; one that looked at nothing does not hold, nor
one that would have had to know what nobody knows before "pulumi up".

  --set        another value for a setting, as in YAML; may be repeated
  --from NAME  instead of the proofs: what the thing or subnet whose name holds NAME can and cannot reach, and why; "internet" for strangers
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
    options: { set: { ...text, multiple: true }, from: text, json: flag, list: flag, help: flag },
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
  if (values.from !== undefined) {
    say(terminal, from(graph, values.from).join('\n'))
    return 0
  }
  const outcomes = prove(graph, settings)
  const failed = outcomes.filter((outcome) => !outcome.holds).length
  const told = failed === 0 ? `All ${outcomes.length} hold.` : `${failed} of ${outcomes.length} do not hold.`
  say(terminal, values.json ? JSON.stringify(outcomes, undefined, 2) : [...outcomes.map(describe), told].join('\n'))
  return failed === 0 ? 0 : 1
}

function override(text: string): [string, unknown] {
  const at = text.indexOf('=')
  if (at < 1) throw new CommandError(`--set must be key=value, not '${text}'`)
  return [text.slice(0, at), parse(text.slice(at + 1))]
}

/** What one party reaches, in words. */
function from(graph: Graph, name: string): string[] {
  const world = readWorld(graph)
  if (name === 'internet') {
    const { exposures, doubts } = reachableFromInternet(world)
    const nothing = exposures.length === 0 ? ['the internet reaches nothing'] : []
    return [...exposures.map(describeExposure), ...nothing, ...doubts.map((doubt) => `not known: ${doubt}`)]
  }
  const things = world.things.filter((thing) => thing.label.includes(name))
  const subnets = world.subnets.filter((subnet) => subnet.label.includes(name))
  if (things.length + subnets.length === 0)
    throw new CommandError(`Nothing is called '${name}'; there are ${called(world)}`)
  return [
    ...things.flatMap((thing) =>
      world.things.filter((to) => to !== thing).map((to) => describeAnswer(thing, to, canReach(thing, to))),
    ),
    ...subnets.flatMap((subnet) => internetEgress(world, subnet).map(describeWay)),
  ]
}

const called = (world: World) => [...world.things, ...world.subnets].map(({ label }) => label).join(', ')
