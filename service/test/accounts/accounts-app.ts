import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify from 'fastify'
import type { Test } from 'tap'
import type { AccountParts } from '../../src/accounts/account-parts.ts'
import { accountRoutes } from '../../src/accounts/account-routes.ts'
import type { SessionView } from '../../src/accounts/account-schemas.ts'
import { createAccount } from '../../src/accounts/create-account.ts'
import { createGuard, type Guard } from '../../src/accounts/guard.ts'
import { createPasswordHasher, type PasswordHasherOptions } from '../../src/accounts/password-hashing.ts'
import type { Role } from '../../src/accounts/role.ts'
import type { ShopApp } from '../../src/http/app-type.ts'
import { checkAnswers } from '../../src/http/checked-answers.ts'
import { answerErrors } from '../../src/http/error-answers.ts'
import { identifyShoppers } from '../../src/http/identify.ts'
import { serverOptions } from '../../src/http/server-options.ts'
import { readStringsStrictly } from '../../src/http/strict-strings.ts'
import type { KeyRing } from '../../src/tokens/keys.ts'
import { type TestShop, type TestShopOptions, useShop } from '../harness/shop.ts'

export interface AccountsOptions extends TestShopOptions {
  /** The guard's clock, in milliseconds. */
  now?: () => number
  functions?: PasswordHasherOptions['functions']
  limits?: AccountParts['limits']
  onLogin?: AccountParts['onLogin']
  /** Instead of the shop's own key ring. */
  keys?: KeyRing
  /** Routes of the test's own. */
  addRoutes?: (app: ShopApp, guard: Guard) => void
}

interface Answer<T> {
  status: number
  body: T
  headers: Record<string, unknown>
}

interface CallOptions {
  body?: unknown
  token?: string
  headers?: Record<string, string>
}

export interface TestAccounts extends TestShop {
  /** The routes of accounts alone, with parts that a test may watch. */
  app: ShopApp
  call<T = Record<string, unknown>>(method: Method, url: string, options?: CallOptions): Promise<Answer<T>>
  /** Registers somebody with the password below. */
  join(username: string): Promise<SessionView>
  /** Makes somebody of that role, as the operator does, and logs them in. */
  employ(username: string, role: Role): Promise<SessionView>
  logIn(username: string, password?: string): Promise<Answer<SessionView>>
  /** The status of GET /api/auth/me with this access token. */
  statusOfMe(accessToken: string): Promise<number>
}

type Method = 'GET' | 'POST' | 'PUT'

export const goodPassword = 'boat-on-the-Padma'

const noLimits = { check: async () => undefined, failed: async () => undefined }

/** The routes of accounts on a database of their own, or `beside` others as a second process of the same shop. */
export async function useAccounts(t: Test, options: AccountsOptions = {}): Promise<TestAccounts> {
  const running = await useShop(t, options)
  const shop = { ...running.shop, keys: options.keys ?? running.shop.keys }
  const app = fastify(serverOptions(shop)).withTypeProvider<TypeBoxTypeProvider>()
  answerErrors(app)
  readStringsStrictly(app)
  checkAnswers(app)
  await identifyShoppers(app, shop)
  const guard = createGuard({ database: shop.database, now: options.now })
  const hasher = createPasswordHasher({ functions: options.functions })
  accountRoutes(app, { shop, guard, hasher, limits: options.limits ?? noLimits, onLogin: options.onLogin })
  options.addRoutes?.(app, guard)
  await app.ready()
  t.teardown(() => app.close())

  async function call<T>(method: Method, url: string, { body, token, headers }: CallOptions = {}): Promise<Answer<T>> {
    const response = await app.inject({
      method,
      url,
      headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    return {
      status: response.statusCode,
      body: response.body === '' ? (null as T) : response.json<T>(),
      headers: response.headers,
    }
  }

  const logIn = (username: string, password = goodPassword) =>
    call<SessionView>('POST', '/api/auth/login', { body: { username, password } })

  return {
    ...running,
    shop,
    app,
    call,
    logIn,
    async join(username) {
      const answer = await call<SessionView>('POST', '/api/auth/register', {
        body: { username, password: goodPassword },
      })
      if (answer.status !== 201) throw new Error(`registering ${username} was answered ${answer.status}`)
      return answer.body
    },
    async employ(username, role) {
      await createAccount(shop.database, { username, password: goodPassword, role })
      return (await logIn(username)).body
    },
    async statusOfMe(accessToken) {
      return (await call('GET', '/api/auth/me', { token: accessToken })).status
    },
  }
}
