import type { Resource } from '../graph.ts'
import { type Acl, aclOf, aclTypes, openAcl } from './acls.ts'
import { type Facts, factsOf, type Index, label, type Undecided } from './facts.ts'
import { blocksOf, type PrefixList } from './prefix-lists.ts'
import { isEmpty, union } from './ranges.ts'
import type { Table } from './routes.ts'
import { readTables } from './tables.ts'
import type { Subnet, Vpc } from './vpc.ts'

export type { Subnet, Vpc } from './vpc.ts'

export interface Net {
  vpcs: Vpc[]
  subnets: Subnet[]
  tables: Table[]
  subnet(id: string | undefined): Subnet | undefined
}

const vpcTypes = ['aws:ec2/vpc:Vpc', 'aws:ec2/defaultVpc:DefaultVpc']
const subnetTypes = ['aws:ec2/subnet:Subnet', 'aws:ec2/defaultSubnet:DefaultSubnet']

/** VPCs, their subnets, and the tables and ACLs in force in each. */
export function readNet(index: Index, lists: (id: string) => PrefixList, undecided: Undecided[]): Net {
  const facts = (resource: Resource) => factsOf(resource, undecided)
  const vpcs = index.of(...vpcTypes).map((resource) => readVpc(resource, index, undecided))
  const vpcOf = (id: string | undefined) => vpcs.find((vpc) => vpc.resource === index.find(vpcTypes, id))
  const tables = readTables(index, vpcs, vpcOf, lists, undecided)
  const acls = readAcls(index, undecided, vpcOf, facts)
  const subnets = index.of(...subnetTypes).flatMap((resource) => {
    const said = facts(resource)
    const vpc = vpcOf(said.text('vpcId'))
    if (!vpc) {
      said.note('vpcId', 'names a VPC that this plan does not hold')
      return []
    }
    const blocks = ['cidrBlock', 'ipv6CidrBlock'].map((path) => union(...blocksOf(said, path).map((block) => [block])))
    const subnet: Subnet = {
      label: label(resource),
      resource,
      vpc,
      addresses: union(...blocks),
      v6: !isEmpty(blocks[1] ?? []) || said.flag('ipv6Native') === true,
      zone: said.text('availabilityZone') ?? said.text('availabilityZoneId') ?? '',
      mapsPublic: said.flag('mapPublicIpOnLaunch') === true || resource.type === subnetTypes[1],
      tables: [],
      acls: acls.of(resource, vpc),
      tags: tagsOf(said),
    }
    vpc.subnets.push(subnet)
    return [subnet]
  })
  for (const association of index.of('aws:ec2/routeTableAssociation:RouteTableAssociation')) {
    const said = facts(association)
    if (said.text('gatewayId')) continue
    const subnet = subnets.find((one) => one.resource === index.find(subnetTypes, said.text('subnetId')))
    const named = tables.at(said.text('routeTableId'))
    if (!subnet || named.length === 0)
      said.note(subnet ? 'routeTableId' : 'subnetId', 'names what this plan does not hold')
    else subnet.tables.push(...named.filter((table) => !subnet.tables.includes(table)))
  }
  for (const subnet of subnets) if (subnet.tables.length === 0) subnet.tables.push(...tables.mainOf(subnet.vpc))
  return {
    vpcs,
    subnets,
    tables: tables.all,
    subnet: (id) => subnets.find((subnet) => subnet.resource === index.find(subnetTypes, id)),
  }
}

function readVpc(resource: Resource, index: Index, undecided: Undecided[]): Vpc {
  const said = factsOf(resource, undecided)
  const apart = index
    .of(
      'aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation',
      'aws:ec2/vpcIpv6CidrBlockAssociation:VpcIpv6CidrBlockAssociation',
    )
    .map((more) => factsOf(more, undecided))
    .filter((more) => index.find(vpcTypes, more.text('vpcId')) === resource)
  const all = [said, ...apart].flatMap((one) => ['cidrBlock', 'ipv6CidrBlock'].flatMap((path) => blocksOf(one, path)))
  return { label: label(resource), resource, addresses: union(...all.map((block) => [block])), subnets: [] }
}

function readAcls(
  index: Index,
  undecided: Undecided[],
  vpcOf: (id: string | undefined) => Vpc | undefined,
  facts: (resource: Resource) => Facts,
) {
  const acls = new Map(index.of(...aclTypes).map((resource) => [resource, aclOf(resource, index, undecided)]))
  const apart = index.of('aws:ec2/networkAclAssociation:NetworkAclAssociation').map(facts)
  const names = (acl: Resource, subnet: Resource) =>
    facts(acl)
      .texts('subnetIds')
      .some((id) => index.find(subnetTypes, id) === subnet) ||
    apart.some(
      (one) =>
        index.find(subnetTypes, one.text('subnetId')) === subnet &&
        index.find(aclTypes, one.text('networkAclId')) === acl,
    )
  const defaultOf = (vpc: Vpc) =>
    [...acls].find(
      ([resource]) =>
        resource.type === aclTypes[1] &&
        (facts(resource).text('defaultNetworkAclId') === facts(vpc.resource).made('defaultNetworkAclId') ||
          vpcOf(facts(resource).text('vpcId')) === vpc),
    )?.[1]
  return {
    of: (subnet: Resource, vpc: Vpc): Acl[] => {
      const named = [...acls].filter(([resource]) => names(resource, subnet)).map(([, acl]) => acl)
      return named.length > 0 ? named : [defaultOf(vpc) ?? openAcl]
    },
  }
}

function tagsOf(said: Facts): Record<string, string> {
  const tags = said.value('tags')
  if (typeof tags !== 'object' || tags === null || Array.isArray(tags)) return {}
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  )
}
