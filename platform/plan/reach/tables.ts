import type { Resource } from '../graph.ts'
import { type Facts, factsOf, type Index, label, type Undecided } from './facts.ts'
import type { PrefixList } from './prefix-lists.ts'
import { type Route, routeOf, type Table } from './routes.ts'
import type { Vpc } from './vpc.ts'

const defaultType = 'aws:ec2/defaultRouteTable:DefaultRouteTable'
const types = ['aws:ec2/routeTable:RouteTable', defaultType]
const endpointTable = 'aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation'

export interface Tables {
  all: Table[]
  /** The tables that go by this id: one, or all that could be the main one. */
  at(id: string | undefined): Table[]
  /** What serves a subnet that no association names. */
  mainOf(vpc: Vpc): Table[]
}

/** Route tables with all their routes: those in them, those declared apart, those of gateway endpoints, and the local one. */
export function readTables(
  index: Index,
  vpcs: Vpc[],
  vpcOf: (id: string | undefined) => Vpc | undefined,
  lists: (id: string) => PrefixList,
  undecided: Undecided[],
): Tables {
  const facts = (resource: Resource) => factsOf(resource, undecided)
  const own = new Map<Resource, Table>()
  for (const resource of index.of(...types)) own.set(resource, { label: label(resource), resource, routes: [] })
  const main = new Map<Vpc, Table[]>()
  for (const vpc of vpcs) {
    // A default route table takes over the table that the VPC made.
    const over = index
      .of(defaultType)
      .filter((table) => mainIds(facts(vpc.resource)).includes(facts(table).text('defaultRouteTableId') ?? ''))
      .flatMap((table) => own.get(table) ?? [])
    main.set(vpc, over.length > 0 ? over : [{ label: `the main table of ${vpc.label}`, routes: [] }])
  }
  const first = new Map(main)
  const at = (id: string | undefined): Table[] => {
    const found = index.find(types, id)
    const table = found && own.get(found)
    if (table) return [table]
    const vpc = id === undefined ? undefined : vpcs.find((one) => mainIds(facts(one.resource)).includes(id))
    return (vpc && first.get(vpc)) ?? []
  }
  for (const resource of index.of('aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation')) {
    const said = facts(resource)
    const vpc = vpcOf(said.text('vpcId'))
    const tables = at(said.text('routeTableId'))
    if (vpc && tables.length > 0) main.set(vpc, tables)
    else said.note('routeTableId', 'names a table or a VPC that this plan does not hold')
  }
  addRoutes(index, lists, undecided, own, at)
  const mainOf = (vpc: Vpc) => main.get(vpc) ?? []
  for (const vpc of vpcs) {
    const named = [...own]
      .filter(([resource]) => vpcOf(facts(resource).text('vpcId')) === vpc)
      .map(([, table]) => table)
    for (const table of new Set([...named, ...(first.get(vpc) ?? []), ...mainOf(vpc)])) addLocal(table, vpc)
  }
  return { all: [...new Set([...own.values(), ...[...first.values()].flat()])], at, mainOf }
}

const mainIds = (vpc: Facts) => ['mainRouteTableId', 'defaultRouteTableId'].flatMap((path) => vpc.made(path) ?? [])

/** Every table sends its VPC's own addresses to the VPC. */
function addLocal(table: Table, vpc: Vpc) {
  table.routes.push({
    leads: 'local',
    blocks: [...vpc.addresses],
    anywhere: false,
    says: 'the network itself',
    by: vpc.resource,
  })
}

function addRoutes(
  index: Index,
  lists: (id: string) => PrefixList,
  undecided: Undecided[],
  own: Map<Resource, Table>,
  at: (id: string | undefined) => Table[],
) {
  for (const [resource, table] of own) {
    const said = factsOf(resource, undecided)
    table.routes.push(...said.list('routes').map((route) => routeOf(route, index, lists)))
    for (const gateway of said.texts('propagatingVgws'))
      table.routes.push(elsewhere(resource, `routes propagated by ${gateway}`))
  }
  const place = (said: Facts, id: string, route: Route) => {
    const tables = at(id)
    if (tables.length === 0) said.note('routeTableId', `names ${id || 'a table'} that this plan does not hold`)
    for (const table of tables) table.routes.push(route)
  }
  for (const resource of index.of('aws:ec2/route:Route')) {
    const said = factsOf(resource, undecided)
    place(said, said.text('routeTableId') ?? '', routeOf(said, index, lists))
  }
  for (const resource of index.of('aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation')) {
    const said = factsOf(resource, undecided)
    place(said, said.text('routeTableId') ?? '', elsewhere(resource, 'routes that a VPN propagates'))
  }
  for (const resource of index.of('aws:ec2/vpcEndpoint:VpcEndpoint')) {
    const said = factsOf(resource, undecided)
    for (const id of said.texts('routeTableIds')) place(said, id, toEndpoint(said, resource))
  }
  for (const resource of index.of(endpointTable)) {
    const said = factsOf(resource, undecided)
    const endpoint = index.find(['aws:ec2/vpcEndpoint:VpcEndpoint'], said.text('vpcEndpointId'))
    const route = endpoint
      ? toEndpoint(factsOf(endpoint, undecided), endpoint)
      : elsewhere(resource, 'an endpoint not in this plan')
    place(said, said.text('routeTableId') ?? '', route)
  }
}

const elsewhere = (by: Resource, says: string): Route => ({ leads: 'elsewhere', blocks: [], anywhere: true, says, by })

const toEndpoint = (said: Facts, by: Resource): Route => ({
  leads: 'gatewayEndpoint',
  blocks: [],
  anywhere: false,
  target: by,
  says: `${said.text('serviceName') ?? 'a service'} to ${label(by)}`,
  by,
})
