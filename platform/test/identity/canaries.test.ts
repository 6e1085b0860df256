import t from 'tap'
import { plan } from '../../plan/index.ts'
import { github } from '../harness/github.ts'
import { keepsValue, passwordsIn, planted, plantedEnvironment, plantedIn } from '../harness/planted.ts'

/* No secret gets into the plan, by way of the environment or of a property that would hold one. */

for (const [stack, account] of [
  ['staging', '111111111111'],
  ['prod', '222222222222'],
] as const) {
  t.test(`${stack}: what is planted in the environment is not in the plan`, async (t) => {
    t.ok(planted.length >= 12, `${planted.length} canaries`)
    const before = Object.fromEntries(planted.map(({ name }) => [name, process.env[name]]))
    Object.assign(process.env, plantedEnvironment)
    t.teardown(() => {
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) delete process.env[name]
        else process.env[name] = value
      }
    })
    for (const mode of ['preview', 'applied'] as const) {
      const { resources, ...rest } = await plan({ stack, mode, overrides: github(account) })
      t.ok(resources.length > 200, `${resources.length} resources`)
      t.strictSame(plantedIn(JSON.stringify({ resources, ...rest })), [], `${mode}: no canary`)
      t.strictSame(
        resources.flatMap(({ type }) => (keepsValue(type) ? [type] : [])),
        [],
        `${mode}: nothing writes a value`,
      )
      t.strictSame(
        resources.flatMap(({ urn, inputs }) => passwordsIn(inputs).map((path) => urn + path)),
        [],
        `${mode}: no property holds a password`,
      )
    }
  })
}
