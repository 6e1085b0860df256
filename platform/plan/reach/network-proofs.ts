import { everyV4, internet, printAddresses } from './addresses.ts'
import { label } from './facts.ts'
import { saysOf } from './inside.ts'
import type { Subnet } from './network.ts'
import {
  describeExposure,
  describeWay,
  internetEgress,
  publicEndpoints,
  reachableFromInternet,
  type Way,
} from './outside.ts'
import { type Ground, linesOf, type Proof, type Verdict } from './proof.ts'
import { isEmpty, subtract, union } from './ranges.ts'

/** The tier of a subnet, by the tag that the network gives it. */
const tierOf = (subnet: Subnet): string => subnet.tags.tier ?? ''

const verdict = ({ world }: Ground, looked: number, at: string, findings: string[], more: string[] = []): Verdict => ({
  looked,
  at: `${looked} ${at}`,
  findings,
  undecided: [...linesOf(world.graph, world.undecided), ...more],
})

const nothingFromInternet: Proof = {
  name: 'nothing-from-internet',
  says: 'Nothing in the network can be reached from the internet.',
  prove: (ground) => {
    const { exposures, doubts } = reachableFromInternet(ground.world)
    const endpoints = publicEndpoints(ground.world).map((one) => one.label)
    const inside = exposures.filter((exposure) => !endpoints.includes(exposure.label))
    return verdict(ground, ground.world.things.length, 'things with addresses', inside.map(describeExposure), doubts)
  },
}

const isolatedStaysInside: Proof = {
  name: 'isolated-stays-inside',
  says: 'No way leads out of the isolated subnets, but to services of AWS by gateway endpoints.',
  prove: (ground) => {
    const subnets = ground.world.subnets.filter((subnet) => tierOf(subnet) === 'data')
    const findings = subnets.flatMap((subnet) => internetEgress(ground.world, subnet).map(describeWay))
    return verdict(ground, subnets.length, 'isolated subnets', [...oneEach(ground, subnets, 1), ...findings])
  },
}

const privateLeavesByNat: Proof = {
  name: 'private-leaves-by-nat',
  says: 'Private subnets reach the internet by NAT gateways only; with one in each zone, by their own.',
  prove: (ground) => {
    const subnets = ground.world.subnets.filter((subnet) => ['nodes', 'pods'].includes(tierOf(subnet)))
    const own = ground.settings.natGateways === 'onePerZone'
    const findings = subnets.flatMap((subnet) => {
      const ways = internetEgress(ground.world, subnet)
      const none = ways.some((way) => way.leads === 'nat') ? [] : [`${subnet.label} has no way out by a NAT gateway`]
      return [...none, ...ways.filter((way) => !isOwnNat(way, subnet, own)).map(describeWay)]
    })
    return verdict(ground, subnets.length, 'private subnets', [...oneEach(ground, subnets, 2), ...findings])
  },
}

const isOwnNat = (way: Way, subnet: Subnet, own: boolean) =>
  way.leads === 'nat' && isEmpty(subtract(way.destinations, everyV4)) && (!own || way.through?.zone === subnet.zone)

/** Whether every zone of the settings has its subnets of a tier: a proof about two of three says too little. */
function oneEach({ settings }: Ground, subnets: Subnet[], each: number): string[] {
  return settings.availabilityZones.flatMap((zone) => {
    const here = subnets.filter((subnet) => subnet.zone === zone).length
    return here === each ? [] : [`zone ${zone} has ${here} of these subnets instead of ${each}`]
  })
}

const publicHoldsGateways: Proof = {
  name: 'public-holds-gateways-only',
  says: 'Nothing stands in the public subnets but NAT gateways, and no other subnet has a route to the internet gateway.',
  prove: (ground) => {
    const { subnets, things } = ground.world
    const open = subnets.filter((subnet) => tierOf(subnet) === 'public')
    const routed = subnets.filter((subnet) =>
      internetEgress(ground.world, subnet).some((way) => way.leads === 'internet'),
    )
    const findings = [
      ...things
        .filter((thing) => !thing.deaf && thing.subnets.some((subnet) => open.includes(subnet)))
        .map((thing) => `${thing.label} stands in a public subnet`),
      ...routed
        .filter((subnet) => !open.includes(subnet))
        .map((subnet) => `${subnet.label} has a route to the internet gateway and is not public`),
      ...open.filter((subnet) => subnet.mapsPublic).map((subnet) => `${subnet.label} gives public addresses on launch`),
      ...subnets
        .filter((subnet) => !['public', 'nodes', 'pods', 'data'].includes(tierOf(subnet)))
        .map((subnet) => `${subnet.label} is of no tier`),
    ]
    return verdict(ground, open.length, 'public subnets', findings)
  },
}

