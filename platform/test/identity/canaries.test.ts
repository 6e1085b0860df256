import { environment } from '@dhakacart/service'
import t from 'tap'
import { plan } from '../../plan/index.ts'
import { github } from '../harness/github.ts'

/* No secret gets into the plan, by way of the environment or of a property that would hold one. */

const secretSettings = environment().filter(({ secret }) => secret)
const canaries = secretSettings.map(({ name }, at) => ({ name, value: `canary-${at}-5f1c9be7d2a04c68` }))
/** Properties that would put a value into Pulumi's state; `managed...` and the like are no values. */
const holders =
  /^(password|passwordWo|masterPassword|masterUserPassword|authToken|authTokenWo|secretString|secretBinary)$/

function* properties(value: unknown, path = ''): Generator<[path: string, key: string, value: unknown]> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inside] of Object.entries(value)) {
    yield [`${path}.${key}`, key, inside]
    yield* properties(inside, `${path}.${key}`)
  }
}

for (const [stack, account] of [
  ['staging', '111111111111'],
  ['prod', '222222222222'],
] as const) {
  t.test(`${stack}: what is planted in the environment is not in the plan`, async (t) => {
    t.ok(canaries.length >= 6, `${canaries.length} canaries`)
    const before = Object.fromEntries(canaries.map(({ name }) => [name, process.env[name]]))
    for (const { name, value } of canaries) process.env[name] = value
    t.teardown(() => {
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) delete process.env[name]
        else process.env[name] = value
      }
    })
    for (const mode of ['preview', 'applied'] as const) {
      const graph = await plan({ stack, mode, overrides: github(account) })
      t.ok(graph.resources.length > 200, `${graph.resources.length} resources`)
      const text = JSON.stringify(graph)
      for (const { name, value } of canaries) t.notOk(text.includes(value), `${mode}: ${name}`)
      t.strictSame(
        graph.resources.flatMap(({ type }) =>
          /^random:|secretVersion:|parameter:Parameter$/.test(type) ? [type] : [],
        ),
        [],
        `${mode}: nothing writes a value`,
      )
      const found = graph.resources.flatMap(({ urn, inputs }) =>
        [...properties(inputs)].flatMap(([path, key, value]) =>
          holders.test(key) && value !== undefined ? [`${urn}${path}`] : [],
        ),
      )
      t.strictSame(found, [], `${mode}: no property holds a password`)
    }
  })
}
