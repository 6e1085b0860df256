import type { CostAtRest } from './at-rest.ts'

/** A Markdown table: a row for each kind of charge, two columns (how many, US dollars a month, or ?) for each stack. */
export function costTable(stacks: [name: string, cost: CostAtRest][]): string {
  const kinds = [...new Set(stacks.flatMap(([, { lines }]) => lines.map(({ what }) => what)))]
  const row = (cells: string[]) => `| ${cells.join(' | ')} |`
  const cells = (cost: CostAtRest, what: string) => {
    const line = cost.lines.find((line) => line.what === what)
    return line ? [`${line.count}`, line.usd === undefined ? '?' : dollars(line.usd)] : ['', '']
  }
  const partial = stacks.some(([, { lines }]) => lines.some(({ usd }) => usd === undefined))
  return [
    row(['a month, in USD', ...stacks.flatMap(([name]) => [name, ''])]),
    row(['---', ...stacks.flatMap(() => ['---:', '---:'])]),
    ...kinds.map((what) => row([what, ...stacks.flatMap(([, cost]) => cells(cost, what))])),
    row([
      partial ? '**at rest, without the ?**' : '**at rest**',
      ...stacks.flatMap(([, { totalUsd }]) => ['', `**${dollars(totalUsd)}**`]),
    ]),
  ].join('\n')
}

const dollars = (usd: number) => usd.toFixed(2)
