import type { Resource } from '../graph.ts'
import { everywhere } from './addresses.ts'
import { type Facts, factsOf, type Index, label, type Undecided } from './facts.ts'
import { blocksOf, type PrefixList } from './prefix-lists.ts'
import { nothing, type Ranges, union } from './ranges.ts'
import { anyPort, anyProtocol, portsOf, protocolsOf } from './traffic.ts'

export interface GroupRule {
  protocols: Ranges
  ports: Ranges
  /** Far addresses. */
  addresses: Ranges
  /** Far groups: whoever wears one of them. */
  groups: Group[]
  /** Far sides of which nobody here knows who they are: a prefix list that AWS keeps, a group of another network. */
  strangers: string[]
  /** The resource that declares the rule, and where in it. */
  says: string
  by: Resource
}

export interface Group {
  label: string
  resource?: Resource
  /** The ids it goes by. */
  ids: string[]
  /** The cluster that EKS makes it for, and its name. */
  madeFor?: Resource
  cluster?: string
  ingress: GroupRule[]
  egress: GroupRule[]
}

export const groupType = 'aws:ec2/securityGroup:SecurityGroup'
export const defaultGroupType = 'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup'
const vpcTypes = ['aws:ec2/vpc:Vpc', 'aws:ec2/defaultVpc:DefaultVpc']
const ruleTypes = [
  'aws:ec2/securityGroupRule:SecurityGroupRule',
  'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
  'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule',
]

/** All security groups of a plan, those that AWS makes by itself among them. */
export interface Groups {
  all: Group[]
  /** The group of that id; of an unknown id, none. */
  find(id: string): Group | undefined
  /** What something wears that names no group: its VPC's default group. */
  defaultOf(vpc: Resource): Group | undefined
}

export function readGroups(index: Index, lists: (id: string) => PrefixList, undecided: Undecided[]): Groups {
  const byId = new Map<string, Group>()
  const groups: Group[] = []
  const add = (named: Omit<Group, 'ids' | 'ingress' | 'egress'>, ...ids: (string | undefined)[]): Group => {
    const known = ids.filter((id) => id !== undefined)
    const group = { ...named, ids: known, ingress: [], egress: [] }
    groups.push(group)
    for (const id of known) byId.set(id, group)
    return group
  }
  for (const resource of index.of(groupType)) add({ label: label(resource), resource }, idOf(resource))
  const defaults = new Map(
    index.of(...vpcTypes).map((vpc) => {
      const own = index
        .of(defaultGroupType)
        .find((group) => index.find(vpcTypes, factsOf(group, undecided).text('vpcId')) === vpc)
      const made = factsOf(vpc, undecided).made('defaultSecurityGroupId')
      const called = own ? label(own) : `the default group of ${label(vpc)}`
      const group = add({ label: called, ...(own && { resource: own }) }, made, own && idOf(own))
      // A group that nobody took over is as AWS makes it: open to itself and to everywhere.
      if (!own) openAsMade(group, vpc)
      return [vpc, group]
    }),
  )
  for (const cluster of index.of('aws:eks/cluster:Cluster')) {
    const said = factsOf(cluster, undecided)
    const id = said.made('vpcConfig.clusterSecurityGroupId')
    const name = said.text('name') ?? said.made('name')
    const called = `the group that EKS makes for ${label(cluster)}`
    openAsMade(add({ label: called, madeFor: cluster, ...(name && { cluster: name }) }, id), cluster)
  }

  const ruleOf = (facts: Facts, owner: Group) => readRule(facts, owner, (id) => byId.get(id), lists)
  for (const group of groups) {
    if (!group.resource) continue
    const facts = factsOf(group.resource, undecided)
    group.ingress.push(...facts.list('ingress').map((rule) => ruleOf(rule, group)))
    group.egress.push(...facts.list('egress').map((rule) => ruleOf(rule, group)))
  }
  for (const rule of index.of(...ruleTypes)) {
    const facts = factsOf(rule, undecided)
    const id = facts.text('securityGroupId')
    const group = id === undefined ? undefined : byId.get(id)
    if (!group) {
      facts.note('securityGroupId', `names ${id ?? 'a group'} that this plan does not hold: who wears it is not known`)
      continue
    }
    const egress = rule.type === ruleTypes[2] || facts.text('type') === 'egress'
    group[egress ? 'egress' : 'ingress'].push(ruleOf(facts, group))
  }
  return { all: groups, find: (id) => byId.get(id), defaultOf: (vpc) => defaults.get(vpc) }
}

function openAsMade(group: Group, by: Resource) {
  const all = { protocols: anyProtocol, ports: anyPort, strangers: [], by }
  group.ingress.push({ ...all, addresses: nothing, groups: [group], says: 'everything from itself, as AWS makes it' })
  group.egress.push({ ...all, addresses: everywhere, groups: [], says: 'everything out, as AWS makes it' })
}

function readRule(
  facts: Facts,
  owner: Group,
  find: (id: string) => Group | undefined,
  lists: (id: string) => PrefixList,
): GroupRule {
  const wrote = facts.value('protocol') ?? facts.value('ipProtocol')
  const known = typeof wrote === 'string' || typeof wrote === 'number' ? protocolsOf(wrote) : undefined
  if (known === undefined) facts.note('protocol', `${JSON.stringify(wrote) ?? 'nothing'} is no protocol; taken for all`)
  const protocols = known ?? anyProtocol
  const listed = ['prefixListIds', 'prefixListId'].flatMap((path) => facts.texts(path)).map(lists)
  const ids = ['securityGroups', 'sourceSecurityGroupId', 'referencedSecurityGroupId'].flatMap((path) =>
    facts.texts(path),
  )
  const groups = [...ids.flatMap((id) => find(id) ?? []), ...(facts.flag('self') ? [owner] : [])]
  const strangers = [
    ...listed.filter((list) => list.unknown).map((list) => list.label),
    ...ids.filter((id) => !find(id)).map((id) => `group ${id}, which is not in this plan`),
  ]
  const written = ['cidrBlocks', 'ipv6CidrBlocks', 'cidrIpv4', 'cidrIpv6'].flatMap((path) => blocksOf(facts, path))
  const addresses = union(...[...written, ...listed.flatMap((list) => list.blocks)].map((block) => [block]))
  return {
    protocols,
    ports: portsOf(protocols, facts.number('fromPort'), facts.number('toPort')),
    addresses,
    groups,
    strangers,
    says: `a rule of ${owner.label}${facts.resource === owner.resource ? '' : ` in ${label(facts.resource)}`}`,
    by: facts.resource,
  }
}

const idOf = (resource: Resource) => (typeof resource.id === 'string' ? resource.id : undefined)
