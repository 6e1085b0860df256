/** What a tap run counted. */
export interface Totals {
  passed: number
  failed: number
  skipped: number
}

/**
 * Reads the line with which tap ends, such as `# { total: 8, pass: 6, skip: 2 }`. A run that ended without one broke, which counts as
 * a failure of its own. Planned tests (`todo`) count as skipped.
 */
export function readTotals(output: string): Totals {
  const line = output.match(/^# \{ total: .*\}$/gm)?.at(-1)
  if (!line) return { passed: 0, failed: 1, skipped: 0 }
  const count = (word: string) => Number(new RegExp(`\\b${word}: (\\d+)`).exec(line)?.[1] ?? 0)
  return { passed: count('pass'), failed: count('fail'), skipped: count('skip') + count('todo') }
}

/** The closing line that continuous integration reads. */
export function closingLine({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
