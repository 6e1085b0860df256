import type { Resource } from '../graph.ts'
import { type Facts, factsOf, type Index, label, type Undecided } from './facts.ts'
import type { Group, Groups } from './groups.ts'
import type { Net, Subnet } from './network.ts'
import { type Place, places } from './places.ts'
import { type Ranges, union } from './ranges.ts'

/** Something that has an address in the network. */
export interface Thing {
  label: string
  resource: Resource
  subnets: Subnet[]
  groups: Group[]
  /** False for what AWS puts no security group in front of, such as a network load balancer without one. */
  guarded: boolean
  /** Every address it may have: those of its subnets. */
  addresses: Ranges
  /** Why it has a public IPv4 address in this subnet, or undefined where it has none. */
  publicV4(subnet: Subnet): string | undefined
  publicV6(subnet: Subnet): boolean
  deaf: boolean
  silent: boolean
}

const templateType = 'aws:ec2/launchTemplate:LaunchTemplate'
const clusterType = 'aws:eks/cluster:Cluster'

/** Whom a thing is attached to after it is made, by the ids of both. */
interface Extras {
  publicIds: Map<string, string>
  groups: [string, string][]
  subnets: [string, string][]
}

/** All things with addresses, but nodes that a NodeClass makes (see `nodes.ts`). */
export function readThings(index: Index, net: Net, groups: Groups, undecided: Undecided[]): Thing[] {
  const extras = readExtras(index, undecided)
  return Object.entries(places).flatMap(([type, place]) =>
    index.of(type).flatMap((resource) => readThing(resource, place, { index, net, groups, undecided, extras }) ?? []),
  )
}

interface Context {
  index: Index
  net: Net
  groups: Groups
  undecided: Undecided[]
  extras: Extras
}

function readThing(resource: Resource, place: Place, context: Context): Thing | undefined {
  const { index, net, groups, undecided, extras } = context
  const said = factsOf(resource, undecided)
  const ids = [resource.id, said.made('primaryNetworkInterfaceId')].filter((id) => typeof id === 'string')
  const moreSubnets = extras.subnets.filter(([thing]) => ids.includes(thing)).map(([, subnet]) => subnet)
  if (place.onlyWith && said.texts(place.onlyWith).length === 0 && said.list(place.onlyWith).length === 0) {
    if (moreSubnets.length === 0) return undefined
  }
  const templates = (place.templates ?? [])
    .flatMap((path) => wordsAt(said, path))
    .map((id) => {
      const template = index.find([templateType], id)
      if (!template) said.note(place.templates?.[0] ?? '', `names launch template ${id}, which this plan does not hold`)
      return template && factsOf(template, undecided)
    })
  const nics = templates.flatMap((template) => template?.list('networkInterfaces') ?? [])
  const inGroup = place.subnetGroup && subnetsOfGroup(said, place.subnetGroup, index, undecided)
  const subnetIds = [
    ...(place.subnets ?? []).flatMap((path) => wordsAt(said, path)),
    ...(inGroup ?? []),
    ...nics.flatMap((nic) => nic.texts('subnetId')),
    ...moreSubnets,
  ]
  const subnets = [...new Set(subnetIds)].flatMap((id) => {
    const subnet = net.subnet(id)
    if (!subnet) said.note(place.subnets?.[0] ?? 'subnetGroup', `names subnet ${id}, which this plan does not hold`)
    return subnet ?? []
  })
  if (subnets.length === 0)
    said.note(place.subnets?.[0] ?? 'subnetGroup', 'names no subnet: where it stands is not known')

  const groupIds = [
    ...(place.groups ?? []).flatMap((path) => wordsAt(said, path)),
    ...templates.flatMap((template) => [...(template?.texts('vpcSecurityGroupIds') ?? [])]),
    ...nics.flatMap((nic) => nic.texts('securityGroups')),
    ...extras.groups.filter(([thing]) => ids.includes(thing)).map(([, group]) => group),
  ]
  const worn = groupsOf(groupIds, said, place, { groups, subnets, index, resource })
  const eip = ids.map((id) => extras.publicIds.get(id)).find(Boolean)
  const asked = [said, ...nics].map((facts) =>
    facts.flag(facts === said ? (place.publicAt ?? 'associatePublicIpAddress') : 'associatePublicIpAddress'),
  )
  return {
    label: label(resource),
    resource,
    subnets,
    groups: worn.groups,
    guarded: worn.guarded,
    addresses: union(...subnets.map((subnet) => subnet.addresses)),
    publicV4: (subnet) => eip ?? whyPublic(place, said, asked, subnet),
    publicV6: (subnet) =>
      subnet.v6 && place.public !== 'never' && !(place.public === 'unlessInternal' && said.flag('internal')),
    deaf: place.deaf === true,
    silent: place.silent === true,
  }
}

