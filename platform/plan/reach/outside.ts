import type { Resource } from '../graph.ts'
import { everyV4, everyV6, everywhere, internet, parseCidrs, printAddresses } from './addresses.ts'
import { factsOf, label } from './facts.ts'
import { answerable, doubtsOf, type Hop, saysOf } from './inside.ts'
import type { Subnet } from './network.ts'
import { covers, intersect, isEmpty, type Ranges, union } from './ranges.ts'
import { effective, type Leads, sentTo } from './routes.ts'
import type { Thing } from './things.ts'
import { allOf, type Flows, intersectFlows, printFlows, tcp } from './traffic.ts'
import type { World } from './world.ts'

/** A way from the internet to something. */
export interface Exposure {
  resource: Resource
  label: string
  flows: Flows
  path: Hop[]
}

/** Everything that somebody on the internet can send to, with the way; and the rules of which nobody knows whom they admit. */
export function reachableFromInternet(world: World): { exposures: Exposure[]; doubts: string[] } {
  const doubts: string[] = []
  const byAddress = world.things.flatMap((thing) =>
    thing.subnets.flatMap((subnet) => {
      const way = fromInternet(thing, subnet)
      if (way.reachable && thing.guarded) doubts.push(...doubtsOf(thing).map((doubt) => `${thing.label}: ${doubt}`))
      return way.exposure ? [way.exposure] : []
    }),
  )
  return { exposures: [...byAddress, ...publicEndpoints(world), ...fronts(world)], doubts: [...new Set(doubts)] }
}

function fromInternet(thing: Thing, subnet: Subnet): { reachable: boolean; exposure?: Exposure } {
  const why = thing.publicV4(subnet)
  const answered = union(...subnet.tables.map((table) => sentTo(table, 'internet')))
  const family = union(why ? everyV4 : [], thing.publicV6(subnet) ? everyV6 : [])
  const sources = intersect(intersect(internet, answered), family)
  if (thing.deaf || isEmpty(sources)) return { reachable: false }
  const rules = thing.groups
    .flatMap((group) => group.ingress)
    .map((rule) => ({
      rule,
      flow: { peers: intersect(rule.addresses, sources), protocols: rule.protocols, ports: rule.ports },
    }))
    .filter(({ flow }) => !isEmpty(flow.peers))
  const admitted = thing.guarded ? rules.map(({ flow }) => flow) : allOf(sources)
  const inward = intersectFlows(
    subnet.acls.flatMap((acl) => acl.ingress),
    admitted,
  )
  const flows = answerable(
    subnet.acls.flatMap((acl) => acl.egress),
    inward,
    sources,
  )
  if (flows.length === 0) return { reachable: true }
  const path = [
    { at: thing.label, because: why ?? `${subnet.label} gives IPv6 addresses` },
    { at: subnet.label, because: routesSay(subnet, 'internet') },
    {
      at: thing.label,
      because: thing.guarded
        ? rules.map(({ rule }) => saysOf(rule)).join('; ')
        : 'no security group stands in front of it',
    },
  ]
  return { reachable: true, exposure: { resource: thing.resource, label: thing.label, flows, path } }
}

const routesSay = (subnet: Subnet, leads: Leads) =>
  subnet.tables
    .flatMap((table) =>
      table.routes.filter((route) => route.leads === leads).map((route) => `${table.label} sends ${route.says}`),
    )
    .join('; ')

/** Kubernetes endpoints that are open to the internet, and to whom. An empty list of addresses is everybody. */
export function publicEndpoints(world: World): Exposure[] {
  return world.index.of('aws:eks/cluster:Cluster').flatMap((resource) => {
    const said = factsOf(resource, world.undecided)
    // AWS opens the public endpoint where nobody says otherwise.
    if (said.flag('vpcConfig.endpointPublicAccess') === false) return []
    const blocks = said.texts('vpcConfig.publicAccessCidrs')
    const { addresses, wrong } = parseCidrs(blocks)
    for (const block of wrong) said.note('vpcConfig.publicAccessCidrs', `'${block}' is no CIDR block`)
    const sources = blocks.length === 0 ? everywhere : addresses
    const because =
      blocks.length === 0 ? 'endpointPublicAccess, for every address' : `publicAccessCidrs ${blocks.join(', ')}`
    const called = `the Kubernetes API of ${label(resource)}`
    return [{ resource, label: called, flows: tcp(sources, 443), path: [{ at: called, because }] }]
  })
}

