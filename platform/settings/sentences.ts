import { nearest } from './nearest.ts'
import { type SettingSchema, shown, wanted } from './problems.ts'

type Sentence = (schema: SettingSchema, value: unknown) => string

/**
 * The sentence of every constraint that a setting can break, by JSON Schema's own keyword. A keyword that is not here has no sentence,
 * and `platform/test/settings/constraints.test.ts` fails as soon as a setting uses it.
 */
export const sentences: Record<string, Sentence> = {
  type: (schema, value) =>
    `${shown(value)} is not ${kinds[schema.type ?? ''] ?? schema.type}; ${quotes(schema, value)}use ${wanted(schema)}`,
  enum: (schema, value) => `${shown(value)} is not allowed; use ${wanted(schema)}`,
  pattern: (schema, value) => `${shown(value)} does not fit; use ${wanted(schema)}${trap(schema, value)}`,
  minimum: (schema, value) => `${shown(value)} is too small; use ${wanted(schema)}`,
  maximum: (schema, value) => `${shown(value)} is too large; use ${wanted(schema)}`,
  minLength: (schema, value) => `${shown(value)} is too short; use at least ${schema.minLength} characters`,
  maxLength: (schema, value) => `${shown(value)} is too long; use at most ${schema.maxLength} characters`,
  minItems: (schema, value) => `has ${count(value)}; use at least ${schema.minItems}`,
  maxItems: (schema, value) => `has ${count(value)}; use at most ${schema.maxItems}`,
  uniqueItems: (_, value) => `has ${shown(twice(value))} twice; name each once`,
  required: (schema, value) => `${shown(value)} lacks ${missing(schema, value).join(' and ')}`,
  additionalProperties: (schema, value) => unknownProperty(schema, value),
}

const kinds: Record<string, string> = {
  string: 'a text',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
}

/** Quotes that are missing, or too many: only inside of lists, because at the top Pulumi makes a text of everything. */
function quotes({ type }: SettingSchema, value: unknown): string {
  if (type === 'string' && typeof value === 'number') return 'write it in quotes: '
  if (type === 'integer' && typeof value === 'string' && /^\d+$/.test(value)) return 'write it without quotes: '
  return ''
}

/** What YAML did to a value that was right in the file. */
function trap(schema: SettingSchema, value: unknown): string {
  const text = String(value)
  if (/^\d{4}-\d{2}-\d{2} 00:00:00 \+0000 UTC$/.test(text)) return ' (YAML made a time of a date without quotes)'
  if (schema.pattern?.includes('{12}$') && /^\d{1,11}$/.test(text)) {
    return ' (YAML drops the leading zeros of a number without quotes)'
  }
  return ''
}

function count(value: unknown): string {
  const { length } = value as unknown[]
  return length === 1 ? '1 item' : `${length} items`
}

function twice(value: unknown): unknown {
  const texts = (value as unknown[]).map((item) => JSON.stringify(item))
  return (value as unknown[]).find((_, at) => texts.indexOf(texts[at] ?? '') !== at)
}

function missing(schema: SettingSchema, value: unknown): string[] {
  return (schema.required ?? []).filter((name) => !(name in (value as object)))
}

function unknownProperty(schema: SettingSchema, value: unknown): string {
  const known = Object.keys(schema.properties ?? {})
  const names = Object.keys(value as object).filter((name) => !known.includes(name))
  return names.map((name) => `"${name}" is not known; ${nearest(name, known)}`).join(' and ')
}
