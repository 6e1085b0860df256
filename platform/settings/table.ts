import { stripVTControlCharacters, styleText } from 'node:util'
import { fullKey, type SettingSchema, wanted } from './problems.ts'
import { typeOf } from './project-schema.ts'
import { schema } from './schema.ts'
import type { Config } from './values.ts'

/** The configuration of one stack, as it was loaded. */
export interface Column {
  stack: string
  config: Config
  secretKeys: readonly string[]
}

/** One setting, as `npm run settings -- --json` prints it. */
export interface SettingRow {
  /** As in a stack file: `dhakacart:natGateways`. */
  key: string
  type: string
  /** What it may be, in words. */
  allowed: string
  /** Absent where the setting must be set. */
  default?: unknown
  secret: boolean
  /** Which part of the platform reads it. */
  part: string
  description: string
  /** The value in each stack, as Pulumi hands it to the program; null where it is not set. */
  values: Record<string, string | null>
  /** Whether the stacks differ in it. */
  differs: boolean
}

/** One row for each setting of the schema, with its value in each stack. */
export function settingRows(columns: readonly Column[]): SettingRow[] {
  return Object.entries(schema.properties as Record<string, SettingSchema>).map(([key, setting]) => {
    const full = fullKey(key)
    const values = columns.map(({ stack, config }) => [stack, config[full] ?? asText(setting.default)] as const)
    return {
      key: full,
      type: typeOf(setting),
      allowed: allowed(setting),
      ...(setting.default !== undefined && { default: setting.default }),
      secret: setting.secret === true,
      part: setting.part ?? '',
      description: setting.description ?? '',
      values: Object.fromEntries(values),
      differs: new Set(values.map(([, value]) => value)).size > 1,
    }
  })
}

function asText(value: unknown): string | null {
  if (value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function allowed(setting: SettingSchema): string {
  const { type, minItems, maxItems } = setting
  return type === 'array' ? `${minItems ?? 0} to ${maxItems} ${wanted(setting)}` : wanted(setting)
}

interface Look {
  /** Columns of the terminal. */
  width: number
  colour: boolean
}

/** The rows as text: a table on a wide terminal, a paragraph for each setting on a narrow one. */
export function formatRows(rows: readonly SettingRow[], stacks: readonly string[], look: Look): string {
  return look.width >= 150 ? asTable(rows, stacks, look) : asParagraphs(rows, look)
}

function asParagraphs(rows: readonly SettingRow[], { width, colour }: Look): string {
  const paint = painter(colour)
  const paragraphs = rows.map((row) => {
    const values = Object.entries(row.values).map(([stack, value]) => `${stack}: ${readable(value)}`)
    const facts = [
      `${row.description} Read by ${row.part}.`,
      `Allowed: ${row.allowed}.`,
      `Default: ${'default' in row ? readable(asText(row.default)) : 'must be set'}`,
      ...values.map((value) => (row.differs ? `* ${value}` : value)),
    ]
    const lines = facts.flatMap((fact) => wrap(fact, width - 4).map((part, at) => `  ${at > 0 ? '  ' : ''}${part}`))
    return [
      paint('bold', row.key),
      ...lines.map((text) => (/^ {2}\* /.test(text) ? paint('yellow', text) : text)),
    ].join('\n')
  })
  return [...paragraphs, legend(rows)].join('\n\n')
}

function asTable(rows: readonly SettingRow[], stacks: readonly string[], { width, colour }: Look): string {
  const paint = painter(colour)
  const head = ['setting', 'allowed', 'default', ...stacks, 'read by', 'what it chooses']
  // Keys and parts are never broken; the rest of the terminal is shared, the sentence having twice its part.
  const keys = Math.max(...rows.map(({ key }) => key.length)) + 2
  const parts = Math.max(...rows.map(({ part }) => part.length))
  const share = Math.floor((width - keys - parts - 2 * (head.length - 1)) / (stacks.length + 4))
  const widths = [keys, ...Array(stacks.length + 2).fill(share), parts, 2 * share]
  const body = rows.map((row) => {
    const values = stacks.map((stack) => readable(row.values[stack] ?? null))
    const byDefault = 'default' in row ? readable(asText(row.default)) : 'must be set'
    const cells = [
      row.differs ? `* ${row.key}` : `  ${row.key}`,
      row.allowed,
      byDefault,
      ...values,
      row.part,
      row.description,
    ]
    return tableRow(cells, widths).map((text) => (row.differs ? paint('yellow', text) : text))
  })
  return [tableRow(head, widths).map((text) => paint('bold', text)), ...body, ['', legend(rows)]].flat().join('\n')
}

function tableRow(cells: readonly string[], widths: readonly number[]): string[] {
  const wrapped = cells.map((cell, at) => (at === 0 ? [cell] : wrap(cell, widths[at] ?? 20)))
  const height = Math.max(...wrapped.map(({ length }) => length))
  return Array.from({ length: height }, (_, line) =>
    wrapped
      .map((lines, at) => (lines[line] ?? '').padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

function legend(rows: readonly SettingRow[]): string {
  if (Object.keys(rows[0]?.values ?? {}).length < 2) return `${rows.length} settings.`
  const count = rows.filter(({ differs }) => differs).length
  return `${rows.length} settings; ${count} of them, marked *, differ between the stacks.`
}

function readable(value: string | null): string {
  if (value === null) return 'not set'
  if (value === '' || value === '[]') return 'none'
  return value.startsWith('["') ? value.slice(2, -2).replaceAll('","', ', ') : value
}

function painter(colour: boolean) {
  return (style: 'bold' | 'yellow', text: string) => {
    const painted = styleText(style, text, { validateStream: false })
    return colour ? painted : stripVTControlCharacters(painted)
  }
}

/** Breaks at spaces, and a word that is longer than the line where it must. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = ['']
  for (const word of text.split(' ').flatMap((long) => chunks(long, width))) {
    const last = lines.at(-1) ?? ''
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines
}

function chunks(word: string, width: number): string[] {
  return Array.from({ length: Math.max(1, Math.ceil(word.length / width)) }, (_, at) =>
    word.slice(at * width, (at + 1) * width),
  )
}
