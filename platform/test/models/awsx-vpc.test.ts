import * as awsx from '@pulumi/awsx'
import t from 'tap'
import type { Graph } from '../../plan/graph.ts'
import { plan } from '../../plan/index.ts'
import { ipv6Subnet } from '../../plan/models/ipv6.ts'

const zones = ['ap-southeast-1a', 'ap-southeast-1b', 'ap-southeast-1c']
const specs: awsx.types.input.ec2.SubnetSpecArgs[] = [{ type: 'Public' }, { type: 'Private' }, { type: 'Isolated' }]

/** A network and nothing else. */
const network = (args: awsx.ec2.VpcArgs, mode: 'preview' | 'applied' = 'preview') =>
  plan({
    stack: 'staging',
    mode,
    program: async () => {
      const { vpcId, privateSubnetIds, subnetLayout } = new awsx.ec2.Vpc('net', args)
      return { vpcId, privateSubnetIds, subnetLayout }
    },
  })

const kinds = (graph: Graph): Record<string, number> => {
  const rows = graph.resources.filter((resource) => resource.modelled).map(({ type }) => type.split(':').at(-1) ?? '')
  return Object.fromEntries([...new Set(rows)].sort().map((kind) => [kind, rows.filter((row) => row === kind).length]))
}

const named = (graph: Graph, kind: string, name: string) =>
  graph.resources.find((resource) => resource.type.endsWith(`:${kind}`) && resource.name === name)

t.test('three zones, three kinds of subnets, a NAT gateway in each zone', async (t) => {
  const graph = await network({ availabilityZoneNames: zones, subnetStrategy: 'Auto', subnetSpecs: specs })
  t.strictSame(kinds(graph), {
    ...{ Eip: 3, InternetGateway: 1, NatGateway: 3, Route: 6, RouteTable: 9, RouteTableAssociation: 9 },
    ...{ Subnet: 9, Vpc: 1 },
  })
  t.equal(named(graph, 'Subnet', 'net-public-1')?.inputs.mapPublicIpOnLaunch, true)
  t.equal(named(graph, 'Subnet', 'net-private-1')?.inputs.mapPublicIpOnLaunch, false)
  t.notOk(named(graph, 'Route', 'net-isolated-1'), 'isolated subnets have no way out')
  const route = named(graph, 'Route', 'net-private-2')
  t.match(route?.propertyDependencies.natGatewayId, [/::net-2$/], 'a private subnet takes the gateway of its own zone')
  t.match(named(graph, 'NatGateway', 'net-1')?.dependencies, [/eip:Eip::net-1$/, /subnet:Subnet::net-public-1$/])
})

t.test('one NAT gateway serves every zone', async (t) => {
  const args = { availabilityZoneNames: zones, subnetStrategy: 'Auto', subnetSpecs: specs } as const
  const graph = await network({ ...args, natGateways: { strategy: 'Single' } })
  t.match(kinds(graph), { Eip: 1, NatGateway: 1, Route: 6 })
  for (const zone of [1, 2, 3])
    t.match(named(graph, 'Route', `net-private-${zone}`)?.propertyDependencies.natGatewayId, [/::net-1$/])
})

t.test('without arguments: the first three zones of the region, private and public', async (t) => {
  const graph = await network({})
  t.match(kinds(graph), { Subnet: 6, NatGateway: 3, Route: 6 })
  t.strictSame(
    graph.invokes.map(({ token }) => token),
    ['aws:index/getAvailabilityZones:getAvailabilityZones'],
  )
  // The plugin takes the first two subnets for those of the first zone, and they are those of two; the model says the same.
  t.match(graph.outputs.subnetLayout, [
    { type: 'Private', cidrMask: 19 },
    { type: 'Unused', cidrMask: 19 },
    { type: 'Private', cidrMask: 19 },
  ])
})

t.test('outputs are known as if applied, and not before', async (t) => {
  const args = { availabilityZoneNames: zones, subnetStrategy: 'Auto' } as const
  const [preview, applied] = [await network(args), await network(args, 'applied')]
  t.strictSame([preview.outputs.vpcId, preview.outputs.privateSubnetIds], [{ $unknown: true }, { $unknown: true }])
  const ids = zones.map((_, index) => named(applied, 'Subnet', `net-private-${index + 1}`)?.id)
  t.strictSame(applied.outputs.privateSubnetIds, ids)
  t.ok(ids.every((id) => typeof id === 'string'))
})

t.test('the plugin warns of a default that will change, and of endpoints that nothing can use', async (t) => {
  const vpcEndpointSpecs = [
    { serviceName: 'com.amazonaws.ap-southeast-1.s3' },
    { serviceName: 'com.amazonaws.ap-southeast-1.sts', vpcEndpointType: 'Interface' },
  ]
  const graph = await network({ availabilityZoneNames: zones, subnetSpecs: specs, vpcEndpointSpecs })
  t.match(kinds(graph), { VpcEndpoint: 2, Subnet: 9 })
  t.strictSame(
    graph.messages.map(({ severity }) => severity),
    ['warning', 'warning', 'warning'],
  )
  const said = graph.messages.map(({ text }) => text).join('\n')
  for (const word of ['subnetStrategy', 's3 has no routeTableIds', 'sts has no subnetIds']) t.match(said, word)
})

/** What the component refuses only while it builds, and the words that name it. */
const wrong: [RegExp, awsx.ec2.VpcArgs][] = [
  [
    /enableDnsSupport is false/,
    {
      enableDnsSupport: false,
      vpcEndpointStrategy: 'Auto',
      vpcEndpointSpecs: [{ serviceName: 'sts', vpcEndpointType: 'Interface' }],
    },
  ],
  [
    /availabilityZoneNames has two that end alike/,
    { subnetNameTagStrategy: 'AvailabilityZone', availabilityZoneNames: ['ap-southeast-1a', 'ap-southeast-1a'] },
  ],
  [
    /numberOfAvailabilityZones is 9, and the region has 3/,
    { availabilityZoneNames: undefined, numberOfAvailabilityZones: 9 },
  ],
]

for (const [sentence, args] of wrong)
  t.test(`refused: ${sentence.source}`, async (t) => {
    await t.rejects(network({ availabilityZoneNames: zones, ...args }), { message: sentence })
  })

t.test('IPv6 blocks of subnets', async (t) => {
  t.equal(ipv6Subnet('2406:da18:aa:b00::/56', 0), '2406:da18:aa:b00::/64')
  t.equal(ipv6Subnet('2406:da18:aa:b00::/56', 17), '2406:da18:aa:b11::/64')
  t.throws(() => ipv6Subnet('2406:da18:aa:b00::/48', 1), /has no IPv6 subnet number 1/)
  t.throws(() => ipv6Subnet('2406:da18:aa:b00::/56', 256), /has no IPv6 subnet number 256/)
})
