import { readFileSync } from 'node:fs'
import t from 'tap'
import { Check, Errors } from 'typebox/schema'
import type { Graph } from '../../plan/graph.ts'
import { plan } from '../../plan/index.ts'
import { withoutSecrets } from '../../plan/secrets.ts'

const schema = JSON.parse(readFileSync(new URL('../../plan/schema.json', import.meta.url), 'utf8'))
const problems = (value: unknown) => Errors(schema, value)[1].slice(0, 3)

for (const stack of ['staging', 'prod']) {
  for (const mode of ['preview', 'applied'] as const) {
    t.test(`${stack}, ${mode}: the JSON is what the schema says`, async (t) => {
      const graph = JSON.parse(JSON.stringify(withoutSecrets(await plan({ stack, mode })))) as Graph
      t.ok(graph.resources.length > 80, `${graph.resources.length} resources`)
      t.ok(Check(schema, graph), JSON.stringify(problems(graph)))
    })
  }
}

t.test('the schema refuses what is not a plan', async (t) => {
  const graph = withoutSecrets(await plan({ stack: 'staging', mode: 'preview' }))
  const [first, ...rest] = graph.resources
  const wrong: [string, unknown][] = [
    ['another mode', { ...graph, mode: 'up' }],
    ['a property that nobody knows', { ...graph, cost: 1 }],
    ['a resource without its type', { ...graph, resources: [{ ...first, type: undefined }, ...rest] }],
    ['an unknown that is something else', { ...graph, outputs: { a: { $unknown: false } } }],
    ['a secret that is not masked', { ...graph, outputs: { a: { $secret: 'swordfish' } } }],
    ['a parent that is no URN', { ...graph, resources: [{ ...first, parent: 'stack' }, ...rest] }],
  ]
  t.ok(Check(schema, JSON.parse(JSON.stringify(graph))))
  for (const [what, value] of wrong) t.notOk(Check(schema, JSON.parse(JSON.stringify(value))), what)
})
