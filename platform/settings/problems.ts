import type { TSchema } from 'typebox'

/** Something about one setting that is wrong, or worth a warning. */
export interface Finding {
  /** The setting, with the place in it: `saleWindows[0].end`. */
  path: string
  /** What it is, and what would be right. */
  text: string
}

/** The parts of JSON Schema that settings use, and the words that we put beside them. */
export interface SettingSchema extends TSchema {
  type?: string
  description?: string
  default?: unknown
  secret?: boolean
  part?: string
  wanted?: string
  enum?: (string | number)[]
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
  items?: SettingSchema
  properties?: Record<string, SettingSchema>
  required?: string[]
  additionalProperties?: boolean
}

/** Thrown with one line for each setting that is wrong: its key, its value, what would be right. */
export class SettingsError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    const [first, ...more] = problems
    const several = [`${problems.length} settings are wrong:`, ...problems.map((problem) => `  ${problem}`)].join('\n')
    super(more.length === 0 ? `A setting is wrong: ${first}` : several)
    this.name = 'SettingsError'
    this.problems = problems
  }
}

/** The full name of a setting in Pulumi's configuration; `region` is the one that is Pulumi's own. */
export function fullKey(path: string): string {
  return path === 'region' ? 'aws:region' : `dhakacart:${path}`
}

/** One line of an error: `dhakacart:natGateways: "two" is not allowed; use one or onePerZone`, or `aws:region is not set; use ...`. */
export function line({ path, text }: Finding): string {
  const key = path.includes(':') ? path : fullKey(path)
  return /^(is|has) /.test(text) ? `${key} ${text}` : `${key}: ${text}`
}

/** A value as a person wrote it, short enough for a line. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}

/** `a`, `a or b`, `a, b or c`. */
export function anyOf(words: readonly unknown[]): string {
  const texts = words.map(String)
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`
}

/** What a setting may be, in words: its own `wanted`, or what its bounds say. */
export function wanted(schema: SettingSchema): string {
  if (schema.wanted) return schema.wanted
  if (schema.enum) return anyOf(schema.enum)
  if (schema.type === 'boolean') return 'true or false'
  if (schema.type === 'integer') return `a whole number${range(schema.minimum, schema.maximum, ' from')}`
  if (schema.type === 'array') return `a list of${range(schema.minItems, schema.maxItems)} items`
  return `a text of${range(schema.minLength, schema.maxLength)} characters`
}

function range(least: number | undefined, most: number | undefined, from = ''): string {
  if (least !== undefined && most !== undefined) return `${from} ${least} to ${most}`
  if (least !== undefined) return ` at least ${least}`
  return most === undefined ? '' : ` at most ${most}`
}
