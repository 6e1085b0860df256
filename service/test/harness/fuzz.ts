import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { errors } from '../../src/errors.ts'
import { signatureHeader } from '../../src/payments/local-provider.ts'
import { signMessage } from '../../src/tokens/signed-message.ts'
import { Live } from './arbitrary.ts'
import { type LiveContext, liveFields, paymentEvent } from './live-fields.ts'
import { learn, type Population, signInAs } from './population.ts'
import { applyFaults, type GeneratedRequest, type Parts, requestsTo, type WireRequest } from './requests.ts'
import type { DeclaredRoute } from './routes.ts'

type Answer = Awaited<ReturnType<FastifyInstance['inject']>>

/** How the requests to a route were answered: how many with each status. */
export type Tally = Map<number, number>

export interface FuzzOptions {
  population: Population
  /** That of the population, or a copy of it. */
  app: FastifyInstance
  seed: number
  runs: number
  tally: Tally
}

/** Sends generated requests to a route until one is answered as none may be; then the smallest such, in words. */
export async function fuzzRoute(route: DeclaredRoute, options: FuzzOptions): Promise<string | undefined> {
  const { seed, runs, tally } = options
  const property = fc.asyncProperty(requestsTo(route, Object.keys(liveFields)), async (generated) => {
    const { request, answer } = await send(route, generated, options)
    const problem = complaint(answer)
    tally.set(answer.statusCode, (tally.get(answer.statusCode) ?? 0) + 1)
    if (problem) throw new Error(`${problem}\n${generated.asker}: ${JSON.stringify(request)}`)
  })
  const run = await fc.check(property, {
    seed,
    numRuns: runs,
    includeErrorInReport: true,
    interruptAfterTimeLimit: 20_000,
  })
  return run.failed ? `${route.name}: ${fc.defaultReportMessage(run)}` : undefined
}

/** What is wrong with an answer, whatever was asked. */
export function complaint({
  statusCode,
  body,
  json,
}: Pick<Answer, 'statusCode' | 'body' | 'json'>): string | undefined {
  if (statusCode >= 500) return `answered ${statusCode}: ${body}`
  if (statusCode === 429) return 'a limit hides the route'
  const told = body.startsWith('{') ? json() : {}
  if (told.webhookStatus >= 500) return `our webhook answered ${told.webhookStatus}`
  if (statusCode < 400) return undefined
  const { code, message, requestId } = told
  if (!(code in errors) || typeof message !== 'string' || typeof requestId !== 'string')
    return `is no error of ours: ${body}`
  return undefined
}

async function send(
  route: DeclaredRoute,
  { asker, n, parts, faults }: GeneratedRequest,
  { population, app }: FuzzOptions,
) {
  const account = asker === 'guest' ? undefined : await signInAs(population, asker, n)
  const context: LiveContext = { population, route, n, asker, account, chosen: {} }
  const other = faults.find(({ kind }) => kind === 'other live')
  const live = await fillIn(context, parts, other?.place)
  const isWebhook = route.url.startsWith('/api/webhooks')
  if (isWebhook) live.body = await paymentEvent(context)
  const request = applyFaults(live, faults)
  const answer = await app.inject({
    method: route.method as 'GET',
    url: urlOf(route, request),
    headers: {
      ...(request.mediaType ? { 'content-type': request.mediaType } : {}),
      ...(account ? { authorization: `Bearer ${account.token}` } : {}),
      ...(isWebhook && n % 9 > 0 ? signatureOf(population, request.body) : {}),
      ...headersOf(request),
    },
    payload: request.body,
    // Each from its own address: what limits count by.
    remoteAddress: `10.${population.fresh() % 250}.${n % 250}.7`,
  })
  learn(population, { path: urlOf(route, request), body: live.body, answer })
  return { request: { ...request, url: urlOf(route, request) }, answer }
}

/** Puts what exists into the places for it; with `otherPlace`, one of them is about something else than the rest. */
async function fillIn(context: LiveContext, parts: Parts, otherPlace?: number): Promise<Parts> {
  let place = 0
  const fill = async (value: unknown): Promise<unknown> => {
    if (value instanceof Live) {
      const n = place++ === (otherPlace ?? -1) % 3 ? value.n + 1 : value.n
      const found = await liveFields[value.field]?.({ ...context, n })
      context.chosen[value.field] = found
      return found
    }
    if (Array.isArray(value)) return Promise.all(value.map(fill))
    if (typeof value !== 'object' || value === null) return value
    const filled: Record<string, unknown> = {}
    for (const [name, each] of Object.entries(value)) {
      const found = await fill(each)
      if (found !== undefined)
        Object.defineProperty(filled, name, { value: found, enumerable: true, writable: true, configurable: true })
    }
    return filled
  }
  // The cart first, then what is in it; the username before its password.
  const headers = await fill(parts.headers)
  const params = await fill(parts.params)
  const query = await fill(parts.query)
  return { headers, params, query, body: await fill(parts.body) } as Parts
}

function urlOf({ url }: DeclaredRoute, { params, query }: WireRequest): string {
  const path = url.replace(/:(\w+)/g, (_match, name: string) => encodeURIComponent(asText(params[name] ?? '')))
  const search = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(asText(value))}`,
  )
  return search.length > 0 ? `${path}?${search.join('&')}` : path
}

/** Without what no HTTP client could send in a header. */
function headersOf({ headers }: WireRequest): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, asText(value).replace(/[^\x20-\x7e]/g, '?')]),
  )
}

function asText(value: unknown): string {
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed()
}

function signatureOf({ test: { shop } }: Population, body: string | undefined): Record<string, string> {
  return { [signatureHeader]: signMessage(shop.secret('paymentWebhookSecret') ?? '', body ?? '', new Date()) }
}
