import { colour, table } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { Finding, Step } from './step.ts'

/** A step, and what it found. */
export interface Found {
  step: Step
  finding: Finding
}

const words: Record<Finding['state'], { text: string; style: 'green' | 'yellow' | 'dim' }> = {
  present: { text: 'present', style: 'dim' },
  create: { text: 'will create', style: 'green' },
  change: { text: 'will change', style: 'yellow' },
  later: { text: 'not yet', style: 'yellow' },
  'cannot see': { text: 'cannot see', style: 'yellow' },
}

/** The plan as lines: a row for each step, and under it what will be done and what there is to know. */
export function planLines(terminal: Terminal, found: Found[]): string[] {
  const rows = found.map(({ step, finding }) => [words[finding.state].text, step.name, step.target])
  const lines = table(rows)
  return found
    .flatMap(({ step, finding }, i) => {
      const { text, style } = words[finding.state]
      const line = lines[i] ?? ''
      const shared = step.scope === 'account' ? ' (shared by the account)' : ''
      return [
        colour(terminal, style, text) + line.slice(text.length) + shared,
        ...finding.actions.map((action) => `    + ${action.say}`),
        ...(finding.note ? [`    ${finding.note}`] : []),
      ]
    })
    .concat('')
}
