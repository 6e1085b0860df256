import t from 'tap'
import { plan } from '../plan/index.ts'
import { counts, list, madeBy, ofType, one, planned, statementsOf, text } from './harness/graphs.ts'

const connection = 'arn:aws:codeconnections:ap-southeast-1:222222222222:connection/0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0'
const overrides = {
  githubRepository: 'dhakacart/shop',
  githubConnectionArn: connection,
  githubActorIds: ['583231', '9919'],
  githubDeployWorkflow: 'deploy',
}
const project = 'arn:aws:codebuild:ap-southeast-1:222222222222:project/dhakacart-prod-runner'
const withRunner = () => planned({ stack: 'prod', mode: 'applied', overrides })

t.test('a runner is made only for a named repository', async (t) => {
  const none = await planned({ stack: 'prod', mode: 'applied' })
  t.ok(none.resources.length > 100)
  t.strictSame([madeBy(none, 'Runner'), none.outputs.runnerProjectName], [[], null])
  const graph = await withRunner()
  t.strictSame(counts(madeBy(graph, 'Runner')), {
    'aws:cloudwatch/logGroup:LogGroup': 1,
    'aws:codebuild/project:Project': 1,
    'aws:codebuild/webhook:Webhook': 1,
    'aws:ec2/securityGroup:SecurityGroup': 1,
    'aws:iam/role:Role': 1,
    'aws:iam/rolePolicy:RolePolicy': 1,
    'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule': 1,
  })
  t.equal(graph.outputs.runnerProjectName, 'dhakacart-prod-runner')
})

t.test('it takes jobs of one workflow that one of the named accounts started', async (t) => {
  const { inputs } = one(await withRunner(), 'aws:codebuild/webhook:Webhook', 'runner')
  t.strictSame(inputs.filterGroups, [
    {
      filters: [
        { type: 'EVENT', pattern: 'WORKFLOW_JOB_QUEUED' },
        { type: 'WORKFLOW_NAME', pattern: '^deploy$' },
        { type: 'ACTOR_ACCOUNT_ID', pattern: '^(583231|9919)$' },
      ],
    },
  ])
  const actors = /^(583231|9919)$/
  t.notOk(
    ['5832310', '1583231', '991', ''].some((id) => actors.test(id)),
    'no account whose number merely contains one',
  )
})

t.test('without an account the program stops: the filter would let everybody in', async (t) => {
  const orders = plan({ stack: 'prod', mode: 'preview', overrides: { ...overrides, githubActorIds: [] } })
  await t.rejects(orders, /githubActorIds/)
})

t.test('it stands in the private network, without privileges, and keeps an encrypted log', async (t) => {
  const graph = await withRunner()
  const { inputs } = one(graph, 'aws:codebuild/project:Project', 'runner')
  const groups = ['runner', 'cluster-clients'].map((name) => one(graph, 'aws:ec2/securityGroup:SecurityGroup', name).id)
  const nodes = ofType(graph, 'aws:ec2/subnet:Subnet').filter(({ name }) => name.includes('nodes'))
  t.match(inputs, {
    environment: { privilegedMode: false, type: 'ARM_CONTAINER' },
    vpcConfig: { subnets: nodes.map(({ id }) => id), securityGroupIds: groups },
    source: {
      location: 'https://github.com/dhakacart/shop.git',
      auth: { type: 'CODECONNECTIONS', resource: connection },
    },
    logsConfig: { cloudwatchLogs: { status: 'ENABLED', groupName: '/aws/codebuild/dhakacart-prod-runner' } },
    concurrentBuildLimit: 2,
  })
  t.match(one(graph, 'aws:cloudwatch/logGroup:LogGroup', 'runner').inputs, {
    retentionInDays: 365,
    kmsKeyId: text(one(graph, 'aws:kms/key:Key', 'logs').outputs, 'arn'),
  })
  const rules = graph.resources.filter(
    ({ type, inputs }) => /[sS]ecurityGroup.*Rule/.test(type) && inputs.securityGroupId === groups[0],
  )
  t.strictSame(
    rules.map(({ type, inputs }) => [type.split(':').at(-1), inputs.ipProtocol, inputs.fromPort, inputs.toPort]),
    [['SecurityGroupEgressRule', 'tcp', 443, 443]],
  )
})

t.test('its role writes its log and holds its network interface', async (t) => {
  const graph = await withRunner()
  const role = one(graph, 'aws:iam/role:Role', 'runner')
  const [trust] = statementsOf(role, 'assumeRolePolicy')
  t.match(trust, {
    Principal: { Service: 'codebuild.amazonaws.com' },
    Condition: { StringEquals: { 'aws:SourceAccount': '222222222222', 'aws:SourceArn': project } },
  })
  const statements = statementsOf(one(graph, 'aws:iam/rolePolicy:RolePolicy', 'runner'))
  t.equal(statements.length, 5)
  const services = new Set(statements.flatMap(({ Action }) => list(Action)).map((action) => action.split(':')[0]))
  t.strictSame([...services].sort(), ['codeconnections', 'codestar-connections', 'ec2', 'logs'])
  const changing = statements.flatMap(({ Action }) => list(Action)).filter((action) => !/:(Get|Describe)/.test(action))
  t.strictSame(changing.sort(), [
    'ec2:CreateNetworkInterface',
    'ec2:CreateNetworkInterfacePermission',
    'ec2:DeleteNetworkInterface',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ])
  const hand = statements.find(({ Sid }) => Sid === 'HandInterfaceToCodeBuild')
  t.match(hand?.Condition, { StringEquals: { 'ec2:AuthorizedService': 'codebuild.amazonaws.com' } })
  t.equal(list(hand?.Condition?.ArnEquals?.['ec2:Subnet']).length, 3, 'only in these subnets')
  const attached = ofType(graph, 'aws:iam/rolePolicyAttachment:RolePolicyAttachment')
  t.notOk(
    attached.some(({ inputs }) => inputs.role === 'dhakacart-prod-runner'),
    'no policy of AWS beside it',
  )
})
