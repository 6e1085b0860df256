import { type Test, test } from 'tap'
import { Type } from 'typebox'
import { buildApp } from '../src/app.ts'
import { errorResponses } from '../src/errors.ts'
import type { ShopApp } from '../src/http/app-type.ts'
import { createMetrics } from '../src/operations/metrics.ts'
import { checkBooks } from './harness/books.ts'
import { fuzzRoute, type Tally } from './harness/fuzz.ts'
import { letSomeExpire, type Population, populate } from './harness/population.ts'
import { type DeclaredRoute, type JsonSchema, watchRoutes } from './harness/routes.ts'
import { type TestShop, useShop } from './harness/shop.ts'

// Another seed finds other things, more runs find more: FUZZ_SEED=$RANDOM FUZZ_RUNS=500 npm test -- service/test/routes.test.ts
const seed = Number(process.env.FUZZ_SEED ?? 20_260_416)
const runsPerRoute = Number(process.env.FUZZ_RUNS ?? 48)
const rounds = 6

/** What Fastify's validation, and whoever asks without leave, is answered with. */
const refusals = new Set([400, 401, 403, 413, 415, 429])

/** Limits high enough that they hide no route. */
const settings = {
  RATE_LIMIT_SHOPPER_MAX: '1000000',
  RATE_LIMIT_ADDRESS_MAX: '1000000',
  LOGIN_FAILURES_MAX: '1000',
  LOGIN_FAILURES_ACCOUNT_MAX: '10000',
  LOGIN_FAILURES_ADDRESS_MAX: '100000',
  ORDER_LOOKUPS_MAX: '10000',
}

const withoutTag: Record<string, string> = { 'GET /health': 'it belongs to no part of the shop' }
const withoutBody: Record<string, string> = {
  'POST /api/auth/logout': 'the session says it all',
  'POST /api/auth/logout-everywhere': 'the account says it all',
  'POST /api/admin/accounts/:username/reset-code': 'the path says it all',
  'POST /api/orders/:id/cancel': 'the path says it all',
  'POST /api/orders/:id/pay': 'the path says it all',
  'POST /api/webhooks/payments/:provider':
    'what was signed are its bytes; the provider reads them, and holds them against a schema of its own',
}

interface Document {
  paths: Record<string, Record<string, { responses: object }>>
}

async function openRoutes(t: Test): Promise<{ test: TestShop; routes: DeclaredRoute[] }> {
  const { built, routes } = await watchRoutes(() => useShop(t, { settings }))
  return { test: built, routes: routes.filter(({ schema }) => !schema.hide) }
}

/** The objects in a schema that take fields which they do not name, by their path. */
function openObjects(schema: JsonSchema, path: string): string[] {
  const nested = Object.entries(schema.properties ?? {}).flatMap(([name, each]) => openObjects(each, `${path}.${name}`))
  const items = schema.items ? openObjects(schema.items, `${path}[]`) : []
  const anyOf = (schema.anyOf ?? []).flatMap((each, n) => openObjects(each, `${path}|${n}`))
  const open = schema.type === 'object' && schema.additionalProperties !== false ? [path] : []
  return [...open, ...nested, ...items, ...anyOf]
}

/** What is not as it should be about how a route declares itself, in sentences. */
function undeclared({ name, schema }: DeclaredRoute): string[] {
  const statuses = Object.keys(schema.response ?? {})
  const takesAccount = schema.security?.some((each) => 'account' in each) ?? false
  const wanted = name === 'GET /health' ? [] : ['400', '429', '500', '503', ...(takesAccount ? ['401'] : [])]
  return [
    ...(schema.summary ? [] : ['has no summary']),
    ...(schema.tags?.length === 1 || name in withoutTag ? [] : ['is not in one part of the document']),
    ...(statuses.some((status) => status.startsWith('2')) ? [] : ['does not say how it succeeds']),
    ...wanted.filter((status) => !statuses.includes(status)).map((status) => `does not declare ${status}`),
  ]
}

test('every route says what it is for, and declares each of its answers', async (t) => {
  const { test, routes } = await openRoutes(t)
  t.ok(routes.length >= 40, `${routes.length} routes are seen`)
  const document: Document = (await test.app.inject('/api/openapi.json')).json()
  for (const route of routes) {
    t.same(undeclared(route), [], route.name)
    const documented = document.paths[route.url.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()]
    const statuses = Object.keys(route.schema.response ?? {})
    t.same(
      Object.keys(documented?.responses ?? {}).sort(),
      statuses.sort(),
      `${route.name} is documented as it is declared`,
    )
  }
})

test('every object that comes in or goes out is closed', async (t) => {
  const { routes } = await openRoutes(t)
  for (const { name, schema } of routes) {
    const { body, querystring, params, response = {} } = schema
    const open = Object.entries({ body, querystring, params, ...response }).flatMap(([part, each]) =>
      each ? openObjects(each, part) : [],
    )
    t.same(open, [], name)
  }
})

