import t from 'tap'
import type { Graph } from '../../plan/graph.ts'
import { orderOf, type PlanOptions } from '../../plan/index.ts'
import { bothWays } from './helpers/both-ways.ts'
import { compare } from './helpers/compare.ts'
import { answers, named, names, pathOf, planOf } from './helpers/programs.ts'
import { callsOfRuntime } from './helpers/runtime.ts'

// Ten programs start in processes of their own.
t.setTimeout(120_000)

// Each in the mode that says more of it.
const inPreview: readonly string[] = ['kubernetes', 'reads', 'secrets', 'packages', 'hooks']

for (const name of names) {
  const mode = inPreview.includes(name) ? 'preview' : 'applied'
  t.test(`the program ${name}, ${mode}: the plan is what the runtime sends`, async (t) => {
    const options: PlanOptions = { stack: 'staging', mode, ...answers }
    const { compared, explained } = await bothWays(t, options, await planOf(name, mode), pathOf(name))
    t.ok(compared > 1, `${compared} resources are compared`)
    if (name !== 'transforms' && name !== 'components') t.equal(explained.transformed, 0)
  })
}

t.test('the comparison sees what a wrong plan would say', async (t) => {
  const options: PlanOptions = { stack: 'staging', mode: 'applied', ...answers }
  const calls = await callsOfRuntime(await orderOf(options), pathOf('options'))
  const wrong: [string, (graph: Graph) => void][] = [
    ['inputs', (graph) => Object.assign(named(graph, 'child').inputs, { description: 'another' })],
    ['dependencies', (graph) => named(graph, 'optioned').dependencies.pop()],
    ['propertyDependencies', (graph) => Object.assign(named(graph, 'freed').propertyDependencies, { name: ['x'] })],
    ['protect', (graph) => Object.assign(named(graph, 'by-default'), { protect: true })],
    ['provider', (graph) => Object.assign(named(graph, 'child'), { provider: undefined })],
    ['aliases', (graph) => named(graph, 'optioned').aliases.reverse()],
    ['timeouts', (graph) => Object.assign(named(graph, 'optioned'), { timeouts: {} })],
    ['is only planned', (graph) => Object.assign(named(graph, 'imported'), { name: 'other' })],
    ['is only on the wire', (graph) => graph.resources.pop()],
  ]
  for (const [what, spoil] of wrong) {
    const graph = await planOf('options', 'applied')
    spoil(graph)
    t.equal(compare(graph, calls).differences[0]?.what, what)
  }
})
