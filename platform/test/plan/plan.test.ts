import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import t from 'tap'
import { plan } from '../../plan/index.ts'

const program = async () => {
  const provider = new aws.Provider('aws', { region: 'ap-southeast-1', allowedAccountIds: ['111111111111'] })
  const role = new aws.iam.Role('role', { assumeRolePolicy: '{}' }, { provider })
  new aws.iam.RolePolicy('policy', { role: role.name, policy: pulumi.interpolate`${role.arn}` }, { provider })
  return { name: role.name }
}

t.test('a program is planned in this process', async (t) => {
  const graph = await plan({ stack: 'staging', mode: 'preview', program, models: {} })
  t.equal(graph.resources.length, 4)
  const policy = graph.resources.find(({ name }) => name === 'policy')
  t.match(policy, { inputs: { policy: { $unknown: true }, role: /^role-[0-9a-f]{7}$/ } })
  t.strictSame(policy?.propertyDependencies.policy, ['urn:pulumi:staging::dhakacart::aws:iam/role:Role::role'])
})

t.test('two plans at once wait for one another', async (t) => {
  const graphs = await Promise.all(
    ['staging', 'prod'].map((stack) => plan({ stack, mode: 'preview', program, models: {} })),
  )
  t.strictSame(
    graphs.map(({ stack, resources }) => [stack, resources.length]),
    [
      ['staging', 4],
      ['prod', 4],
    ],
  )
})
