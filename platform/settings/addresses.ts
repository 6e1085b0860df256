import { BlockList } from 'node:net'

/** A block of IPv4 addresses. */
export interface Cidr {
  /** The first address as a number. */
  first: number
  last: number
  /** Length of the prefix, 0 to 32. */
  length: number
  /** Whether the text named the block by its first address: 10.0.0.0/16 does, 10.0.3.0/16 does not. */
  aligned: boolean
}

/** Reads `a.b.c.d/n`; undefined when that is no block of addresses. */
export function parseCidr(text: string): Cidr | undefined {
  const [, address = '', prefix = ''] = /^([0-9.]+)\/([0-9]{1,2})$/.exec(text) ?? []
  const parts = address.split('.').map(Number)
  const length = Number(prefix)
  if (prefix === '' || length > 32 || parts.length !== 4 || parts.some((part) => part > 255)) return undefined
  const size = 2 ** (32 - length)
  const named = parts.reduce((sum, part) => sum * 256 + part, 0)
  const first = named - (named % size)
  return { first, last: first + size - 1, length, aligned: first === named }
}

/** `a.b.c.d/n` of a block. */
export function formatCidr({ first, length }: Pick<Cidr, 'first' | 'length'>): string {
  return `${[24, 16, 8, 0].map((shift) => (first >>> shift) & 255).join('.')}/${length}`
}

export function overlap(a: Cidr, b: Cidr): boolean {
  return a.first <= b.last && b.first <= a.last
}

/** Whether a block lies inside of the private networks of RFC 1918. */
export function isPrivate(block: Cidr): boolean {
  return ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].some((text) => {
    const network = parseCidr(text)
    return network !== undefined && network.first <= block.first && block.last <= network.last
  })
}

/**
 * Whether an address can be one of the internet's, by the registry of special-purpose addresses (RFC 6890). The three networks for
 * documentation pass: our own examples are written with them, and nobody answers there.
 */
export function isPublic(address: string): boolean {
  return !special.check(address)
}

/** IPv4 addresses that no packet of the internet carries (IANA's registry of special-purpose addresses, read on 2026-11-21). */
export const specialV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
]

const special = new BlockList()
for (const text of specialV4) {
  const [network = '', length] = text.split('/')
  special.addSubnet(network, Number(length))
}