const defaultGroupEmpty: Proof = {
  name: 'default-group-empty',
  says: 'The default security group of every network has no rules, and nothing wears it.',
  prove: (ground) => {
    const { vpcs, groups, things } = ground.world
    const findings = vpcs.flatMap((vpc) => {
      const group = groups.defaultOf(vpc.resource)
      if (!group) return [`${vpc.label}: its default security group is not known`]
      const wearing = things
        .filter((thing) => thing.groups.includes(group))
        .map((thing) => `${thing.label} wears ${group.label}`)
      return [...[...group.ingress, ...group.egress].map(saysOf), ...wearing]
    })
    return verdict(ground, vpcs.length, 'networks', findings)
  },
}

/** What joins a network to another one. */
const joints = [
  'aws:ec2/vpcPeeringConnection:VpcPeeringConnection',
  'aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter',
  'aws:ec2transitgateway/vpcAttachment:VpcAttachment',
  'aws:ec2/vpnGateway:VpnGateway',
  'aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment',
  'aws:ec2/vpcEndpointService:VpcEndpointService',
  'aws:networkmanager/vpcAttachment:VpcAttachment',
  'aws:ram/resourceShare:ResourceShare',
]

const noOtherNetwork: Proof = {
  name: 'no-other-network',
  says: 'The network is joined to no other one, and every subnet has one route table, whose routes all lead where they should.',
  prove: (ground) => {
    const { vpcs, subnets, tables, index } = ground.world
    const strayed = tables.flatMap((table) =>
      table.routes
        .filter((route) => route.leads === 'elsewhere' || route.leads === 'peering')
        .map((route) => `${table.label} sends ${route.says}`),
    )
    const findings = [
      ...(vpcs.length > 1 ? vpcs.map((vpc) => `there are ${vpcs.length} networks: ${vpc.label}`) : []),
      ...index.of(...joints).map((joint) => `${label(joint)} joins the network to another`),
      ...subnets
        .filter((subnet) => subnet.tables.length > 1)
        .map(
          (subnet) =>
            `${subnet.label} has ${subnet.tables.length} route tables: ${subnet.tables.map((table) => table.label).join(', ')}`,
        ),
      ...subnets
        .filter((subnet) => subnet.tables.some((table) => !table.resource))
        .map((subnet) => `${subnet.label} is left to the main table`),
      ...strayed,
    ]
    return verdict(ground, tables.length, 'route tables', findings)
  },
}

const rulesAdmitOwn: Proof = {
  name: 'rules-admit-own-addresses',
  says: 'No security group admits an address from outside of the network, wherever it is worn.',
  prove: (ground) => {
    const { groups, vpcs } = ground.world
    const own = union(...vpcs.map((vpc) => vpc.addresses))
    const rules = groups.all.flatMap((group) => group.ingress)
    const findings = rules.flatMap((rule) => {
      const outside = subtract(rule.addresses, own)
      return isEmpty(outside)
        ? []
        : [
            `${saysOf(rule)} from ${printAddresses(isEmpty(subtract(internet, outside)) ? rule.addresses : outside)
              .slice(0, 4)
              .join(', ')}`,
          ]
    })
    const doubts = rules.flatMap((rule) => rule.strangers.map((who) => `${rule.says} admits ${who}`))
    return verdict(ground, rules.length, 'rules', findings, doubts)
  },
}

const allUnderstood: Proof = {
  name: 'all-understood',
  says: 'Everything that stands in the network, or could build something in it, is of a kind that these proofs understand.',
  prove: (ground) => {
    const { graph, strange } = ground.world
    const findings = strange.map((resource) => `${resource.type} '${resource.name}' is not understood`)
    return verdict(ground, graph.resources.length, 'resources', findings)
  },
}

/** Proofs about subnets, routes and rules. */
export const networkProofs: Proof[] = [
  allUnderstood,
  nothingFromInternet,
  publicHoldsGateways,
  privateLeavesByNat,
  isolatedStaysInside,
  noOtherNetwork,
  rulesAdmitOwn,
  defaultGroupEmpty,
]
