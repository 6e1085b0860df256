import t from 'tap'
import type { Graph, Resource } from '../plan/graph.ts'
import { condition, list, ofType, one, planned, statementsOf, text, texts } from './harness/graphs.ts'

const stacks = [
  {
    stack: 'staging',
    account: '111111111111',
    base: '10.21',
    zones: ['a', 'b'],
    gateways: 1,
    endpointSubnets: 1,
    days: 14,
  },
  {
    stack: 'prod',
    account: '222222222222',
    base: '10.20',
    zones: ['a', 'b', 'c'],
    gateways: 3,
    endpointSubnets: 3,
    days: 90,
  },
]

/** What every zone has had since the first day. A line that changes here replaces subnets that are in use. */
const blocks: Record<string, Record<string, string>> = {
  a: { public: '0.0/24', nodes: '16.0/20', pods: '32.0/20', data: '48.0/24' },
  b: { public: '64.0/24', nodes: '80.0/20', pods: '96.0/20', data: '112.0/24' },
  c: { public: '128.0/24', nodes: '144.0/20', pods: '160.0/20', data: '176.0/24' },
  d: { public: '192.0/24', nodes: '208.0/20', pods: '224.0/20', data: '240.0/24' },
}

const subnets = (graph: Graph) => ofType(graph, 'aws:ec2/subnet:Subnet')
const tier = ({ inputs }: Resource) => (inputs.tags as Record<string, string>).tier ?? ''
const cidrs = (graph: Graph) =>
  Object.fromEntries(
    subnets(graph).map((subnet) => [
      `${text(subnet.inputs, 'availabilityZone')} ${tier(subnet)}`,
      text(subnet.inputs, 'cidrBlock'),
    ]),
  )
const expected = (zones: string[], base: string) =>
  Object.fromEntries(
    zones.flatMap((zone) =>
      Object.entries(blocks[zone] ?? {}).map(([name, block]) => [`ap-southeast-1${zone} ${name}`, `${base}.${block}`]),
    ),
  )

