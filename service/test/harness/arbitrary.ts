import fc, { type Arbitrary } from 'fast-check'
import type { JsonSchema } from './routes.ts'

/** Stands for a value that exists in the shop when the request is sent: the `n`-th slug, order id, password ... by its field's name. */
export class Live {
  readonly field: string
  readonly n: number

  constructor(field: string, n: number) {
    this.field = field
    this.n = n
  }
}

/** Says for a field whether something that exists may stand there. */
export type LiveField = (field: string) => Arbitrary<Live> | undefined

const noLive: LiveField = () => undefined

/**
 * Values that a schema allows, at its bounds more often than between them; for the fields that `live` knows, mostly what exists.
 * A new keyword in a schema of the shop throws here, so that it is not overlooked.
 */
export function valid(schema: JsonSchema, live: LiveField = noLive): Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((each) => valid(each, live)))
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if ('const' in schema) return fc.constant(schema.const)
  switch (schema.type) {
    case 'object':
      return validObject(schema, live)
    case 'array':
      return validArray(schema, live)
    case 'string':
      return validString(schema)
    case 'integer':
    case 'number':
      return validInteger(schema)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      throw new Error(`There is no arbitrary for the schema ${JSON.stringify(schema)}`)
  }
}

function validObject({ properties = {}, required = [] }: JsonSchema, live: LiveField): Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([name, schema]) => {
    const existing = live(name)
    const value = valid(schema, live)
    return [name, existing ? fc.oneof({ weight: 9, arbitrary: existing }, { weight: 1, arbitrary: value }) : value]
  })
  return fc.record<Record<string, unknown>>(Object.fromEntries(fields), { requiredKeys: required })
}

function validArray({ items = {}, minItems = 0, maxItems = 5, uniqueItems }: JsonSchema, live: LiveField) {
  const bounds = { minLength: minItems, maxLength: Math.min(maxItems, 5) }
  const item = valid(items, live)
  return uniqueItems
    ? fc.uniqueArray(item, { ...bounds, selector: (each) => JSON.stringify(each) })
    : fc.array(item, bounds)
}

function validString({ pattern, format, minLength = 0, maxLength = 60 }: JsonSchema): Arbitrary<string> {
  if (format === 'uuid') return fc.uuid()
  if (format !== undefined) throw new Error(`There is no arbitrary for the format ${format}`)
  if (pattern === undefined) {
    const text = (unit: 'binary' | 'grapheme-ascii') => fc.string({ unit, minLength, maxLength })
    return fc.oneof({ weight: 3, arbitrary: text('grapheme-ascii') }, { weight: 1, arbitrary: text('binary') })
  }
  // Ajv counts code points, and reads patterns as Unicode.
  const fits = (text: string) => [...text].length >= minLength && [...text].length <= maxLength
  return fc.stringMatching(new RegExp(pattern, 'u')).filter(fits)
}

function validInteger({ minimum, maximum, not }: JsonSchema): Arbitrary<number> {
  const min = minimum ?? -1_000_000
  const max = Math.min(maximum ?? 1_000_000, Number.MAX_SAFE_INTEGER)
  const near = fc.integer({ min, max: Math.min(max, min + 10) })
  const any = fc.oneof({ weight: 3, arbitrary: near }, { weight: 1, arbitrary: fc.maxSafeInteger() })
  return fc.oneof(any, fc.constantFrom(min, max)).filter((n) => n >= min && n <= max && n !== not?.const)
}

/** What a field of any schema should be safe from: of another type, just beside what is allowed, or dangerous to what reads it. */
export const junk: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e9, 2 ** 31, 2 ** 53, 1e308, '1', '', ' ', '10abc', '1e1', [], {}),
  fc.constantFrom(
    '\u0000',
    'a\u0000b',
    '\ud800',
    "' or 1=1 --",
    '%00',
    '../..',
    '__proto__',
    'constructor',
    '\r\nx: y',
  ),
  fc.constantFrom('x'.repeat(41), 'x'.repeat(1_001), '\u200b', '০১৭১২৩৪৫৬৭৮', 'ক্ষ'.normalize('NFD'), '😀'.repeat(20)),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.jsonValue({ maxDepth: 2 }),
)
