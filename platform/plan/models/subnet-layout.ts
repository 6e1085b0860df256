import type * as awsx from '@pulumi/awsx'
import {
  type Block,
  bitsFor,
  blockAfter,
  blockAt,
  contains,
  firstOf,
  formatBlock,
  lastOf,
  overlap,
  parseBlock,
  sizeOf,
} from './cidr.ts'
import { ModelError } from './model.ts'
import { legacyBlocks } from './subnet-layout-legacy.ts'
import { normaliseSpecs, type SubnetSpec, vpcType } from './vpc-args.ts'

/** A subnet that the plugin would make. */
export interface PlannedSubnet {
  zone: string
  spec: SubnetSpec
  block: Block
  /** The name as a resource, which goes by the zone's place in the list. */
  resourceName: string
  /** The tag `Name`, which goes by the zone itself where `subnetNameTagStrategy` says so. */
  nameTag: string
}

/** A row of the output `subnetLayout`. */
export type LayoutRow = Pick<SubnetSpec, 'type' | 'name' | 'cidrBlocks' | 'cidrMask' | 'size'>

const refuse = (argument: string, problem: string): never => {
  throw new ModelError(vpcType, argument, problem)
}

/**
 * The subnets of a network, zone by zone, and the layout that the component puts out. `cidrBlock` is the network's. Strategies: Legacy
 * sorts by type, Auto keeps the order of the specs, Exact is Auto without gaps, AutoMerge is Auto with the default specs underneath.
 */
export function planSubnets(
  name: string,
  args: awsx.ec2.VpcArgs,
  cidrBlock: string,
  zones: string[],
): { subnets: PlannedSubnet[]; layout: LayoutRow[] } {
  const strategy = args.subnetStrategy ?? 'Legacy'
  const given = args.subnetSpecs && normaliseSpecs(args.subnetSpecs, zones.length)
  const explicit = given?.some((spec) => spec.cidrBlocks !== undefined) ?? false
  if (strategy === 'AutoMerge' && explicit)
    refuse('subnetSpecs', 'cannot have cidrBlocks with subnetStrategy AutoMerge')
  const network = parseBlock(cidrBlock)
  const legacy = strategy === 'Legacy' || (strategy === 'Exact' && given === undefined)

  const named = (zoneIndex: number, spec: SubnetSpec, block: Block): PlannedSubnet => {
    const zone = zones[zoneIndex] ?? ''
    const base = `${name}-${spec.name ?? spec.type.toLowerCase()}`
    const suffix = args.subnetNameTagStrategy === 'AvailabilityZone' ? zoneSuffix(zone) : `${zoneIndex + 1}`
    return { zone, spec, block, resourceName: `${base}-${zoneIndex + 1}`, nameTag: `${base}-${suffix}` }
  }
  const rows = legacy
    ? legacyBlocks(network, zones.length, given)
    : explicit
      ? zones.flatMap((_, zone) =>
          (given ?? []).map((spec) => ({ zone, spec, block: parseBlock(spec.cidrBlocks?.[zone] ?? '') })),
        )
      : autoBlocks(network, zones.length, strategy, given, args.availabilityZoneCidrMask)
  const subnets = rows.map((row) => named(row.zone, row.spec, row.block))
  checkSubnets(subnets, args, network)
  const asSpecified = strategy !== 'Legacy' && strategy !== 'AutoMerge' && given !== undefined
  return { subnets, layout: asSpecified ? given : layoutOf(subnets.slice(0, subnets.length / zones.length)) }
}

/** `1a` of `ap-southeast-1a`; the whole name where it is not of that form. */
export const zoneSuffix = (zone: string): string => zone.replace(/^[a-z]{2}(?:-[a-z]+)+-/, '')

/** What the plugin makes without `subnetSpecs`: half of the zone private, a quarter public, of at most a /16. */
function defaultSpecs(zoneMask: number): SubnetSpec[] {
  if (zoneMask > 26) refuse('cidrBlock', `leaves a /${zoneMask} for each zone, and default subnets need a /26`)
  const mask = Math.max(zoneMask, 16)
  return [
    { type: 'Private', cidrMask: mask + 1 },
    { type: 'Public', cidrMask: mask + 2 },
  ]
}

