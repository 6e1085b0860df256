import { styleText } from 'node:util'
import type { Terminal } from './terminal.ts'

/** Lines of a table whose columns are as wide as they need to be; the last one may run on. */
export function table(rows: string[][]): string[] {
  const widths: number[] = []
  for (const row of rows) {
    for (const [i, cell] of row.slice(0, -1).entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length)
  }
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** Colours a text on a terminal that wants colours, and nowhere else. */
export function colour(terminal: Terminal, style: 'green' | 'yellow' | 'red' | 'dim' | 'bold', text: string): string {
  return terminal.stdout.isTTY && !process.env.NO_COLOR ? styleText(style, text, { validateStream: false }) : text
}
