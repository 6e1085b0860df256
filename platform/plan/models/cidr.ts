/** A block of IPv4 addresses: the address it is written with, as a number, and its prefix length. */
export interface Block {
  address: number
  mask: number
}

/** How many addresses a block of this prefix length has. */
export const sizeOf = (mask: number): number => 2 ** (32 - mask)

/** Reads `10.0.0.0/16`; throws on anything else. */
export function parseBlock(text: string): Block {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text)?.slice(1).map(Number)
  if (!parts || parts.slice(0, 4).some((octet) => octet > 255) || Number(parts[4]) > 32)
    throw new Error(`'${text}' is not an IPv4 block such as 10.0.0.0/16`)
  const address = parts.slice(0, 4).reduce((sum, octet) => sum * 256 + octet, 0)
  return { address, mask: Number(parts[4]) }
}

/** Writes `10.0.0.0/16`. */
export function formatBlock({ address, mask }: Block): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256)
  return `${octets.join('.')}/${mask}`
}

/** The first address of the block, which is not the written one where that has host bits. */
export const firstOf = ({ address, mask }: Block): number => address - (address % sizeOf(mask))

/** The last address of the block. */
export const lastOf = (block: Block): number => firstOf(block) + sizeOf(block.mask) - 1

/** The block of `mask` that an address lies in. */
export const blockAt = (address: number, mask: number): Block => ({ address: firstOf({ address, mask }), mask })

/** The first block of `mask` that begins after all of `previous`. */
export const blockAfter = (previous: Block, mask: number): Block => ({
  address: lastOf(blockAt(lastOf(previous), mask)) + 1,
  mask,
})

/** Whether two blocks share an address. */
export const overlap = (one: Block, other: Block): boolean =>
  firstOf(one) <= lastOf(other) && firstOf(other) <= lastOf(one)

/** Whether an address lies in a block. */
export const contains = (block: Block, address: number): boolean =>
  firstOf(block) <= address && address <= lastOf(block)

/** How many bits of prefix are needed to tell `count` blocks apart. */
export const bitsFor = (count: number): number => (count < 2 ? 0 : Math.ceil(Math.log2(count)))
