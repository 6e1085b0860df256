import fc, { type Arbitrary } from 'fast-check'
import { junk, Live, valid } from './arbitrary.ts'
import type { DeclaredRoute } from './routes.ts'

export type Asker = 'guest' | 'shopper' | 'staff' | 'admin'

/** The parts of a request as values, some of them `Live`. */
export interface Parts {
  params: Record<string, unknown>
  query: Record<string, unknown>
  headers: Record<string, unknown>
  /** Undefined: there is none. */
  body: unknown
}

/** One thing that is made wrong about a valid request: the `place`-th value of it becomes something else, or is left out. */
export interface Fault {
  place: number
  kind: 'junk' | 'missing' | 'unknown field' | 'other live' | 'whole body' | 'broken JSON' | 'other media type'
  value: unknown
}

export interface GeneratedRequest {
  asker: Asker
  /** Which of those who are what `asker` says. */
  n: number
  parts: Parts
  faults: Fault[]
}

/** Requests to a route, made of its schemas: three of four valid, by whoever may send them more often than by others. */
export function requestsTo(route: DeclaredRoute, liveFields: readonly string[]): Arbitrary<GeneratedRequest> {
  const { params, querystring, headers, body } = route.schema
  const weights = askerWeights(route)
  const asker = fc.oneof(...weights.map(([name, weight]) => ({ weight, arbitrary: fc.constant(name) })))
  // One number for all: the password belongs to the username, the phone to the order.
  return fc.nat({ max: 999 }).chain((n) => {
    const live = (field: string) => (liveFields.includes(field) ? fc.constant(new Live(field, n)) : undefined)
    const part = (schema: typeof params) =>
      (schema ? valid(schema, live) : fc.constant({})) as Arbitrary<Record<string, unknown>>
    return fc.record<GeneratedRequest>({
      asker,
      n: fc.constant(n),
      parts: fc.record<Parts>({
        params: part(params),
        query: part(querystring),
        headers: part(headers),
        body: body ? valid(body, live) : fc.constant(undefined),
      }),
      faults: fc.oneof(
        { weight: 3, arbitrary: fc.constant<Fault[]>([]) },
        { weight: 1, arbitrary: fc.array(fault, { minLength: 1, maxLength: 2 }) },
      ),
    })
  })
}

function askerWeights({ schema }: DeclaredRoute): [Asker, number][] {
  const needsAccount = schema.security?.every((each) => 'account' in each) ?? false
  const needsRole = schema.response !== undefined && '403' in schema.response
  if (needsRole)
    return [
      ['admin', 9],
      ['staff', 2],
      ['shopper', 1],
      ['guest', 1],
    ]
  if (needsAccount)
    return [
      ['shopper', 3],
      ['staff', 2],
      ['admin', 2],
      ['guest', 1],
    ]
  return [
    ['guest', 3],
    ['shopper', 3],
    ['staff', 1],
    ['admin', 1],
  ]
}

const fault: Arbitrary<Fault> = fc.record({
  place: fc.nat({ max: 99 }),
  kind: fc.oneof(
    { weight: 6, arbitrary: fc.constant('junk' as const) },
    {
      weight: 4,
      arbitrary: fc.constantFrom<Fault['kind'][]>(
        ...(['missing', 'unknown field', 'other live', 'whole body', 'broken JSON', 'other media type'] as const),
      ),
    },
  ),
  value: junk,
})

/** What goes over the wire once the faults are in: `body` as text. */
export interface WireRequest extends Omit<Parts, 'body'> {
  body: string | undefined
  mediaType: string | undefined
}

/** Puts the faults into parts whose live values have been filled in; the order is that of the faults. */
export function applyFaults(parts: Parts, faults: Fault[]): WireRequest {
  const whole = structuredClone(parts)
  let text: string | undefined
  let mediaType = whole.body === undefined ? undefined : 'application/json'
  for (const { kind, place, value } of faults) {
    const places = placesOf(whole)
    const at = places[place % Math.max(places.length, 1)]
    if (kind === 'junk' && at) at.holder[at.key] = value
    else if (kind === 'missing' && at) delete at.holder[at.key]
    else if (kind === 'unknown field') addField(whole, place)
    else if (kind === 'whole body') {
      whole.body = value
      mediaType = 'application/json'
    } else if (kind === 'broken JSON') {
      text = '{"a":'
      mediaType = 'application/json'
    } else if (kind === 'other media type') mediaType = 'text/plain'
  }
  const { body, ...rest } = whole
  return { ...rest, mediaType, body: text ?? (typeof body === 'string' ? body : toJson(body)) }
}

function addField({ query, body }: Parts, place: number): void {
  const name = ['role', '__proto__', 'constructor', 'totalPoisha'][place % 4] ?? 'role'
  const holder = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : query
  // Assigning to __proto__ would set the prototype and send nothing.
  Object.defineProperty(holder, name, { value: { admin: true }, enumerable: true, configurable: true, writable: true })
}

function toJson(body: unknown): string | undefined {
  return body === undefined ? undefined : JSON.stringify(body)
}

interface Place {
  holder: Record<string, unknown>
  key: string
}

function placesOf({ params, query, headers, body }: Parts): Place[] {
  return [params, query, headers, body].flatMap(placesIn)
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Record<string, unknown>
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])])
}
