import type * as awsx from '@pulumi/awsx'
import * as pulumi from '@pulumi/pulumi'
import { bitsFor, parseBlock, sizeOf } from './cidr.ts'
import { ModelError } from './model.ts'

/** The component's type. */
export const vpcType = 'awsx:ec2:Vpc'

/** A row of `subnetSpecs`. */
export type SubnetSpec = awsx.types.input.ec2.SubnetSpecArgs

/** A row of `vpcEndpointSpecs`. */
export type EndpointSpec = awsx.types.input.ec2.VpcEndpointSpecArgs

const known = [
  ...['assignGeneratedIpv6CidrBlock', 'availabilityZoneCidrMask', 'availabilityZoneNames', 'cidrBlock'],
  ...['enableDnsHostnames', 'enableDnsSupport', 'enableNetworkAddressUsageMetrics', 'instanceTenancy'],
  ...['ipv4IpamPoolId', 'ipv6CidrBlock', 'ipv6CidrBlockNetworkBorderGroup', 'ipv6IpamPoolId', 'ipv6NetmaskLength'],
  ...['natGateways', 'numberOfAvailabilityZones', 'region', 'subnetNameTagStrategy', 'subnetSpecs', 'subnetStrategy'],
  ...['tags', 'vpcEndpointSpecs', 'vpcEndpointStrategy'],
]

/** What decides how many children there are, or what they are called: the plugin reads these without waiting. */
const plain = [
  ...['availabilityZoneCidrMask', 'availabilityZoneNames', 'cidrBlock', 'natGateways', 'numberOfAvailabilityZones'],
  ...['subnetNameTagStrategy', 'subnetSpecs', 'subnetStrategy', 'tags', 'vpcEndpointSpecs', 'vpcEndpointStrategy'],
]

const choices = {
  subnetStrategy: ['Auto', 'AutoMerge', 'Exact', 'Legacy'],
  subnetNameTagStrategy: ['Legacy', 'AvailabilityZone'],
  vpcEndpointStrategy: ['Legacy', 'Auto'],
  strategy: ['None', 'Single', 'OnePerAz'],
  type: ['Public', 'Private', 'Isolated', 'Unused'],
}

const refuse = (argument: string, problem: string): never => {
  throw new ModelError(vpcType, argument, problem)
}

function checkChoice(argument: string, value: unknown, of: string[]) {
  if (value !== undefined && !of.includes(String(value)))
    refuse(argument, `is '${value}', which is none of ${of.join(', ')}`)
}

/** Checks the arguments of an `awsx.ec2.Vpc` as far as its plugin does, and refuses what the model cannot follow. */
export function readVpcArgs(inputs: Record<string, unknown>): awsx.ec2.VpcArgs {
  const set = Object.keys(inputs).filter((key) => inputs[key] !== undefined)
  for (const key of set) if (!known.includes(key)) refuse(key, 'is an argument that the model does not know')
  for (const key of set)
    if (plain.includes(key) && pulumi.Output.isInstance(inputs[key]))
      refuse(key, 'must be a plain value, not an output')
  const args = inputs as awsx.ec2.VpcArgs
  checkChoice('subnetStrategy', args.subnetStrategy, choices.subnetStrategy)
  checkChoice('subnetNameTagStrategy', args.subnetNameTagStrategy, choices.subnetNameTagStrategy)
  checkChoice('vpcEndpointStrategy', args.vpcEndpointStrategy, choices.vpcEndpointStrategy)
  checkChoice('natGateways.strategy', args.natGateways?.strategy, choices.strategy)
  args.subnetSpecs?.forEach((spec, index) => {
    checkChoice(`subnetSpecs[${index}].type`, spec.type, choices.type)
    if (pulumi.Output.isInstance(spec.tags)) refuse(`subnetSpecs[${index}].tags`, 'must be a plain map, not an output')
  })
  args.vpcEndpointSpecs?.forEach((spec, index) => {
    if (pulumi.Output.isInstance(spec.tags))
      refuse(`vpcEndpointSpecs[${index}].tags`, 'must be a plain map, not an output')
  })
  if (args.availabilityZoneNames && args.numberOfAvailabilityZones)
    refuse('numberOfAvailabilityZones', 'cannot stand beside availabilityZoneNames')
  if (args.ipv4IpamPoolId !== undefined && args.cidrBlock === undefined)
    refuse('ipv4IpamPoolId', 'without a cidrBlock is beyond the model: the addresses are known only after `up`')
  return args
}

/** Checks that the elastic IPs of `natGateways` are as many as the strategy asks for. */
export function checkElasticIps(args: awsx.ec2.VpcArgs, zones: string[]): void {
  const given = args.natGateways?.elasticIpAllocationIds?.length ?? 0
  const strategy = args.natGateways?.strategy ?? 'OnePerAz'
  const wanted = { None: 0, Single: 1, OnePerAz: zones.length }[strategy]
  if (given > 0 && given !== wanted)
    refuse('natGateways.elasticIpAllocationIds', `has ${given} addresses where strategy ${strategy} takes ${wanted}`)
}

/** Checks `subnetSpecs` and fills in `cidrMask` from `size` and back, as the plugin does. */
export function normaliseSpecs(specs: SubnetSpec[], zones: number): SubnetSpec[] {
  for (const type of new Set(specs.map((spec) => spec.type))) {
    const names = specs.filter((spec) => spec.type === type).map((spec) => spec.name)
    if (new Set(names).size < names.length) refuse('subnetSpecs', `has two specs of type ${type} with one name`)
  }
  const explicit = specs.some((spec) => spec.cidrBlocks !== undefined)
  return specs.map((spec, index) => {
    const at = `subnetSpecs[${index}]`
    const maskOfSize = spec.size ? 32 - bitsFor(spec.size) : undefined
    if (spec.size !== undefined && (maskOfSize === undefined || maskOfSize > 30 || sizeOf(maskOfSize) !== spec.size))
      refuse(`${at}.size`, `is ${spec.size}, which is not a power of two from 4 on`)
    if (explicit) return checkBlocks(spec, at, zones)
    const cidrMask = spec.cidrMask ?? maskOfSize
    if (maskOfSize !== undefined && cidrMask !== maskOfSize)
      refuse(`${at}.size`, `is ${spec.size}, but a /${cidrMask} has ${sizeOf(cidrMask ?? 0)} addresses`)
    return { ...spec, cidrMask, size: cidrMask && cidrMask <= 30 ? sizeOf(cidrMask) : undefined }
  })
}

function checkBlocks(spec: SubnetSpec, at: string, zones: number): SubnetSpec {
  const blocks = spec.cidrBlocks ?? refuse(`${at}.cidrBlocks`, 'must be given when any other spec has it')
  if (blocks.length !== zones) refuse(`${at}.cidrBlocks`, `has ${blocks.length} blocks for ${zones} zones`)
  const masks = blocks.map((block) => parseBlock(block).mask)
  if (spec.cidrMask !== undefined && masks.some((mask) => mask !== spec.cidrMask))
    refuse(`${at}.cidrMask`, `is ${spec.cidrMask}, which is not that of all its cidrBlocks`)
  if (spec.size !== undefined && masks.some((mask) => sizeOf(mask) !== spec.size))
    refuse(`${at}.size`, `is ${spec.size}, which is not that of all its cidrBlocks`)
  return spec
}
