import type { PostgresType } from 'postgres'

/*
 * How values travel. `fetch_types` of postgres.js is off: it costs each new connection a query of the catalogue, and a connection
 * that dies during that query ends the process by an unhandled rejection (`fetchArrayTypes`). The array types the shop uses are
 * therefore named here. Say the type of an array in SQL: `where sku = any(${skus}::text[])`, and hand over booleans, dates and
 * bigints as `${sql.array(values)}::timestamptz[]`, for postgres.js takes a plain array of those for a single value.
 */

/** Poisha and counts are bigint columns. They are numbers here, exact up to 2^53; beyond that reading throws rather than rounds. */
const int8: PostgresType<unknown> = {
  to: 20,
  from: [20],
  serialize: (value) => {
    if (typeof value === 'number' && !Number.isSafeInteger(value)) {
      throw new RangeError(`${value} is not an integer that a bigint column can take exactly`)
    }
    return String(value)
  },
  parse: parseInt8,
}

function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond what a number holds exactly (2^53)`)
  return value
}

const asText = (value: unknown): string => String(value)
const asDate = (value: unknown): string => (value instanceof Date ? value : new Date(asText(value))).toISOString()
const asJson = (value: unknown): string => JSON.stringify(value)
const asIs = (text: string): unknown => text

/** Element type, array type, and how one element is read and written. */
const arrays: [element: number, array: number, read: (text: string) => unknown, write: (value: unknown) => string][] = [
  [16, 1000, (text) => text === 't', asText], // boolean
  [20, 1016, parseInt8, asText], // bigint
  [21, 1005, Number, asText], // smallint
  [23, 1007, Number, asText], // integer
  [25, 1009, asIs, asText], // text
  [701, 1022, Number, asText], // double precision
  [1043, 1015, asIs, asText], // varchar
  [1184, 1185, (text) => new Date(text), asDate], // timestamptz
  [1700, 1231, asIs, asText], // numeric
  [2950, 2951, asIs, asText], // uuid
  [3802, 3807, (text) => JSON.parse(text), asJson], // jsonb
]

/** The `types` option of postgres.js. */
export const wireTypes: Record<string, PostgresType<unknown>> = {
  int8,
  ...Object.fromEntries(
    arrays.map(([, oid, read, write]) => [
      `array${oid}`,
      {
        to: oid,
        from: [oid],
        serialize: (values: unknown) => (Array.isArray(values) ? writeArray(values, write) : asText(values)),
        parse: (text: string) => readArray(text, read),
      },
    ]),
  ),
}

function writeArray(values: readonly unknown[], write: (value: unknown) => string): string {
  const elements = values.map((value) => {
    if (value === null) return 'null'
    if (Array.isArray(value)) return writeArray(value, write)
    return `"${write(value).replace(/["\\]/g, '\\$&')}"`
  })
  return `{${elements.join(',')}}`
}

// One element: a brace that opens or closes, a quoted string with backslash escapes, or a bare word; commas fall between them.
const token = /([{}])|"((?:[^"\\]|\\.)*)"|([^{},"]+)/gs

function readArray(text: string, read: (text: string) => unknown): unknown[] {
  const root: unknown[] = []
  const open = [root]
  for (const [, brace, quoted, bare] of text.matchAll(token)) {
    const innermost = open.at(-1) ?? root
    if (brace === '{') {
      const inner: unknown[] = []
      innermost.push(inner)
      open.push(inner)
    } else if (brace === '}') {
      open.pop()
    } else if (quoted !== undefined) {
      innermost.push(read(quoted.replace(/\\(.)/gs, '$1')))
    } else if (bare !== undefined) {
      innermost.push(bare === 'NULL' ? null : read(bare))
    }
  }
  return root[0] as unknown[]
}