test('every body and every path names its required fields', async (t) => {
  const { routes } = await openRoutes(t)
  for (const { name, method, url, schema } of routes) {
    const inPath = [...url.matchAll(/:(\w+)/g)].map(([, field]) => field)
    t.same(schema.params?.required ?? [], inPath, `${name}: the path`)
    const takesBody = schema.body !== undefined || name in withoutBody
    if (method === 'GET' || method === 'DELETE') t.equal(schema.body, undefined, `${name} takes no body`)
    else t.ok(takesBody, `${name} says what its body is`)
    if (schema.body) t.ok((schema.body.required ?? []).length > 0, `${name}: the body`)
  }
})

function share(tally: Tally, counts: (status: number) => boolean): number {
  const sum = (statuses: [number, number][]) => statuses.reduce((total, [, count]) => total + count, 0)
  return sum([...tally].filter(([status]) => counts(status))) / Math.max(1, sum([...tally]))
}

function describe(name: string, tally: Tally): string {
  const percent = (counts: (status: number) => boolean) => `${Math.round(100 * share(tally, counts))} %`.padStart(5)
  const statuses = [...tally].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
  const passed = percent((status) => !refusals.has(status))
  return `${passed} passed, ${percent((status) => status < 400)} done  ${name.padEnd(60)} ${statuses.join(', ')}`
}

/** Requests to all routes in turns, so that each meets what the others have done. */
async function fuzzAll(population: Population, routes: DeclaredRoute[]) {
  const tallies = new Map<string, Tally>(routes.map(({ name }) => [name, new Map()]))
  const failures: string[] = []
  for (let round = 0; round < rounds; round++) {
    for (const [place, route] of routes.entries()) {
      const tally = tallies.get(route.name) ?? new Map()
      const runs = Math.ceil(runsPerRoute / rounds)
      const failure = await fuzzRoute(route, {
        population,
        app: population.app,
        seed: seed + 1_000 * round + place,
        runs,
        tally,
      })
      if (failure) failures.push(failure)
    }
    await letSomeExpire(population)
  }
  return { tallies, failures }
}

test(`whatever is sent, no route fails (seed ${seed}, ${runsPerRoute} requests to each)`, async (t) => {
  const { test, routes } = await openRoutes(t)
  const population = await populate(test)
  const { tallies, failures } = await fuzzAll(population, routes)
  t.same(failures, [], 'every answer is one that the route declares, and none is 5xx')
  const table = [...tallies].map(([name, tally]) => describe(name, tally))
  const passing = [...tallies].filter(([, tally]) => share(tally, (status) => !refusals.has(status)) < 0.3)
  const idle = [...tallies].filter(([, tally]) => share(tally, (status) => status < 400) === 0)
  t.same(
    passing.map(([name]) => name),
    [],
    'at least 30 % of the requests to each route are valid and allowed',
  )
  t.same(
    idle.map(([name]) => name),
    [],
    'every route has also done what it is for',
  )
  if (passing.length + idle.length > 0 || process.env.FUZZ_TABLE) t.comment(`\n${table.join('\n')}`)
  t.same(await checkBooks(test.sql, await unitsEver(population)), [], 'and the books are equal')
})

/** How many units of each SKU there were at first, and came with adjustments. */
async function unitsEver({ sql, stocked }: Population): Promise<Record<string, number>> {
  const adjusted = await sql<{ sku: string; delta: number }[]>`
    select split_part(subject, ':', 2) as sku, sum((after ->> 'onHand')::integer - (before ->> 'onHand')::integer)::integer as delta
    from audit_log where action = 'stock.adjusted' group by subject`
  const deltas = Object.fromEntries(adjusted.map(({ sku, delta }) => [sku, delta]))
  return Object.fromEntries(Object.entries(stocked).map(([sku, units]) => [sku, units + (deltas[sku] ?? 0)]))
}

test('a route that throws at few of its requests is found', async (t) => {
  const test = await useShop(t, { settings })
  const population = await populate(test)
  const { built, routes } = await watchRoutes(async () => {
    const app = await buildApp({ ...test.shop, metrics: createMetrics() })
    plantThrow(app)
    return { app }
  })
  t.teardown(() => built.app.close())
  const planted = routes.find(({ name }) => name === 'POST /test/planted')
  if (!planted) throw new Error('The planted route is not there.')
  const options = { population, app: built.app, seed, runs: runsPerRoute, tally: new Map() }
  t.match(await fuzzRoute(planted, options), /answered 500.*internal_error/)
})

function plantThrow(app: ShopApp): void {
  const body = Type.Object({ quantity: Type.Integer({ minimum: 0, maximum: 100 }) }, { additionalProperties: false })
  const response = { 204: Type.Null(), ...errorResponses() }
  app.post('/test/planted', { schema: { body, response } }, async (request, reply) => {
    if (request.body.quantity % 10 === 7) throw new Error('planted')
    return reply.code(204).send(null)
  })
}
