import t from 'tap'
import type { Graph } from '../plan/graph.ts'
import { condition, counts, list, madeBy, ofType, one, planned, statementsOf, text, texts } from './harness/graphs.ts'

const role = 'aws:iam/role:Role'
const account = '222222222222'
const user = `arn:aws:iam::${account}:user/rahima`
const group = `arn:aws:iam::${account}:role/on-call`
const prod = (overrides: Record<string, unknown> = {}) => planned({ stack: 'prod', mode: 'applied', overrides })
const trustOf = (graph: Graph, name: string) => statementsOf(one(graph, role, name), 'assumeRolePolicy')
const principals = (graph: Graph, name: string) =>
  trustOf(graph, name).flatMap(({ Principal }) => (typeof Principal === 'object' ? list(Principal.AWS) : ['*']))

t.test('prod has a role for each way to Kubernetes, and staging only those that somebody may take', async (t) => {
  t.strictSame(counts(madeBy(await prod(), 'Access')), {
    'aws:cloudwatch/eventRule:EventRule': 1,
    'aws:cloudwatch/eventTarget:EventTarget': 1,
    'aws:iam/role:Role': 4,
    'aws:iam/rolePolicy:RolePolicy': 4,
  })
  const staging = await planned({ stack: 'staging', mode: 'applied' })
  t.strictSame(
    ofType(staging, role).flatMap(({ name, urn }) => (urn.includes('Access$') ? [name] : [])),
    ['eks-deployer', 'eks-operator'],
  )
})

t.test('exactly the named principals may take a role, each with what proves that it is there', async (t) => {
  const names = {
    deployerPrincipals: [user, group],
    operatorPrincipals: [user, group],
    breakGlassPrincipals: [user, group],
  }
  const graph = await prod(names)
  for (const name of ['eks-deployer', 'eks-operator', 'break-glass']) {
    t.strictSame(principals(graph, name), [user, group], name)
    t.equal(one(graph, role, name).inputs.maxSessionDuration, 3_600, `${name}: an hour`)
    const [ofUsers] = trustOf(graph, name)
    t.ok(ofUsers && condition(ofUsers, 'aws:MultiFactorAuthPresent').includes('true'), `${name}: users, second factor`)
  }
  const [users, roles] = trustOf(graph, 'break-glass')
  for (const statement of [users, roles]) {
    t.ok(statement)
    if (!statement) continue
    t.strictSame(condition(statement, 'aws:MultiFactorAuthPresent'), ['true'], 'break-glass: second factor for all')
    t.strictSame(
      condition(statement, 'aws:RequestedRegion'),
      ['ap-southeast-1'],
      'break-glass: where the alarm listens',
    )
  }
  const [person] = trustOf(graph, 'eks-operator')
  t.strictSame(person && condition(person, 'sts:RoleSessionName'), [`\${aws:username}`], 'named session')
})

t.test('a role may find this one cluster, and nothing else but the door', async (t) => {
  const graph = await prod()
  const policies = madeBy(graph, 'Access').filter(({ type }) => type === 'aws:iam/rolePolicy:RolePolicy')
  t.equal(policies.length, 4)
  for (const policy of policies) {
    t.strictSame(
      statementsOf(policy).map(({ Action, Resource }) => ({ Action, Resource })),
      [{ Action: 'eks:DescribeCluster', Resource: `arn:aws:eks:ap-southeast-1:${account}:cluster/dhakacart-prod` }],
      policy.name,
    )
  }
  const attached = ofType(graph, 'aws:iam/rolePolicyAttachment:RolePolicyAttachment').filter(({ inputs }) =>
    /eks-|break-glass/.test(text(inputs, 'role')),
  )
  t.strictSame(
    attached.map(({ inputs }) => [text(inputs, 'role'), text(inputs, 'policyArn').split('/').at(-1)]).sort(),
    ['break-glass', 'eks-operator', 'eks-viewer'].map((name) => [
      `dhakacart-prod-${name}`,
      'dhakacart-prod-door-connect',
    ]),
  )
})

t.test('every attempt to take the break-glass role is told to the alarm topic', async (t) => {
  const graph = await prod()
  const rule = one(graph, 'aws:cloudwatch/eventRule:EventRule', 'break-glass')
  t.equal(rule.inputs.state, 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS', 'AssumeRole counts as reading')
  const pattern = JSON.parse(text(rule.inputs, 'eventPattern'))
  t.strictSame(pattern.detail.requestParameters.roleArn, [`arn:aws:iam::${account}:role/dhakacart-prod-break-glass`])
  t.equal(text(one(graph, role, 'break-glass').inputs, 'name'), 'dhakacart-prod-break-glass')
  t.strictSame(pattern.detail.eventName, ['AssumeRole'])
  const target = one(graph, 'aws:cloudwatch/eventTarget:EventTarget', 'break-glass')
  t.equal(text(target.inputs, 'arn'), graph.outputs.alarmTopicArn)
  t.match(
    target.inputs.inputTransformer,
    { inputTemplate: /^"[^"]*<who>[^"]*<from>[^"]*<when>[^"]*"$/ },
    'one JSON text',
  )
})

t.test('nobody administers the cluster but the deployer and break-glass', async (t) => {
  const graph = await prod()
  const found = ofType(graph, 'aws:eks/accessPolicyAssociation:AccessPolicyAssociation')
  const roleNames = new Map(ofType(graph, role).map(({ outputs, name }) => [outputs.arn, name]))
  const grants = found.map(({ inputs }) => {
    const scope = inputs.accessScope as { type: string; namespaces?: string[] }
    const policy = text(inputs, 'policyArn').split('/').at(-1)
    return [roleNames.get(text(inputs, 'principalArn')), policy, scope.namespaces ?? scope.type]
  })
  t.strictSame(grants.sort(), [
    ['break-glass', 'AmazonEKSClusterAdminPolicy', 'cluster'],
    ['eks-deployer', 'AmazonEKSClusterAdminPolicy', 'cluster'],
    ['eks-operator', 'AmazonEKSEditPolicy', ['shop', 'observability']],
    ['eks-operator', 'AmazonEKSViewPolicy', 'cluster'],
    ['eks-viewer', 'AmazonEKSViewPolicy', 'cluster'],
    ['node', 'AmazonEKSAutoNodePolicy', 'cluster'],
  ])
  const entries = ofType(graph, 'aws:eks/accessEntry:AccessEntry')
  t.equal(entries.length, 5)
  for (const { inputs, name } of entries) {
    const groups = inputs.kubernetesGroups === undefined ? [] : texts(inputs.kubernetesGroups)
    t.notOk(
      groups.some((group) => group.startsWith('system:')),
      `${name}: no group of Kubernetes' own`,
    )
  }
})