for (const { stack, account, base, zones, gateways, endpointSubnets, days } of stacks) {
  t.test(`${stack}: four subnets in each zone, none of which gives out a public address`, async (t) => {
    const graph = await planned({ stack, mode: 'preview' })
    t.equal(subnets(graph).length, 4 * zones.length)
    t.strictSame(cidrs(graph), expected(zones, base))
    const vpc = one(graph, 'aws:ec2/vpc:Vpc', `dhakacart-${stack}`)
    t.match(vpc.inputs, { cidrBlock: `${base}.0.0/16`, enableDnsHostnames: true, enableDnsSupport: true })
    for (const subnet of subnets(graph)) {
      t.equal(subnet.inputs.mapPublicIpOnLaunch, false, subnet.name)
      t.equal(subnet.protect, stack === 'prod', `${subnet.name} is protected in production`)
    }
  })

  t.test(`${stack}: each list of subnets has one of each zone, of its own kind`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    const network = one(graph, 'dhakacart:platform:Network', 'network')
    const kinds = {
      publicSubnetIds: 'public',
      privateSubnetIds: 'nodes',
      podSubnetIds: 'pods',
      isolatedSubnetIds: 'data',
    }
    for (const [output, kind] of Object.entries(kinds)) {
      const ids = texts(network.outputs[output])
      const found = ids.map((id) => subnets(graph).find((subnet) => subnet.id === id))
      t.strictSame(
        found.map((subnet) => subnet && tier(subnet)),
        zones.map(() => kind),
        output,
      )
      t.strictSame(
        found.map((subnet) => subnet?.inputs.availabilityZone),
        zones.map((zone) => `ap-southeast-1${zone}`),
      )
    }
  })

  t.test(`${stack}: NAT gateways as the setting says; data goes nowhere`, async (t) => {
    for (const [natGateways, count] of [
      ['one', 1],
      ['onePerZone', zones.length],
    ] as const) {
      const graph = await planned({ stack, mode: 'applied', overrides: { natGateways, production: false } })
      t.equal(ofType(graph, 'aws:ec2/natGateway:NatGateway').length, count, natGateways)
      t.equal(ofType(graph, 'aws:ec2/eip:Eip').length, count)
      t.equal(ofType(graph, 'aws:ec2/route:Route').length, 3 * zones.length, 'public, nodes and pods, of each zone')
    }
    const graph = await planned({ stack, mode: 'applied' })
    t.equal(ofType(graph, 'aws:ec2/natGateway:NatGateway').length, gateways)
  })

  t.test(`${stack}: what the plugin builds has the stack's own provider, and with it the stack's tags`, async (t) => {
    const graph = await planned({ stack, mode: 'preview' })
    const provider = one(graph, 'pulumi:providers:aws', 'aws')
    const built = graph.resources.filter(({ type, custom }) => custom && type.startsWith('aws:'))
    t.ok(built.length > 60, `${built.length} resources of AWS`)
    for (const { urn, provider: used } of built) t.ok(used?.startsWith(`${provider.urn}::`), urn)
  })

  t.test(`${stack}: six interface endpoints and one gateway, each with a policy of ours`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    const endpoints = ofType(graph, 'aws:ec2/vpcEndpoint:VpcEndpoint')
    t.strictSame(endpoints.map(({ name }) => name).sort(), [
      'ecr.api',
      'ecr.dkr',
      'kms',
      'logs',
      's3',
      'secretsmanager',
      'sts',
    ])
    for (const endpoint of endpoints) {
      t.equal(endpoint.inputs.serviceName, `com.amazonaws.ap-southeast-1.${endpoint.name}`)
      for (const statement of statementsOf(endpoint)) {
        const about = `${endpoint.name}/${statement.Sid}`
        const ours = condition(statement, 'aws:PrincipalAccount')
        if (ours.length > 0) t.strictSame(ours, [account], about)
        else t.notOk(list(statement.Resource).includes('*'), `${about} admits anybody, so it names what they reach`)
      }
    }
    const interfaces = endpoints.filter(({ inputs }) => inputs.vpcEndpointType === 'Interface')
    t.equal(interfaces.length, 6)
    const group = one(graph, 'aws:ec2/securityGroup:SecurityGroup', 'endpoints')
    for (const { name, inputs } of interfaces) {
      t.equal(inputs.privateDnsEnabled, true, name)
      t.strictSame(inputs.securityGroupIds, [group.id], name)
      t.equal(texts(inputs.subnetIds).length, endpointSubnets, name)
    }
    t.notOk(group.inputs.ingress ?? group.inputs.egress, 'no rule but the one beside it')
    const rules = ofType(graph, 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule').filter(
      ({ inputs }) => inputs.securityGroupId === group.id,
    )
    t.equal(rules.length, 1)
    t.match(rules[0]?.inputs, { cidrIpv4: `${base}.0.0/16`, ipProtocol: 'tcp', fromPort: 443, toPort: 443 })
  })

  t.test(`${stack}: S3 stays inside for nodes and pods, and lets through what machines fetch`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    const s3 = one(graph, 'aws:ec2/vpcEndpoint:VpcEndpoint', 's3')
    const tables = texts(s3.inputs.routeTableIds)
    t.equal(tables.length, 2 * zones.length)
    const associations = ofType(graph, 'aws:ec2/routeTableAssociation:RouteTableAssociation')
    t.equal(associations.length, 4 * zones.length)
    const reached = associations
      .filter(({ inputs }) => tables.includes(text(inputs, 'routeTableId')))
      .map(({ inputs }) => subnets(graph).find(({ id }) => id === inputs.subnetId))
      .map((subnet) => (subnet ? tier(subnet) : 'no subnet'))
    t.strictSame(reached.sort(), [...zones.map(() => 'nodes'), ...zones.map(() => 'pods')])

    const statements = statementsOf(s3)
    t.equal(statements.length, 2)
    const [own, fetched] = statements
    t.strictSame(own && condition(own, 'aws:ResourceAccount'), [account], 'data leaves to our own buckets only')
    t.equal(fetched?.Action, 's3:GetObject')
    for (const bucket of ['prod-ap-southeast-1-starport-layer-bucket', 'prod-registry-k8s-io-ap-southeast-1']) {
      t.ok(list(fetched?.Resource).includes(`arn:aws:s3:::${bucket}/*`), bucket)
    }
  })

  t.test(`${stack}: images are pulled from anywhere, and pushed to our registry only`, async (t) => {
    const graph = await planned({ stack, mode: 'preview' })
    for (const name of ['ecr.api', 'ecr.dkr']) {
      const statements = statementsOf(one(graph, 'aws:ec2/vpcEndpoint:VpcEndpoint', name))
      const foreign = statements.filter((statement) => condition(statement, 'aws:ResourceAccount').length === 0)
      t.equal(foreign.length, 1)
      for (const action of list(foreign[0]?.Action))
        t.match(action, /^ecr:(Get|Batch)/, `${name}: ${action} only reads`)
    }
  })

  t.test(`${stack}: flow logs go to a group of their own by a role that can do nothing else`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    const vpc = one(graph, 'aws:ec2/vpc:Vpc', `dhakacart-${stack}`)
    const group = one(graph, 'aws:cloudwatch/logGroup:LogGroup', 'flow-logs')
    const role = one(graph, 'aws:iam/role:Role', 'flow-logs')
    const flow = one(graph, 'aws:ec2/flowLog:FlowLog', 'flow-logs')
    t.equal(group.inputs.retentionInDays, days)
    t.match(flow.inputs, {
      vpcId: vpc.id,
      trafficType: 'ALL',
      logDestination: group.outputs.arn,
      iamRoleArn: role.outputs.arn,
    })
    t.match(text(flow.inputs, 'logFormat'), /^\$\{version\} .*\$\{pkt-srcaddr\}.*\$\{traffic-path\}$/)

    const [trust] = statementsOf(role, 'assumeRolePolicy')
    t.strictSame(trust?.Principal, { Service: 'vpc-flow-logs.amazonaws.com' })
    t.strictSame(trust && condition(trust, 'aws:SourceAccount'), [account])
    t.strictSame(trust && condition(trust, 'aws:SourceArn'), [`arn:aws:ec2:ap-southeast-1:${account}:vpc-flow-log/*`])
    const writing = one(graph, 'aws:iam/rolePolicy:RolePolicy', 'flow-logs')
    const arn = text(group.outputs, 'arn')
    const statements = statementsOf(writing)
    t.equal(statements.length, 1)
    t.strictSame(statements[0]?.Resource, [arn, `${arn}:*`])
    t.ok(flow.dependencies.includes(writing.urn), 'the role can write before it is asked to')
  })

  t.test(`${stack}: the default security group is emptied`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    const groups = ofType(graph, 'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup')
    t.equal(groups.length, 1)
    const vpc = one(graph, 'aws:ec2/vpc:Vpc', `dhakacart-${stack}`)
    t.match(groups[0]?.inputs, { vpcId: vpc.id, ingress: [], egress: [] })
    t.strictSame([groups[0]?.inputs.ingress, groups[0]?.inputs.egress], [[], []])
  })
}

t.test('a zone that is added moves nothing', async (t) => {
  for (const count of [2, 3, 4]) {
    const zones = ['a', 'b', 'c', 'd'].slice(0, count)
    const availabilityZones = zones.map((zone) => `ap-southeast-1${zone}`)
    const overrides = { availabilityZones, vpcCidr: '10.20.0.0/16', production: false }
    const graph = await planned({ stack: 'prod', mode: 'preview', overrides })
    t.equal(subnets(graph).length, 4 * count)
    t.strictSame(cidrs(graph), expected(zones, '10.20'))
  }
})

t.test('names, too, stay with their zone', async (t) => {
  const at = async (zones: string[]) => {
    const availabilityZones = zones.map((zone) => `ap-southeast-1${zone}`)
    const graph = await planned({ stack: 'prod', mode: 'preview', overrides: { availabilityZones, production: false } })
    return Object.fromEntries(subnets(graph).map(({ urn, inputs }) => [urn, inputs]))
  }
  const two = await at(['a', 'b'])
  const three = await at(['a', 'b', 'c'])
  t.equal(Object.keys(two).length, 8)
  t.equal(Object.keys(three).length, 12)
  for (const [urn, inputs] of Object.entries(two)) t.strictSame(three[urn], inputs, urn)
})
