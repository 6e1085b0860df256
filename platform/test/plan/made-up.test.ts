import t from 'tap'
import type { Graph } from '../../plan/graph.ts'
import { plan } from '../../plan/index.ts'
import { table } from '../../plan/made-up/index.ts'
import { fill } from '../../plan/made-up/template.ts'
import { hasProperty } from '../../plan/schemas.ts'
import { withoutSecrets } from '../../plan/secrets.ts'

const accounts: Record<string, string> = { staging: '111111111111', prod: '222222222222' }
const resourcesOf = (graph: Graph) => graph.resources.filter(({ type }) => type.startsWith('aws:'))

for (const [stack, account] of Object.entries(accounts)) {
  t.test(`${stack} as if applied`, async (t) => {
    const graph = await plan({ stack, mode: 'applied' })
    t.ok(graph.resources.length > 100, `${graph.resources.length} resources`)
    t.strictSame(graph.notMadeUp, [], 'the table has all that the program reads')
    const unknown = graph.resources.filter(({ inputs }) => JSON.stringify(inputs).includes('"$unknown"'))
    t.strictSame(
      unknown.map(({ urn }) => urn),
      [],
      'no input is unknown',
    )
    t.notMatch(JSON.stringify(graph.outputs), '$unknown')
    for (const { type, urn, inputs, outputs } of resourcesOf(graph)) {
      t.ok(type in table, `${type} is in the table`)
      const { arn } = outputs
      if (typeof arn !== 'string') continue
      t.match(
        arn,
        new RegExp(`^arn:aws:[a-z0-9-]+:(${inputs.region ?? 'ap-southeast-1'})?:(${account}|aws)?:`),
        `${urn} is in its account and region`,
      )
    }
    const again = await plan({ stack, mode: 'applied' })
    t.strictSame(withoutSecrets(again), withoutSecrets(graph), 'it is the same at every run')
  })
}

t.test('ids have the shape that the service gives them', async (t) => {
  const graph = await plan({ stack: 'prod', mode: 'applied' })
  const shapes: Record<string, RegExp> = {
    'aws:ec2/vpc:Vpc': /^vpc-[0-9a-f]{17}$/,
    'aws:ec2/subnet:Subnet': /^subnet-[0-9a-f]{17}$/,
    'aws:ec2/natGateway:NatGateway': /^nat-[0-9a-f]{17}$/,
    'aws:ec2/securityGroup:SecurityGroup': /^sg-[0-9a-f]{17}$/,
    'aws:kms/key:Key': /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    'aws:iam/role:Role': /^dhakacart-prod-|^flow-logs-/,
    'aws:ec2/route:Route': /^r-rtb-[0-9a-f]{17}[0-9]{10}$/,
  }
  for (const [type, shape] of Object.entries(shapes)) {
    const ids = graph.resources.filter((resource) => resource.type === type).map(({ id }) => id)
    t.ok(ids.length > 0, type)
    for (const id of ids) t.match(id, shape)
    t.equal(new Set(ids).size, ids.length, 'no two are the same')
  }
  const [vpc] = graph.resources.filter(({ type }) => type === 'aws:ec2/vpc:Vpc')
  const [group] = graph.resources.filter(({ type }) => type === 'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup')
  t.equal(group?.id, vpc?.outputs.defaultSecurityGroupId, 'the default group is the one that the network made')
})

t.test('the table names nothing that the SDK does not have', (t) => {
  t.ok(Object.keys(table).length > 60)
  for (const [type, { id: _, ...outputs }] of Object.entries(table)) {
    for (const output of Object.keys(outputs)) t.ok(hasProperty(type, output), `${type} has ${output}`)
  }
  t.end()
})

t.test('what rests on an unknown is unknown', (t) => {
  const subject = {
    type: 'a:b:C',
    urn: 'u',
    name: 'n',
    account: '1',
    region: 'r',
    find: () => undefined,
    inputs: { a: 'x' },
  }
  t.equal(fill(subject, {}, '{in.a}/{region}'), 'x/r')
  const unknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'
  t.equal(fill(subject, {}, '{in.b}/{region}'), unknown)
  t.strictSame(fill({ ...subject, inputs: { a: unknown } }, {}, [{ at: '{in.a}' }]), [{ at: unknown }])
  t.end()
})
