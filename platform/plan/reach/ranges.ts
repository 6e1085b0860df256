/** From one number to another, both included. */
export interface Range {
  readonly from: bigint
  readonly to: bigint
}

/** A set of numbers: ranges in order that neither overlap nor touch. Addresses, protocols and ports are all such sets. */
export type Ranges = readonly Range[]

export const nothing: Ranges = []

/** The set that holds one range, or nothing where it runs backwards. */
export const range = (from: bigint | number, to: bigint | number = from): Ranges =>
  BigInt(from) <= BigInt(to) ? [{ from: BigInt(from), to: BigInt(to) }] : nothing

export function union(...sets: readonly Ranges[]): Ranges {
  const sorted = sets.flat().sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const merged: { from: bigint; to: bigint }[] = []
  for (const next of sorted) {
    const last = merged.at(-1)
    if (last && next.from <= last.to + 1n) {
      if (next.to > last.to) last.to = next.to
    } else {
      merged.push({ ...next })
    }
  }
  return merged
}

export function intersect(a: Ranges, b: Ranges): Ranges {
  const both: Range[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [x, y] = [a[i] as Range, b[j] as Range]
    const from = x.from > y.from ? x.from : y.from
    const to = x.to < y.to ? x.to : y.to
    if (from <= to) both.push({ from, to })
    if (x.to < y.to) i++
    else j++
  }
  return both
}

/** What is in `a` and not in `b`. */
export function subtract(a: Ranges, b: Ranges): Ranges {
  const left: Range[] = []
  for (const piece of a) {
    let from = piece.from
    for (const hole of b) {
      if (hole.to < from) continue
      if (hole.from > piece.to) break
      if (hole.from > from) left.push({ from, to: hole.from - 1n })
      from = hole.to + 1n
    }
    if (from <= piece.to) left.push({ from, to: piece.to })
  }
  return left
}

export const isEmpty = (set: Ranges): boolean => set.length === 0

/** Whether everything in `inner` is in `outer`. */
export const covers = (outer: Ranges, inner: Ranges): boolean => isEmpty(subtract(inner, outer))

export const overlaps = (a: Ranges, b: Ranges): boolean => !isEmpty(intersect(a, b))

/** How many numbers the set holds. */
export const size = (set: Ranges): bigint => set.reduce((sum, { from, to }) => sum + to - from + 1n, 0n)