/** What brings the internet to something that has no public address: the path names it by its ARN. */
const frontTypes: { type: string; path: string }[] = [
  { type: 'aws:cloudfront/vpcOrigin:VpcOrigin', path: 'vpcOriginEndpointConfig.arn' },
  { type: 'aws:globalaccelerator/endpointGroup:EndpointGroup', path: 'endpointConfigurations' },
]

function fronts(world: World): Exposure[] {
  return frontTypes.flatMap(({ type, path }) =>
    world.index.of(type).flatMap((front) => {
      const said = factsOf(front, world.undecided)
      const arns = [...said.texts(path), ...said.list(path).flatMap((item) => item.texts('endpointId'))]
      return world.things
        .filter((thing) => arns.some((arn) => world.index.find([thing.resource.type], arn) === thing.resource))
        .map((thing) => ({
          resource: thing.resource,
          label: thing.label,
          flows: allOf(internet),
          path: [{ at: thing.label, because: `${label(front)} brings the internet to it` }],
        }))
    }),
  )
}

/** A way out of a subnet. */
export interface Way {
  leads: Leads
  destinations: Ranges
  path: Hop[]
  /** Where the gateway stands, for NAT. */
  through?: Subnet
}

/** Every way from a subnet out of its network, but gateway endpoints, which lead to one service of AWS. */
export function internetEgress(world: World, subnet: Subnet): Way[] {
  return subnet.tables.flatMap((table) =>
    effective(table).flatMap(({ route, destinations }): Way[] => {
      if (route.leads === 'local' || route.leads === 'gatewayEndpoint') return []
      const outside =
        route.leads === 'elsewhere' || route.leads === 'peering' ? destinations : intersect(destinations, internet)
      const allowed = intersectFlows(
        subnet.acls.flatMap((acl) => acl.egress),
        allOf(outside),
      )
      if (allowed.length === 0) return []
      const path = [{ at: subnet.label, because: `${table.label} sends ${route.says}` }]
      const way = { leads: route.leads, destinations: union(...allowed.map((flow) => flow.peers)), path }
      return route.leads === 'nat' ? throughNat(world, route.target, way) : [way]
    }),
  )
}

/** A NAT gateway leads on by the routes of the subnet that it stands in. */
function throughNat(world: World, gateway: Resource | undefined, way: Way): Way[] {
  if (!gateway) return [{ ...way, leads: 'elsewhere' }]
  const said = factsOf(gateway, world.undecided)
  const through = world.subnet(said.text('subnetId'))
  if (!through) return [{ ...way, leads: 'elsewhere' }]
  const on = intersect(way.destinations, union(...through.tables.map((table) => sentTo(table, 'internet'))))
  if (isEmpty(on) || said.text('connectivityType') === 'private') return []
  return [
    {
      ...way,
      destinations: on,
      path: [...way.path, { at: label(gateway), because: routesSay(through, 'internet') }],
      through,
    },
  ]
}

/** A way from the internet in words. */
export function describeExposure(exposure: Exposure): string {
  const steps = exposure.path.map((hop) => `\n  ${hop.at}: ${hop.because}`).join('')
  return `the internet reaches ${exposure.label} (${printFlows(exposure.flows)})${steps}`
}

/** A way out in words. */
export function describeWay(way: Way): string {
  const blocks = covers(way.destinations, intersect(internet, everyV4))
    ? ['the internet']
    : printAddresses(way.destinations)
  const to =
    blocks.length > 4 ? `${blocks.slice(0, 4).join(', ')} and ${blocks.length - 4} more blocks` : blocks.join(', ')
  return `${way.path.map((hop) => `${hop.at}: ${hop.because}`).join('; ')} (to ${to})`
}
