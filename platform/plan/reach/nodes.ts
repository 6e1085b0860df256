import type { Resource } from '../graph.ts'
import { type Facts, factsOf, type Index, isRecord, label, plain, type Undecided } from './facts.ts'
import type { Group, Groups } from './groups.ts'
import type { Net, Subnet } from './network.ts'
import { union } from './ranges.ts'
import type { Thing } from './things.ts'

const nodeClassType = 'kubernetes:eks.amazonaws.com/v1:NodeClass'

/**
 * The nodes of EKS Auto Mode, and the pods on them where a NodeClass gives those subnets or groups of their own. They are no resources of
 * AWS: a NodeClass tells by ids or tags where they will stand and what they will wear.
 */
export function readNodes(index: Index, net: Net, groups: Groups, undecided: Undecided[]): Thing[] {
  return index.of(nodeClassType).flatMap((resource) => {
    const said = factsOf(resource, undecided)
    const nodes = standing(resource, said, 'nodes of', 'spec.subnetSelectorTerms', 'spec.securityGroupSelectorTerms', {
      net,
      groups,
    })
    const apart = ['spec.podSubnetSelectorTerms', 'spec.podSecurityGroupSelectorTerms'] as const
    const pods = apart.some((path) => said.list(path).length > 0)
      ? [standing(resource, said, 'pods of', ...apart, { net, groups })]
      : []
    return [nodes, ...pods]
  })
}

function standing(
  resource: Resource,
  said: Facts,
  who: string,
  subnetsAt: string,
  groupsAt: string,
  known: { net: Net; groups: Groups },
): Thing {
  const subnets = known.net.subnets.filter((subnet) => chosen(said, subnetsAt, subnet.resource, subnet.tags))
  if (subnets.length === 0) said.note(subnetsAt, 'chooses no subnet of this plan')
  const groups = known.groups.all.filter((group) => fits(said, groupsAt, group))
  if (groups.length === 0) said.note(groupsAt, 'chooses no security group of this plan')
  const asked = said.flag('spec.advancedNetworking.associatePublicIPAddress')
  return {
    label: `${who} ${label(resource)}`,
    resource,
    subnets,
    groups,
    guarded: true,
    addresses: union(...subnets.map((subnet) => subnet.addresses)),
    publicV4: (subnet) => whyPublic(asked, subnet),
    publicV6: (subnet) => subnet.v6,
    deaf: false,
    silent: false,
  }
}

function whyPublic(asked: boolean | undefined, subnet: Subnet): string | undefined {
  if (asked === true) return 'its NodeClass asks for public addresses'
  return asked === undefined && subnet.mapsPublic ? `${subnet.label} gives public addresses on launch` : undefined
}

function fits(said: Facts, path: string, group: Group): boolean {
  const resource = group.resource
  if (resource) return chosen(said, path, resource, tagsIn(resource))
  // A group that EKS or a VPC makes has no resource: it is chosen by its id or by the tag that EKS puts on it.
  return said
    .list(path)
    .some(
      (term) =>
        (term.text('id') !== undefined && group.ids.includes(term.text('id') ?? '')) || byClusterTag(term, group),
    )
}

function byClusterTag(term: Facts, group: Group): boolean {
  const tags = term.value('tags')
  if (!isRecord(tags) || !group.cluster) return false
  return Object.entries(tags).every(
    ([key, value]) =>
      (key === 'aws:eks:cluster-name' && value === group.cluster) ||
      (key === `kubernetes.io/cluster/${group.cluster}` && value === 'owned'),
  )
}

/** A term chooses by id, by name or by all of its tags; `*` is any value. */
function chosen(said: Facts, path: string, resource: Resource, tags: Record<string, string>): boolean {
  return said.list(path).some((term) => {
    const wanted = term.value('tags')
    if (term.text('id') !== undefined) return term.text('id') === plain(resource.id)
    if (term.text('name') !== undefined)
      return term.text('name') === plain(resource.outputs.name ?? resource.inputs.name)
    if (!isRecord(wanted)) return false
    const pairs = Object.entries(wanted)
    return (
      pairs.length > 0 && pairs.every(([key, value]) => key in tags && (value === '*' || tags[key] === plain(value)))
    )
  })
}

function tagsIn(resource: Resource): Record<string, string> {
  const tags = plain(resource.inputs.tags)
  if (!isRecord(tags)) return {}
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  )
}
