import { randomBytes, randomUUID } from 'node:crypto'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type InjectOptions, type LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import { Type } from 'typebox'
import { signAccessToken } from '../../src/accounts/access-token.ts'
import { ShopError } from '../../src/errors.ts'
import type { ShopApp } from '../../src/http/app-type.ts'
import { answerErrors } from '../../src/http/error-answers.ts'
import { healthRoute } from '../../src/http/health.ts'
import { identifyShoppers } from '../../src/http/identify.ts'
import { answerUnknownPaths } from '../../src/http/not-found.ts'
import { serverOptions } from '../../src/http/server-options.ts'
import { type Limits, type LimitsOptions, limitRequests } from '../../src/limits/limits.ts'
import { createMetrics, type ShopMetrics } from '../../src/operations/metrics.ts'
import { createLifecycle } from '../../src/process/lifecycle.ts'
import { createLogger } from '../../src/process/logger.ts'
import { readSettings } from '../../src/settings/settings.ts'
import type { Shop } from '../../src/shop.ts'
import { createKeyRing, type KeyRing } from '../../src/tokens/keys.ts'
import { sealId } from '../../src/tokens/signed-id.ts'

export interface LimitedAppOptions extends LimitsOptions {
  /** Settings by their name in the environment. */
  settings?: Record<string, string>
  redisUrl?: () => string | undefined
  /** Keeps a verification of a password going until it resolves. */
  verifying?: () => Promise<void>
  logLines?: string[]
}

export interface LimitedApp {
  app: ShopApp
  limits: Limits
  metrics: ShopMetrics
  /** How many passwords were verified. */
  verified(): number
  get(url: string, options?: InjectOptions): Promise<LightMyRequestResponse>
  /** A login from an address; the right password is `right`, `broken` is a failure of ours, `late` is wrong and found out after the answer. */
  login(username: string, password: string, address?: string): Promise<LightMyRequestResponse>
  accountToken(): string
  cartToken(): string
}

/** The limits in a small application: the real parts around them, and routes that do nothing. */
export async function useLimitedApp(t: Test, options: LimitedAppOptions = {}): Promise<LimitedApp> {
  const keys = createKeyRing(() => jwtKeys)
  const shop = makeShop(keys, options)
  const app: ShopApp = fastify(serverOptions(shop)).withTypeProvider<TypeBoxTypeProvider>()
  answerErrors(app)
  answerUnknownPaths(app)
  await identifyShoppers(app, shop)
  const limits = await limitRequests(app, shop, options)
  healthRoute(app)
  let verified = 0
  plainRoutes(app)
  loginRoute(app, limits, async () => {
    verified += 1
    await options.verifying?.()
  })
  app.get('/lookup/:number', { schema: { params: Type.Object({ number: Type.String() }) } }, async (request) => {
    await limits.lookupLimit(request, request.params.number)
    return { found: true }
  })
  await app.ready()
  t.teardown(() => app.close())
  return {
    app,
    limits,
    metrics: shop.metrics,
    verified: () => verified,
    get: (url, inject = {}) => app.inject({ method: 'GET', url, ...inject }),
    login: (username, password, remoteAddress = '203.0.113.1') =>
      app.inject({ method: 'POST', url: '/login', payload: { username, password }, remoteAddress }),
    accountToken: () => signAccessToken(app, shop, { accountId: randomUUID(), sessionId: randomUUID(), version: 1 }),
    cartToken: () => sealId(keys, 'cart-token', randomUUID()),
  }
}

const jwtKeys = JSON.stringify({ active: 'test', keys: { test: randomBytes(32).toString('base64') } })

function makeShop(keys: KeyRing, options: LimitedAppOptions): Shop {
  const settings = readSettings({
    DATABASE_URL: 'postgres://nowhere',
    DATABASE_TLS: 'off',
    JWT_KEYS: jwtKeys,
    ...options.settings,
  })
  const lines = options.logLines
  return {
    settings,
    keys,
    database: noDatabase,
    log: createLogger(lines ? 'info' : 'silent', { write: (line) => lines?.push(line) }),
    lifecycle: createLifecycle(),
    metrics: createMetrics(),
    secret: (name) => (name === 'redisUrl' ? options.redisUrl?.() : undefined),
    checksAnswers: false,
  }
}

/** Limits ask no database; one that did would fail here. */
const noDatabase = new Proxy({} as Shop['database'], {
  get: () => {
    throw new Error('A limit asked the database.')
  },
})

function plainRoutes(app: ShopApp): void {
  app.get('/basket', () => ({ is: 'basket' }))
  app.get('/orders', () => ({ is: 'orders' }))
  app.get('/page', { config: { limit: 'address' } }, (_request, reply) => {
    reply.header('cache-control', 'public, s-maxage=5')
    return { is: 'page' }
  })
}

function loginRoute(app: ShopApp, { loginLimits }: Limits, verify: () => Promise<void>): void {
  const body = Type.Object({ username: Type.String(), password: Type.String() })
  app.post('/login', { schema: { body }, config: { limit: 'address' } }, async (request, reply) => {
    const { username, password } = request.body
    await loginLimits.check(request, username)
    await verify()
    if (password === 'broken') throw new ShopError('unavailable', { retryAfterSeconds: 1 })
    // What handlerTimeout does: the client has its answer, the handler runs on.
    if (password === 'late') await reply.code(503).send({ is: 'late' })
    if (password === 'right') return { welcome: username }
    await loginLimits.failed(request, username)
    if (reply.sent) return reply
    throw new ShopError('wrong_credentials')
  })
}