function mergeSpecs(defaults: SubnetSpec[], specs: SubnetSpec[]): SubnetSpec[] {
  const replaces = (spec: SubnetSpec, row: SubnetSpec) => spec.type === row.type && spec.name === undefined
  return [
    ...defaults.map((row) => ({ ...row, ...specs.find((spec) => replaces(spec, row)) })),
    ...specs.filter((spec) => !defaults.some((row) => replaces(spec, row))),
  ]
}

/** In the order of the specs, each aligned to its own size; a spec without a mask has an even share of the zone. */
function autoBlocks(network: Block, zones: number, strategy: string, given?: SubnetSpec[], mask?: number) {
  const zoneMask = mask ?? network.mask + bitsFor(zones)
  const specs =
    strategy === 'AutoMerge' ? mergeSpecs(defaultSpecs(zoneMask), given ?? []) : (given ?? defaultSpecs(zoneMask))
  if (specs.length === 0) refuse('subnetSpecs', 'is empty')
  const maskOf = (spec: SubnetSpec) => spec.cidrMask ?? zoneMask + bitsFor(specs.length)
  const wanted = specs.reduce((sum, spec) => sum + sizeOf(maskOf(spec)), 0)
  if (wanted > sizeOf(zoneMask))
    refuse('subnetSpecs', `ask for ${wanted} addresses where a zone, a /${zoneMask}, has ${sizeOf(zoneMask)}`)
  const start = firstOf(blockAt(firstOf(network), zoneMask))
  return Array.from({ length: zones }, (_, zone) => {
    let previous: Block | undefined
    return specs.map((spec) => {
      const base = start + zone * sizeOf(zoneMask)
      const block = previous ? blockAfter(previous, maskOf(spec)) : blockAt(base, maskOf(spec))
      previous = block
      return { zone, spec, block }
    })
  }).flat()
}

function checkSubnets(subnets: PlannedSubnet[], args: awsx.ec2.VpcArgs, network: Block) {
  const said = (subnet: PlannedSubnet) => `${subnet.resourceName} (${formatBlock(subnet.block)})`
  subnets.forEach((subnet, index) => {
    const other = subnets.slice(index + 1).find((candidate) => overlap(subnet.block, candidate.block))
    if (other) refuse('subnetSpecs', `make ${said(subnet)} and ${said(other)} overlap`)
  })
  if (args.subnetStrategy === 'Exact') {
    let next = firstOf(network)
    for (const subnet of subnets) {
      if (firstOf(subnet.block) !== next) refuse('subnetSpecs', `leave a gap before ${said(subnet)}`)
      next = lastOf(subnet.block) + 1
    }
    if (next !== lastOf(network) + 1) refuse('subnetSpecs', `leave a gap before the end of ${formatBlock(network)}`)
  }
  const has = (...types: string[]) => subnets.some((subnet) => types.includes(subnet.spec.type))
  if ((args.natGateways?.strategy ?? 'OnePerAz') !== 'None' && !(has('Public') && has('Private', 'Isolated')))
    refuse('natGateways.strategy', 'needs a public subnet to stand in, and a private or isolated one')
}

/** The layout read back from the subnets of the first zone, with what lies unused between them. */
function layoutOf(subnets: PlannedSubnet[]): LayoutRow[] {
  return subnets.flatMap(({ spec, block }, index) => {
    const before = subnets[index - 1]
    const unused: LayoutRow[] = before ? gapsBetween(before.block, block).map(unusedRow) : []
    return [...unused, { type: spec.type, cidrMask: block.mask }]
  })
}

const unusedRow = (block: Block): LayoutRow => ({ type: 'Unused', cidrMask: block.mask })

/** The widest blocks that fill what lies between two others. */
export function gapsBetween(one: Block, other: Block): Block[] {
  const [start, end] = firstOf(one) < firstOf(other) ? [one, other] : [other, one]
  const gaps: Block[] = []
  let previous = one
  let next = blockAfter(start, start.mask)
  while (firstOf(next) < firstOf(end)) {
    for (;;) {
      const wider = blockAt(next.address, next.mask - 1)
      if (contains(wider, lastOf(previous)) || contains(wider, firstOf(end))) break
      next = wider
    }
    gaps.push(next)
    previous = next
    next = blockAfter(next, next.mask)
  }
  return gaps
}
