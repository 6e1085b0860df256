import * as aws from '@pulumi/aws'
import type * as awsx from '@pulumi/awsx'
import * as pulumi from '@pulumi/pulumi'
import { ModelError } from './model.ts'
import { type EndpointSpec, vpcType } from './vpc-args.ts'

/** What endpoints can be put into. */
export interface EndpointPlace {
  component: pulumi.ComponentResource
  vpc: aws.ec2.Vpc
  tags: Record<string, pulumi.Input<string>>
  zones: string[]
  subnets: { zone: string; type: string; subnet: aws.ec2.Subnet }[]
  routeTables: aws.ec2.RouteTable[]
}

/** `interface`, `gateway` ...; undefined where it is known only after `up`. */
function kindOf(spec: EndpointSpec): string | undefined {
  const type = spec.vpcEndpointType ?? 'Gateway'
  return typeof type === 'string' ? type.toLowerCase() : undefined
}

const hasPrivateDns = (spec: EndpointSpec) => kindOf(spec) === 'interface' && (spec.privateDnsEnabled ?? true) === true

/** The DNS settings of the network: private names of endpoints, with strategy Auto, switch both on unless they are given. */
export function dnsOf(args: awsx.ec2.VpcArgs): Pick<awsx.ec2.VpcArgs, 'enableDnsHostnames' | 'enableDnsSupport'> {
  const { enableDnsHostnames, enableDnsSupport } = args
  if (args.vpcEndpointStrategy !== 'Auto' || !args.vpcEndpointSpecs?.some(hasPrivateDns))
    return { enableDnsHostnames, enableDnsSupport }
  for (const [key, value] of Object.entries({ enableDnsHostnames, enableDnsSupport }))
    if (value === false) throw new ModelError(vpcType, key, 'is false, and an interface endpoint has a private name')
  return { enableDnsHostnames: enableDnsHostnames ?? true, enableDnsSupport: enableDnsSupport ?? true }
}

/** The endpoints of a network. With strategy Auto, what a spec leaves out is filled in from the network. */
export function makeEndpoints(args: awsx.ec2.VpcArgs, place: EndpointPlace): aws.ec2.VpcEndpoint[] {
  const auto = args.vpcEndpointStrategy === 'Auto'
  return (args.vpcEndpointSpecs ?? []).map((spec, index) => {
    const kind = kindOf(spec)
    if (auto && kind === undefined)
      throw new ModelError(
        vpcType,
        `vpcEndpointSpecs[${index}].vpcEndpointType`,
        'must be a plain value with strategy Auto',
      )
    const region = spec.region ?? args.region
    const filled = auto ? fill(spec, kind, region, place) : warn(spec, kind, place.component)
    const { vpc } = place
    return new aws.ec2.VpcEndpoint(
      spec.serviceName,
      {
        autoAccept: spec.autoAccept,
        dnsOptions: spec.dnsOptions,
        ipAddressType: spec.ipAddressType,
        policy: spec.policy,
        privateDnsEnabled: filled.privateDnsEnabled,
        region,
        resourceConfigurationArn: spec.resourceConfigurationArn,
        routeTableIds: filled.routeTableIds,
        securityGroupIds: filled.securityGroupIds,
        serviceName: spec.serviceName,
        serviceNetworkArn: spec.serviceNetworkArn,
        serviceRegion: spec.serviceRegion,
        subnetConfigurations: spec.subnetConfigurations,
        subnetIds: filled.subnetIds,
        tags: { ...place.tags, ...(spec.tags as object) },
        vpcEndpointType: spec.vpcEndpointType,
        vpcId: vpc.id,
      },
      { parent: vpc, dependsOn: [vpc] },
    )
  })
}

type Filled = Pick<EndpointSpec, 'privateDnsEnabled' | 'routeTableIds' | 'securityGroupIds' | 'subnetIds'>

function fill(
  spec: EndpointSpec,
  kind: string | undefined,
  region: pulumi.Input<string | undefined>,
  place: EndpointPlace,
): Filled {
  const given: Filled = spec
  if (kind === 'gateway')
    return { ...given, routeTableIds: spec.routeTableIds ?? place.routeTables.map((table) => table.id) }
  if (kind !== 'interface') return given
  const placed = spec.subnetIds !== undefined || spec.subnetConfigurations !== undefined
  return {
    ...given,
    privateDnsEnabled: spec.privateDnsEnabled ?? true,
    securityGroupIds: spec.securityGroupIds ?? [makeGroup(spec, region, place).id],
    subnetIds: placed ? spec.subnetIds : onePerZone(place).map((subnet) => subnet.id),
  }
}

/** In each zone a private subnet, else an isolated one, else a public one. */
function onePerZone({ zones, subnets }: EndpointPlace): aws.ec2.Subnet[] {
  return zones.flatMap((zone) => {
    const here = subnets.filter((row) => row.zone === zone)
    const best = ['Private', 'Isolated', 'Public'].map((type) => here.find((row) => row.type === type)).find(Boolean)
    return best ? [best.subnet] : []
  })
}

/** The group of an interface endpoint without one: port 443 from the whole network. */
function makeGroup(
  spec: EndpointSpec,
  region: pulumi.Input<string | undefined>,
  { vpc, tags }: EndpointPlace,
): aws.ec2.SecurityGroup {
  const group = new aws.ec2.SecurityGroup(
    `${spec.serviceName}-sg`,
    { region, vpcId: vpc.id, tags: { ...tags, ...(spec.tags as object) } },
    { parent: vpc, dependsOn: [vpc] },
  )
  const addresses = typeof spec.ipAddressType === 'string' ? spec.ipAddressType.toLowerCase() : ''
  new aws.ec2.SecurityGroupRule(
    `${spec.serviceName}-ingress`,
    {
      region,
      type: 'ingress',
      securityGroupId: group.id,
      protocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      cidrBlocks: [vpc.cidrBlock],
      ...(['ipv6', 'dualstack'].includes(addresses) ? { ipv6CidrBlocks: [vpc.ipv6CidrBlock] } : {}),
    },
    { parent: vpc, dependsOn: [group] },
  )
  return group
}

/** With strategy Legacy the plugin adds nothing, and warns of an endpoint that nothing can use. */
function warn(spec: EndpointSpec, kind: string | undefined, component: pulumi.Resource): Filled {
  const nowhere = spec.subnetIds === undefined && spec.subnetConfigurations === undefined
  const missing =
    kind === 'interface' && nowhere
      ? 'subnetIds'
      : kind === 'gateway' && !spec.routeTableIds
        ? 'routeTableIds'
        : undefined
  if (missing)
    pulumi.log.warn(
      `Endpoint ${spec.serviceName} has no ${missing}; vpcEndpointStrategy Auto fills them in.`,
      component,
    )
  return spec
}
