import { type Block, bitsFor, blockAfter, overlap, sizeOf } from './cidr.ts'
import { ModelError } from './model.ts'
import { type SubnetSpec, vpcType } from './vpc-args.ts'

/** The smallest prefix length that a type takes when its spec names none, and its place in a zone. */
const kinds = [
  { type: 'Private', mask: 19 },
  { type: 'Public', mask: 20 },
  { type: 'Isolated', mask: 24 },
] as const

/** The block number `count`, of prefix length `mask`, from an address on. */
function nth(from: number, mask: number, count: number): Block {
  if (mask > 32) throw new ModelError(vpcType, 'subnetSpecs', `ask for a /${mask}`)
  return { address: from + count * sizeOf(mask), mask }
}

/**
 * The blocks of `subnetStrategy: Legacy`: zones share the network evenly; in each, private subnets come first, then public, then
 * isolated ones, whatever the order of the specs. The n-th block of a kind is counted from the end of the kind before, and pushed on
 * where that would overlap the block before it.
 */
export function legacyBlocks(network: Block, zones: number, specs: SubnetSpec[] | undefined) {
  const zoneMask = network.mask + bitsFor(zones)
  const bases = Array.from({ length: zones }, (_, zone) => nth(network.address, zoneMask, zone))
  if (!specs) return defaultBlocks(bases)
  // A single subnet may have a whole zone; several leave room for at least one other.
  const widest = zoneMask + (specs.length === 1 ? 0 : 1)
  return bases.flatMap((base, zone) => {
    let current: Block = { address: base.address - 1, mask: 32 }
    let end: Block | undefined
    return kinds.flatMap(({ type, mask }) => {
      const from = end ? end.address + sizeOf(end.mask) : base.address
      const rows = specs
        .filter((spec) => spec.type === type)
        .map((spec, index) => {
          const prefix = spec.cidrMask ?? Math.max(widest, mask)
          const wanted = nth(from, prefix, index)
          current = overlap(current, wanted) ? blockAfter(current, prefix) : wanted
          return { zone, spec, block: current }
        })
      end = rows.at(-1)?.block ?? end
      return rows
    })
  })
}

/** Without specs: half of each zone private, a quarter public; all private ones come first. */
function defaultBlocks(bases: Block[]) {
  const privates = bases.map((base) => nth(base.address, base.mask + 1, 0))
  const publics = privates.map((block) => nth(block.address + sizeOf(block.mask), block.mask + 1, 0))
  const row = (type: SubnetSpec['type']) => (block: Block, zone: number) => ({
    zone,
    spec: { type } as SubnetSpec,
    block,
  })
  return [...privates.map(row('Private')), ...publics.map(row('Public'))]
}
