import t from 'tap'
import type { Graph, Properties } from '../plan/graph.ts'
import { counts, madeBy, ofType, one, planned, statementsOf, text } from './harness/graphs.ts'

const stacks = [
  { stack: 'staging', protect: false, days: 30, subnets: 2, service: '172.20.0.0/16' },
  { stack: 'prod', protect: true, days: 365, subnets: 3, service: '172.20.0.0/16' },
]
const clusterOf = (graph: Graph) => one(graph, 'aws:eks/cluster:Cluster', 'cluster-eksCluster')

for (const { stack, protect, days, subnets, service } of stacks) {
  const prefix = `dhakacart-${stack}`

  t.test(`${stack}: the component makes the cluster and a provider, and nothing else`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    const inside = graph.resources.filter(({ urn }) => urn.includes('$eks:index:Cluster$'))
    t.strictSame(counts(inside), { 'aws:eks/cluster:Cluster': 1, 'pulumi:providers:kubernetes': 1 })
  })

  t.test(`${stack}: the cluster is closed, encrypted, logged and named`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    const cluster = clusterOf(graph)
    const { inputs } = cluster
    t.match(inputs, {
      name: prefix,
      version: '1.35',
      upgradePolicy: { supportType: 'STANDARD' },
      deletionProtection: protect,
      accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
      zonalShiftConfig: { enabled: true },
      bootstrapSelfManagedAddons: false,
      computeConfig: { enabled: true, nodePools: [] },
      storageConfig: { blockStorage: { enabled: true } },
      kubernetesNetworkConfig: { serviceIpv4Cidr: service, elasticLoadBalancing: { enabled: true } },
      enabledClusterLogTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
    })
    t.equal((inputs.computeConfig as Properties).nodeRoleArn, undefined, 'a node role here would replace the cluster')
    t.equal(cluster.protect, protect)
    const vpc = inputs.vpcConfig as Properties
    t.strictSame([vpc.endpointPrivateAccess, vpc.endpointPublicAccess, vpc.publicAccessCidrs], [true, false, undefined])
    const nodes = ofType(graph, 'aws:ec2/subnet:Subnet').filter(({ name }) => name.includes('nodes'))
    t.equal(nodes.length, subnets)
    t.strictSame(
      vpc.subnetIds,
      nodes.map(({ id }) => id),
    )
    const { arn } = one(graph, 'aws:kms/key:Key', 'cluster').outputs
    t.strictSame(inputs.encryptionConfig, { provider: { keyArn: arn }, resources: ['secrets'] })
    t.match(one(graph, 'aws:cloudwatch/logGroup:LogGroup', 'control-plane').inputs, {
      name: `/aws/eks/${prefix}/cluster`,
      retentionInDays: days,
      kmsKeyId: text(one(graph, 'aws:kms/key:Key', 'logs').outputs, 'arn'),
    })
  })

  t.test(`${stack}: the API is reached on one port, from wearers of one group`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    const group = one(graph, 'aws:ec2/securityGroup:SecurityGroup', 'control-plane')
    const clients = one(graph, 'aws:ec2/securityGroup:SecurityGroup', 'cluster-clients')
    t.strictSame((clusterOf(graph).inputs.vpcConfig as Properties).securityGroupIds, [group.id])
    for (const { inputs, name } of [group, clients])
      t.notOk(inputs.ingress ?? inputs.egress, `${name}: no rules inside`)
    const rules = graph.resources.filter(
      ({ type, inputs }) =>
        /[sS]ecurityGroup.*Rule/.test(type) && [group.id, clients.id].includes(inputs.securityGroupId),
    )
    const port = { ipProtocol: 'tcp', fromPort: 443, toPort: 443 }
    t.equal(rules.length, 2)
    t.match(rules.find(({ type }) => type.includes('Ingress'))?.inputs, {
      securityGroupId: group.id,
      referencedSecurityGroupId: clients.id,
      ...port,
    })
    t.match(rules.find(({ type }) => type.includes('Egress'))?.inputs, {
      securityGroupId: clients.id,
      referencedSecurityGroupId: group.id,
      ...port,
    })
  })

  t.test(`${stack}: Kubernetes is talked to as the deployer, under the cluster's own name`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    const provider = one(graph, 'pulumi:providers:kubernetes', 'kubernetes')
    t.match(provider.inputs, { clusterIdentifier: prefix, enableServerSideApply: 'true' })
    const { arn } = one(graph, 'aws:iam/role:Role', 'eks-deployer').outputs
    const config = JSON.parse(text(provider.inputs, 'kubeconfig'))
    const { args, env } = config.users[0].user.exec
    t.strictSame(args.slice(args.indexOf('--role')), ['--role', arn])
    t.notOk(JSON.stringify([args, env]).toLowerCase().includes('profile'), "nobody's own profile")
  })

  t.test(`${stack}: the cluster's role may tag what it makes for this cluster, and only that`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    const role = one(graph, 'aws:iam/role:Role', 'cluster')
    t.equal(clusterOf(graph).inputs.roleArn, role.outputs.arn)
    t.equal(text(role.inputs, 'name'), `${prefix}-cluster`, 'the volumes key admits it by name')
    const attached = madeBy(graph, 'Cluster').filter(({ type }) => type.includes('rolePolicyAttachment'))
    t.equal(attached.length, 5)
    const statements = statementsOf(one(graph, 'aws:iam/rolePolicy:RolePolicy', 'cluster-tags'))
    t.equal(statements.length, 3)
    for (const { Sid, Condition } of statements) {
      t.equal(Condition?.StringEquals?.['aws:RequestTag/eks:eks-cluster-name'], prefix, Sid)
    }
  })

  t.test(`${stack}: the program itself asks nothing of a cloud`, async (t) => {
    const graph = await planned({ stack, mode: 'preview' })
    t.ok(graph.resources.length > 100)
    // What the plugin of the cluster asks by itself, for names of policies.
    t.strictSame(
      graph.invokes.map(({ token }) => token),
      ['aws:index/getPartition:getPartition'],
    )
  })
}

t.test('the public endpoint opens for the named addresses, and says so at every run', async (t) => {
  const open = ['203.0.113.7/32', '198.51.100.9/32']
  const graph = await planned({ stack: 'prod', mode: 'preview', overrides: { clusterPublicAccessCidrs: open } })
  t.match(clusterOf(graph).inputs.vpcConfig, {
    endpointPrivateAccess: true,
    endpointPublicAccess: true,
    publicAccessCidrs: open,
  })
  const warnings = graph.messages.filter(({ text }) => text.startsWith('The Kubernetes API of prod is open'))
  t.equal(warnings.length, 1)
  t.match(warnings, [
    { severity: 'warning', text: /203\.0\.113\.7\/32, 198\.51\.100\.9\/32.*clusterPublicAccessCidrs to \[\]/ },
  ])
  const closed = await planned({ stack: 'prod', mode: 'preview' })
  t.notOk(closed.messages.some(({ text }) => text.includes('open to the internet')))
})
