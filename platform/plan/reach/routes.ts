import type { Resource } from '../graph.ts'
import { everywhere } from './addresses.ts'
import { type Facts, type Index, label } from './facts.ts'
import { blocksOf, type PrefixList } from './prefix-lists.ts'
import { type Range, type Ranges, size, subtract, union } from './ranges.ts'

/** Where a route leads. `elsewhere` is every way out of the network whose far side is not in the plan. */
export type Leads = 'local' | 'internet' | 'egressOnly' | 'nat' | 'peering' | 'gatewayEndpoint' | 'elsewhere'

export interface Route {
  leads: Leads
  /** Destinations one by one: the longest prefix wins. */
  blocks: Range[]
  /** A list of unknown content is its destination: it may be anything. */
  anywhere: boolean
  /** What stands at the far end, where it is in the plan. */
  target?: Resource
  /** `0.0.0.0/0 to InternetGateway 'vpc'`. */
  says: string
  /** Who declares it: the table itself, a route apart, an endpoint. */
  by: Resource
}

export interface Table {
  label: string
  /** None for the main table that AWS makes with a VPC, which holds the local route only. */
  resource?: Resource
  routes: Route[]
}

/** Which property names what, and where that leads. */
const targets: { property: string; leads: Leads; types: string[]; called: string }[] = [
  { property: 'natGatewayId', leads: 'nat', types: ['aws:ec2/natGateway:NatGateway'], called: 'a NAT gateway' },
  {
    property: 'egressOnlyGatewayId',
    leads: 'egressOnly',
    types: ['aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway'],
    called: 'an egress-only gateway',
  },
  {
    property: 'vpcPeeringConnectionId',
    leads: 'peering',
    types: [
      'aws:ec2/vpcPeeringConnection:VpcPeeringConnection',
      'aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter',
    ],
    called: 'a peering connection',
  },
  { property: 'transitGatewayId', leads: 'elsewhere', types: [], called: 'a transit gateway' },
  { property: 'networkInterfaceId', leads: 'elsewhere', types: [], called: 'a network interface' },
  { property: 'vpcEndpointId', leads: 'elsewhere', types: [], called: 'a gateway load balancer endpoint' },
  { property: 'localGatewayId', leads: 'elsewhere', types: [], called: 'a local gateway' },
  { property: 'carrierGatewayId', leads: 'elsewhere', types: [], called: 'a carrier gateway' },
  { property: 'coreNetworkArn', leads: 'elsewhere', types: [], called: 'a core network' },
  { property: 'odbNetworkArn', leads: 'elsewhere', types: [], called: 'a database network' },
]

/** One route, from the record in a table or from a resource of its own. */
export function routeOf(facts: Facts, index: Index, lists: (id: string) => PrefixList): Route {
  const listed = ['destinationPrefixListId'].flatMap((path) => facts.texts(path)).map(lists)
  const paths = ['cidrBlock', 'ipv6CidrBlock', 'destinationCidrBlock', 'destinationIpv6CidrBlock']
  const blocks = [...paths.flatMap((path) => blocksOf(facts, path)), ...listed.flatMap((list) => list.blocks)]
  const written = [...paths.flatMap((path) => facts.texts(path)), ...listed.map((list) => list.label)].join(', ')
  const { leads, target, called } = targetOf(facts, index)
  // A route whose destination nobody could read may lead anywhere.
  const anywhere = listed.some((list) => list.unknown) || blocks.length === 0
  const says = `${written || 'a destination not known'} to ${target ? label(target) : called}`
  return { leads, blocks, anywhere, ...(target && { target }), says, by: facts.resource }
}

function targetOf(facts: Facts, index: Index): { leads: Leads; target?: Resource; called: string } {
  const gateway = facts.text('gatewayId')
  if (gateway === 'local') return { leads: 'local', called: 'the network itself' }
  if (gateway !== undefined) {
    const own = index.find(['aws:ec2/internetGateway:InternetGateway'], gateway)
    // A gateway that the plan does not hold is taken for the worst it can be, unless it says that it is another kind.
    const elsewhere = !own && /^(vgw|vpce)-/.test(gateway)
    const vpn = index.find(['aws:ec2/vpnGateway:VpnGateway'], gateway)
    if (vpn || elsewhere) return { leads: 'elsewhere', ...(vpn && { target: vpn }), called: `gateway ${gateway}` }
    return { leads: 'internet', ...(own && { target: own }), called: `gateway ${gateway}` }
  }
  for (const { property, leads, types, called } of targets) {
    const id = facts.text(property)
    if (id === undefined) continue
    const target = index.find(types, id)
    return { leads, ...(target && { target }), called: `${called} ${id}` }
  }
  return { leads: 'elsewhere', called: 'a target not known' }
}

/**
 * Where a packet to each address goes: the longest prefix wins. Of two equal ones both count, and a route of unknown destination
 * counts everywhere, so that nothing that could happen is left out.
 */
export function effective(table: Table): { route: Route; destinations: Ranges }[] {
  const pieces = table.routes.flatMap((route) => route.blocks.map((block) => ({ route, block, size: size([block]) })))
  const result = new Map<Route, Ranges>(table.routes.map((route) => [route, route.anywhere ? everywhere : []]))
  for (const { route, block, size: own } of pieces) {
    const longer = union(...pieces.filter((other) => other.size < own).map((other) => [other.block]))
    result.set(route, union(result.get(route) ?? [], subtract([block], longer)))
  }
  return [...result].map(([route, destinations]) => ({ route, destinations }))
}

/** The addresses that a table sends to targets of one kind. */
export const sentTo = (table: Table, ...kinds: Leads[]): Ranges =>
  union(...effective(table).flatMap(({ route, destinations }) => (kinds.includes(route.leads) ? [destinations] : [])))