function whyPublic(place: Place, said: Facts, asked: (boolean | undefined)[], subnet: Subnet): string | undefined {
  if (place.public === 'unlessInternal') return said.flag('internal') === true ? undefined : 'it is not internal'
  if (place.public === 'never') return undefined
  if (asked.includes(true)) return `${place.publicAt ?? 'associatePublicIpAddress'} is true`
  if (place.public === 'said' || asked.includes(false)) return undefined
  return subnet.mapsPublic ? `${subnet.label} gives public addresses on launch` : undefined
}

function groupsOf(
  ids: string[],
  said: Facts,
  place: Place,
  about: { groups: Groups; subnets: Subnet[]; index: Index; resource: Resource },
): { groups: Group[]; guarded: boolean } {
  const { groups, subnets, index, resource } = about
  const named = [...new Set(ids)].flatMap((id) => {
    const group = groups.find(id)
    if (!group) said.note(place.groups?.[0] ?? 'groups', `names security group ${id}, which this plan does not hold`)
    return group ?? []
  })
  const cluster =
    place.cluster === 'name' ? resource : place.cluster && index.find([clusterType], said.text(place.cluster))
  // The endpoint wears its cluster's own group beside those it names; nodes wear it where their template names none.
  const own = cluster && groups.all.find((group) => group.madeFor === cluster)
  if (own && (resource.type === clusterType || named.length === 0)) named.push(own)
  if (named.length > 0 || place.deaf) return { groups: named, guarded: !place.deaf }
  const network = said.text('loadBalancerType') ?? 'application'
  if (place.public === 'unlessInternal' && network !== 'application') return { groups: [], guarded: false }
  return {
    groups: [...new Set(subnets.flatMap((subnet) => groups.defaultOf(subnet.vpc.resource) ?? []))],
    guarded: true,
  }
}

function subnetsOfGroup(
  said: Facts,
  at: { path: string; type: string },
  index: Index,
  undecided: Undecided[],
): string[] {
  const name = said.text(at.path)
  const group = index.find([at.type], name)
  if (!group) said.note(at.path, `names ${name ?? 'no group of subnets'}, which this plan does not hold`)
  return group ? factsOf(group, undecided).texts('subnetIds') : []
}

/** Words at a path in which `*` stands for every member of a list. */
function wordsAt(facts: Facts, path: string): string[] {
  const [list, rest] = path.split(/\.\*\.(.*)/)
  return rest === undefined ? facts.texts(path) : facts.list(list ?? '').flatMap((item) => wordsAt(item, rest))
}

/** What is tied to a thing by resources of their own: public addresses, groups, subnets of an endpoint. */
function readExtras(index: Index, undecided: Undecided[]): Extras {
  const extras: Extras = { publicIds: new Map(), groups: [], subnets: [] }
  const read = (type: string) => index.of(type).map((resource) => factsOf(resource, undecided))
  const pairs = (type: string, thing: string, other: string) =>
    read(type).flatMap((facts): [string, string][] => {
      const [a, b] = [facts.text(thing), facts.text(other)]
      return a && b ? [[a, b]] : []
    })
  for (const facts of [...read('aws:ec2/eip:Eip'), ...read('aws:ec2/eipAssociation:EipAssociation')]) {
    for (const path of ['instance', 'networkInterface', 'instanceId', 'networkInterfaceId']) {
      const id = facts.text(path)
      if (id) extras.publicIds.set(id, `${label(facts.resource)} is its public address`)
    }
  }
  extras.groups.push(
    ...pairs(
      'aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment',
      'networkInterfaceId',
      'securityGroupId',
    ),
    ...pairs('aws:ec2/securityGroupAssociation:SecurityGroupAssociation', 'vpcEndpointId', 'securityGroupId'),
  )
  extras.subnets.push(
    ...pairs('aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation', 'vpcEndpointId', 'subnetId'),
  )
  return extras
}
