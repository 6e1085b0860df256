import * as aws from '@pulumi/aws'
import type * as awsx from '@pulumi/awsx'
import * as pulumi from '@pulumi/pulumi'
import { formatBlock } from './cidr.ts'
import { assignsIpv6, ipv6BlockOf } from './ipv6.ts'
import { type Model, ModelError, noInputs } from './model.ts'
import { type LayoutRow, type PlannedSubnet, planSubnets, zoneSuffix } from './subnet-layout.ts'
import { checkElasticIps, readVpcArgs, vpcType } from './vpc-args.ts'
import { dnsOf, makeEndpoints } from './vpc-endpoints.ts'

/** `awsx:ec2:Vpc` as its plugin 3.8 builds it; `npm run test:models` compares the two. */
export const vpc: Model = async (name, inputs, options) => {
  const args = readVpcArgs(inputs)
  const component = new pulumi.ComponentResource(vpcType, name, noInputs, options)
  const zones = args.availabilityZoneNames ?? (await someZones(args, component))
  checkElasticIps(args, zones)
  checkZoneNames(args, zones)
  // Each output depends on all that any of them depends on: so it is with the plugin, whose outputs are the parts of one.
  const data = pulumi.output(build(name, args, zones, component) as pulumi.Inputs)
  return { urn: component.urn, state: Object.fromEntries(outputs.map((key) => [key, data[key]])) }
}

const outputs = [
  ...(['vpc', 'subnets', 'publicSubnets', 'privateSubnets', 'isolatedSubnets', 'routeTables', 'routes'] as const),
  ...([
    'routeTableAssociations',
    'internetGateway',
    'natGateways',
    'eips',
    'subnetLayout',
    'privateSubnetIds',
  ] as const),
  ...(['publicSubnetIds', 'isolatedSubnetIds', 'vpcEndpoints', 'vpcId'] as const),
]

/** The first zones of the region, three unless the program says how many, as AWS lists them. */
async function someZones(args: awsx.ec2.VpcArgs, parent: pulumi.Resource): Promise<string[]> {
  const count = args.numberOfAvailabilityZones ?? 3
  if (args.region !== undefined && typeof args.region !== 'string')
    throw new ModelError(vpcType, 'region', 'must be a plain value where availabilityZoneNames is not given')
  const { names } = await aws.getAvailabilityZones(args.region ? { region: args.region } : undefined, { parent })
  if (names.length < count)
    throw new ModelError(vpcType, 'numberOfAvailabilityZones', `is ${count}, and the region has ${names.length}`)
  return names.slice(0, count)
}

function checkZoneNames(args: awsx.ec2.VpcArgs, zones: string[]) {
  if (args.subnetNameTagStrategy === 'AvailabilityZone' && new Set(zones.map(zoneSuffix)).size < zones.length)
    throw new ModelError(vpcType, 'availabilityZoneNames', `has two that end alike: ${zones.join(', ')}`)
}

const rank = (subnet: PlannedSubnet) => ['Public', 'Private', 'Isolated'].indexOf(subnet.spec.type)

function build(name: string, args: awsx.ec2.VpcArgs, zones: string[], component: pulumi.ComponentResource) {
  const cidrBlock = args.cidrBlock ?? '10.0.0.0/16'
  const { subnets: planned, layout } = planSubnets(name, args, cidrBlock, zones)
  const tags = { Name: name, ...(args.tags as Record<string, pulumi.Input<string>> | undefined) }
  const vpc = new aws.ec2.Vpc(name, { ...settingsOf(args), cidrBlock, tags }, { parent: component })
  const under = { parent: vpc, dependsOn: [vpc] }
  const internetGateway = new aws.ec2.InternetGateway(name, { region: args.region, vpcId: vpc.id, tags }, under)

  const natGateways: aws.ec2.NatGateway[] = []
  const eips: aws.ec2.Eip[] = []
  const rows = zones.flatMap((zone, zoneIndex) =>
    planned
      .filter((subnet) => subnet.zone === zone && subnet.spec.type !== 'Unused')
      .sort((one, other) => rank(one) - rank(other))
      .map((subnet, index) => {
        const row = makeSubnet(subnet, zoneIndex + index * zones.length, args, vpc, tags)
        if (subnet.spec.type === 'Public') makeNat(name, zoneIndex, args, row.subnet, { natGateways, eips })
        return { ...row, route: makeRoute(subnet, zoneIndex, args, row.routeTable, { internetGateway, natGateways }) }
      }),
  )
  const subnets = rows.map(({ type, zone, subnet }) => ({ type, zone, subnet }))
  const routeTables = rows.map((row) => row.routeTable)
  const vpcEndpoints = makeEndpoints(args, { component, vpc, tags, zones, subnets, routeTables })
  sayStrategy(args, layout, component)

  const of = (type: string) => subnets.filter((row) => row.type === type).map((row) => row.subnet)
  const ids = (type: string) => of(type).map((subnet) => subnet.id)
  return {
    vpc,
    internetGateway,
    natGateways,
    eips,
    routeTables,
    vpcEndpoints,
    vpcId: vpc.id,
    routeTableAssociations: rows.map((row) => row.association),
    routes: rows.flatMap((row) => (row.route ? [row.route] : [])),
    subnetLayout: layout.map(({ name, cidrBlocks, cidrMask, size, type }) => ({
      name,
      cidrBlocks,
      cidrMask,
      size,
      type,
    })),
    subnets: subnets.map((row) => row.subnet),
    publicSubnets: of('Public'),
    privateSubnets: of('Private'),
    isolatedSubnets: of('Isolated'),
    publicSubnetIds: ids('Public'),
    privateSubnetIds: ids('Private'),
    isolatedSubnetIds: ids('Isolated'),
  }
}

