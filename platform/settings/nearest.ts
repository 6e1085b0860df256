/** What a person probably meant: `did you mean natGateways?`, or all that is known when nothing is near. */
export function nearest(name: string, known: readonly string[]): string {
  const [best] = known.map((word) => ({ word, far: distance(name, word) })).sort((a, b) => a.far - b.far)
  if (best && best.far <= Math.max(2, Math.ceil(name.length / 3))) return `did you mean ${best.word}?`
  return `known are ${[...known].sort().join(', ')}`
}

/** Levenshtein's distance, capitals alike. */
function distance(left: string, right: string): number {
  const a = left.toLowerCase()
  const b = right.toLowerCase()
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
