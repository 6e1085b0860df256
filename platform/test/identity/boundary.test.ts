import t from 'tap'
import { github } from '../harness/github.ts'
import { ofType, one, planned, statementsOf, text } from '../harness/graphs.ts'

const role = 'aws:iam/role:Role'

for (const [stack, account] of [
  ['staging', '111111111111'],
  ['prod', '222222222222'],
] as const) {
  t.test(`${stack}: every role carries the boundary, in a preview too`, async (t) => {
    for (const mode of ['preview', 'applied'] as const) {
      const graph = await planned({ stack, mode, overrides: github(account) })
      const roles = ofType(graph, role)
      t.ok(roles.length >= 7, `${roles.length} roles`)
      const boundary = one(graph, 'aws:iam/policy:Policy', 'boundary')
      for (const { name, inputs, propertyDependencies } of roles) {
        t.equal(inputs.permissionsBoundary, `arn:aws:iam::${account}:policy/dhakacart-${stack}-boundary`, name)
        t.strictSame(propertyDependencies.permissionsBoundary, [boundary.urn], `${name} comes after it`)
        t.match(text(inputs, 'name'), `dhakacart-${stack}-`, `${name} is named after the stack, which policies go by`)
      }
      t.equal(boundary.protect, stack === 'prod')
    }
  })

  t.test(`${stack}: policies are no longer than IAM takes`, async (t) => {
    const graph = await planned({ stack, mode: 'applied', overrides: github(account) })
    // Managed: 6,144 characters without white space. Inline: 10,240 for all of a role. Trust: 2,048 (IAM quotas, 2026-11).
    for (const policy of ofType(graph, 'aws:iam/policy:Policy')) {
      const { length } = text(policy.inputs, 'policy').replace(/\s/g, '')
      t.ok(length <= 6_144, `${policy.name}: ${length}`)
      const sids = statementsOf(policy).map(({ Sid }) => Sid)
      t.equal(new Set(sids).size, sids.length, `${policy.name}: no Sid twice`)
    }
    for (const { inputs, name, outputs } of ofType(graph, role)) {
      t.ok(text(inputs, 'assumeRolePolicy').length <= 2_048, `${name}: trust`)
      const inline = ofType(graph, 'aws:iam/rolePolicy:RolePolicy').filter(({ inputs }) => inputs.role === outputs.name)
      const length = inline.reduce((sum, { inputs }) => sum + text(inputs, 'policy').replace(/\s/g, '').length, 0)
      t.ok(length <= 10_240, `${name}: ${length} inline`)
    }
  })
}
