import type { FastifyInstance } from 'fastify'
import type { Sql } from 'postgres'
import { signAccessToken } from '../../src/accounts/access-token.ts'
import { startSession } from '../../src/accounts/sessions.ts'
import { stockGoods } from './goods.ts'
import type { Asker } from './requests.ts'
import type { TestShop } from './shop.ts'
import { createGuest } from './shopper.ts'

/** A shop that has people, goods and orders in it, and what only its clients know: passwords, codes, cursors. */
export interface Population {
  test: TestShop
  sql: Sql
  app: FastifyInstance
  /** How many units of each SKU there were at first. */
  stocked: Record<string, number>
  /** By username in small letters. */
  passwords: Map<string, string>
  /** Codes to reset a password, by username. */
  codes: Map<string, string>
  /** Refresh tokens that answers have brought. */
  refreshTokens: string[]
  /** The latest `next` of a list, by its path. */
  cursors: Map<string, string>
  /** A number that never came before. */
  fresh(): number
}

/** Accounts whose role nobody changes, so that there is always somebody of each. */
export const keptAccounts = [
  'keep_shopper_1',
  'keep_shopper_2',
  'keep_staff_1',
  'keep_staff_2',
  'keep_admin_1',
  'keep_admin_2',
]

const password = 'a-quiet-harbour-at-dawn'

export async function populate(test: TestShop): Promise<Population> {
  const { app, sql } = test
  const stocked = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`SKU-${n}`, n === 0 ? 0 : 200]))
  const units = Object.entries(stocked).map(([sku, units]) => [sku, { units, salePricePoisha: 40_000 }])
  await stockGoods(sql, Object.fromEntries(units))
  const passwords = new Map<string, string>()
  for (const username of [...keptAccounts, 'rahima', 'karim', 'nusrat', 'jamal']) {
    const answer = await app.inject({ method: 'POST', url: '/api/auth/register', payload: { username, password } })
    if (answer.statusCode !== 201) throw new Error(`${username} was not registered: ${answer.body}`)
    const role = /^keep_(.+)_\d$/.exec(username)?.[1] ?? 'shopper'
    await sql`update accounts set role = ${role} where username = ${username}`
    passwords.set(username, password)
  }
  let last = 0
  const population: Population = {
    test,
    sql,
    app,
    stocked,
    passwords,
    codes: new Map(),
    refreshTokens: [],
    cursors: new Map(),
    fresh: () => ++last,
  }
  await placeOrders(population)
  return population
}

/** Orders of every kind of shopper, paid in every way. */
async function placeOrders(population: Population): Promise<void> {
  for (const asker of ['guest', 'shopper', 'staff', 'admin'] as const) {
    for (const paymentMethod of ['cash_on_delivery', 'local', 'local']) {
      const headers: Record<string, string> =
        asker === 'guest' ? {} : { authorization: `Bearer ${(await signInAs(population, asker, 0)).token}` }
      const shopper = createGuest(population.test, headers)
      await shopper.add('SKU-1')
      const answer = await shopper.checkOut({ body: { paymentMethod } })
      if (answer.statusCode !== 201) throw new Error(`A ${asker} has no order: ${answer.body}`)
    }
  }
}

/** Somebody of that role, with a session that has just begun. */
export async function signInAs(population: Population, asker: Exclude<Asker, 'guest'>, n: number) {
  const { sql, test } = population
  const people = await sql<{ id: string; username: string; version: number }[]>`
    select id, username, version from accounts where role = ${asker} order by created_at, id`
  const account = people[n % people.length]
  if (!account) throw new Error(`There is no ${asker}`)
  const session = await startSession(sql, test.shop, account)
  if (!session) throw new Error(`There is no session for ${account.username}`)
  const { id: accountId, version } = account
  const token = signAccessToken(test.app, test.shop, { accountId, version, sessionId: session.sessionId })
  return { ...account, token, refreshToken: session.refreshToken }
}

/** Keeps what an answer told: a client would know it from then on. */
export function learn(
  population: Population,
  {
    path,
    body,
    answer,
  }: { path: string; body: unknown; answer: { statusCode: number; json(): unknown; body: string } },
): void {
  if (answer.statusCode >= 300 || answer.body === '' || !answer.body.startsWith('{')) return
  const told = answer.json() as { refreshToken?: string; next?: string; code?: string; account?: { username: string } }
  if (told.refreshToken) population.refreshTokens.push(told.refreshToken)
  if (told.next) population.cursors.set(path.replace(/\?.*/s, ''), told.next)
  if (told.code) population.codes.set(decodeURIComponent(path.split('/').at(-2) ?? '').toLowerCase(), told.code)
  const sent = (typeof body === 'object' && body !== null ? body : {}) as { newPassword?: string; password?: string }
  const chosen = sent.newPassword ?? sent.password
  if (told.account && typeof chosen === 'string') population.passwords.set(told.account.username.toLowerCase(), chosen)
}

/** Lets the time to pay of some orders run out, as time would: what is paid after that is due back. */
export async function letSomeExpire({ sql }: Population): Promise<void> {
  const expired = await sql<{ id: string }[]>`
    update orders set expires_at = now() - interval '1 second'
    where status = 'awaiting_payment' and right(number, 1) in ('1', '4', '7') returning id`
  const ids = expired.map(({ id }) => id)
  await sql`update reservations set expires_at = now() - interval '1 second' where order_id = any(${ids}::uuid[])`
}