/** What the network itself takes over from the component's arguments. */
function settingsOf(args: awsx.ec2.VpcArgs): aws.ec2.VpcArgs {
  const { assignGeneratedIpv6CidrBlock, enableNetworkAddressUsageMetrics, instanceTenancy, ipv4IpamPoolId } = args
  const { ipv6CidrBlock, ipv6CidrBlockNetworkBorderGroup, ipv6IpamPoolId, ipv6NetmaskLength, region } = args
  return {
    ...{ assignGeneratedIpv6CidrBlock, enableNetworkAddressUsageMetrics, instanceTenancy, ipv4IpamPoolId },
    ...{ ipv6CidrBlock, ipv6CidrBlockNetworkBorderGroup, ipv6IpamPoolId, ipv6NetmaskLength, region },
    ...dnsOf(args),
  }
}

type Tags = Record<string, pulumi.Input<string>>

function makeSubnet(planned: PlannedSubnet, index: number, args: awsx.ec2.VpcArgs, vpc: aws.ec2.Vpc, shared: Tags) {
  const { spec, zone, resourceName } = planned
  const { region } = args
  const named = { Name: planned.nameTag, SubnetType: spec.type }
  const assignIpv6AddressOnCreation = assignsIpv6(spec.assignIpv6AddressOnCreation, args.assignGeneratedIpv6CidrBlock)
  const subnet = new aws.ec2.Subnet(
    resourceName,
    {
      region,
      vpcId: vpc.id,
      availabilityZone: zone,
      mapPublicIpOnLaunch: spec.type === 'Public',
      cidrBlock: formatBlock(planned.block),
      assignIpv6AddressOnCreation,
      ipv6CidrBlock: ipv6BlockOf(vpc.ipv6CidrBlock, assignIpv6AddressOnCreation, index),
      tags: { ...shared, ...(spec.tags as Tags | undefined), ...named },
    },
    { parent: vpc, dependsOn: [vpc] },
  )
  const routeTable = new aws.ec2.RouteTable(
    resourceName,
    { region, vpcId: vpc.id, tags: { ...shared, ...named } },
    { parent: subnet, dependsOn: [subnet] },
  )
  const association = new aws.ec2.RouteTableAssociation(
    resourceName,
    { region, routeTableId: routeTable.id, subnetId: subnet.id },
    { parent: routeTable, dependsOn: [routeTable] },
  )
  return { type: spec.type, zone, subnet, routeTable, association }
}

/** A NAT gateway in the first public subnet of the zone, or of the first zone, with an address of its own unless one is given. */
function makeNat(
  name: string,
  zoneIndex: number,
  args: awsx.ec2.VpcArgs,
  subnet: aws.ec2.Subnet,
  made: { natGateways: aws.ec2.NatGateway[]; eips: aws.ec2.Eip[] },
) {
  const strategy = args.natGateways?.strategy ?? 'OnePerAz'
  const wanted = { None: 0, Single: 1, OnePerAz: zoneIndex + 1 }[strategy]
  if (made.natGateways.length >= wanted) return
  const { region } = args
  const label = `${name}-${zoneIndex + 1}`
  const tags = { ...(args.tags as Tags | undefined), Name: label }
  const under = { parent: subnet, dependsOn: [subnet] }
  const given = args.natGateways?.elasticIpAllocationIds ?? []
  if (given.length === 0) made.eips.push(new aws.ec2.Eip(label, { region, tags }, under))
  const allocationId = given.length === 0 ? made.eips[zoneIndex]?.allocationId : given[zoneIndex]
  made.natGateways.push(new aws.ec2.NatGateway(label, { region, subnetId: subnet.id, allocationId, tags }, under))
}

/** The way out: of public subnets the internet gateway, of private ones a NAT gateway where there is one, of isolated ones none. */
function makeRoute(
  { spec, resourceName }: PlannedSubnet,
  zoneIndex: number,
  args: awsx.ec2.VpcArgs,
  routeTable: aws.ec2.RouteTable,
  ways: { internetGateway: aws.ec2.InternetGateway; natGateways: aws.ec2.NatGateway[] },
): aws.ec2.Route | undefined {
  const { region } = args
  const from = { region, routeTableId: routeTable.id, destinationCidrBlock: '0.0.0.0/0' }
  const under = { parent: routeTable, dependsOn: [routeTable] }
  if (spec.type === 'Public')
    return new aws.ec2.Route(resourceName, { ...from, gatewayId: ways.internetGateway.id }, under)
  const strategy = args.natGateways?.strategy ?? 'OnePerAz'
  if (spec.type !== 'Private' || strategy === 'None') return undefined
  const nat = ways.natGateways[strategy === 'Single' ? 0 : zoneIndex]
  return new aws.ec2.Route(resourceName, { ...from, natGatewayId: nat?.id }, under)
}

/** The plugin's warning about a default that its next major version changes. */
function sayStrategy(args: awsx.ec2.VpcArgs, layout: LayoutRow[], component: pulumi.Resource) {
  const open = args.subnetSpecs?.every((spec) => spec.cidrBlocks === undefined)
  if (args.subnetStrategy === undefined && open)
    pulumi.log.warn(`subnetStrategy is not given; this layout as Auto would be ${JSON.stringify(layout)}.`, component)
}
