import { isIPv4, isIPv6 } from 'node:net'
import { specialV4 } from '../../settings/addresses.ts'
import { nothing, type Range, type Ranges, range, subtract, union } from './ranges.ts'

/**
 * Addresses of both families as one line of numbers: IPv6 from 0 to 2^128 - 1, IPv4 after it. So one set holds both, and an IPv4
 * rule never meets an IPv6 address.
 */
const v4Start = 1n << 128n
const v4End = v4Start + (1n << 32n) - 1n

export const everyV4: Ranges = range(v4Start, v4End)
export const everyV6: Ranges = range(0n, v4Start - 1n)
export const everywhere: Ranges = union(everyV4, everyV6)

/**
 * The addresses that a CIDR block or a single address stands for, in any spelling: `0000::/0`, `::ffff:1.2.3.4`, bits set behind the
 * prefix (which AWS drops). Throws a RangeError for anything else, so that a rule that nobody understood is never taken for none.
 */
export function parseCidr(text: string): Ranges {
  const [address = '', length, ...more] = text.trim().split('/')
  const family = isIPv4(address) ? 32 : isIPv6(address) && !address.includes('%') ? 128 : 0
  const bits = length === undefined ? family : /^[0-9]{1,3}$/.test(length) ? Number(length) : -1
  if (family === 0 || bits < 0 || bits > family || more.length > 0) {
    throw new RangeError(`'${text}' is no CIDR block; right would be 10.20.0.0/16 or 2001:db8::/32`)
  }
  const host = (1n << BigInt(family - bits)) - 1n
  const first = ((family === 32 ? numberOfV4(address) : numberOfV6(address)) | host) ^ host
  const start = family === 32 ? v4Start + first : first
  return range(start, start + host)
}

const numberOfV4 = (address: string) => address.split('.').reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n)

function numberOfV6(address: string): bigint {
  const tail = /^(.*:)([0-9]+(?:\.[0-9]+){3})$/.exec(address)
  if (tail?.[1] && tail[2]) {
    const v4 = numberOfV4(tail[2])
    return numberOfV6(`${tail[1]}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`)
  }
  const [head = '', rest] = address.split('::')
  const words = (part: string) => (part === '' ? [] : part.split(':'))
  const before = words(head)
  const after = rest === undefined ? [] : words(rest)
  const zeros = Array<string>(8 - before.length - after.length).fill('0')
  return [...before, ...zeros, ...after].reduce((sum, word) => (sum << 16n) | BigInt(`0x${word}`), 0n)
}

/** Addresses that no packet of the internet carries, of IPv6 too. */
const special: Ranges = union(...[...specialV4, '::/127', 'fc00::/7', 'fe80::/10', 'ff00::/8'].map(parseCidr))

/** Every address from which a stranger can send. Documentation blocks are in it: rules are tried out with them. */
export const internet: Ranges = subtract(everywhere, special)

/** The set as CIDR blocks, IPv4 first, as few as there can be. */
export function printAddresses(set: Ranges): string[] {
  const blocks = set.flatMap(blocksOf)
  return [...blocks.filter((block) => !block.includes(':')), ...blocks.filter((block) => block.includes(':'))]
}

function blocksOf(piece: Range): string[] {
  if (piece.from < v4Start && piece.to >= v4Start) {
    return [...blocksOf({ from: piece.from, to: v4Start - 1n }), ...blocksOf({ from: v4Start, to: piece.to })]
  }
  const v4 = piece.from >= v4Start
  const [base, family] = v4 ? [v4Start, 32] : [0n, 128]
  const blocks: string[] = []
  for (let at = piece.from - base; at <= piece.to - base; ) {
    let free = 0
    const fits = (bits: number) =>
      (at & ((1n << BigInt(bits)) - 1n)) === 0n && at + (1n << BigInt(bits)) - 1n <= piece.to - base
    while (free < family && fits(free + 1)) free++
    blocks.push(`${v4 ? printV4(at) : printV6(at)}/${family - free}`)
    at += 1n << BigInt(free)
  }
  return blocks
}

const printV4 = (n: bigint) => [24n, 16n, 8n, 0n].map((shift) => (n >> shift) & 0xffn).join('.')

function printV6(n: bigint): string {
  const words = Array.from({ length: 8 }, (_, i) => ((n >> BigInt(112 - 16 * i)) & 0xffffn).toString(16))
  const joined = words.join(':')
  const runs = [...joined.matchAll(/\b0(?::0)+\b/g)].sort((a, b) => b[0].length - a[0].length)
  if (!runs[0]) return joined
  const before = joined.slice(0, runs[0].index).replace(/:$/, '')
  const after = joined.slice(runs[0].index + runs[0][0].length).replace(/^:/, '')
  return `${before}::${after}`
}

/** The addresses of all blocks, and those blocks that are none. */
export function parseCidrs(blocks: readonly string[]): { addresses: Ranges; wrong: string[] } {
  const wrong: string[] = []
  const sets = blocks.map((block) => {
    try {
      return parseCidr(block)
    } catch {
      wrong.push(block)
      return nothing
    }
  })
  return { addresses: union(...sets), wrong }
}
