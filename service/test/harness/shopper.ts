import { randomUUID } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import { signAccessToken } from '../../src/accounts/access-token.ts'
import type { Cart } from '../../src/cart/cart-schemas.ts'
import type { TestShop } from './shop.ts'

type Inject = TestShop['app']['inject']
export type Answer = Awaited<ReturnType<Inject>>

/** What a checkout sends; any part of it may be replaced. */
export interface CheckoutWishes {
  key?: string | null
  headers?: Record<string, string>
  body?: Record<string, unknown>
  delivery?: Record<string, unknown>
}

/** Somebody with a cart, who keeps the latest token and cart that an answer brought. */
export interface Shopper {
  headers: Record<string, string>
  cart: Cart
  send(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: InjectOptions['payload']): Promise<Answer>
  add(sku: string, quantity?: number): Promise<Answer>
  /** Checks out the cart as last seen, at its total to Dhaka, paid on delivery. */
  checkOut(wishes?: CheckoutWishes): Promise<Answer>
}

/** The fee of a delivery within Dhaka, in poisha, as migration 005 has it. */
export const dhakaFeePoisha = 6_000

export const recipient = {
  name: 'Rahima Khatun',
  phone: '01712345678',
  addressLine: 'House 7, Road 3, Dhanmondi',
  district: 'dhaka',
}

/** Somebody without an account. */
export function createGuest({ app }: Pick<TestShop, 'app'>, headers: Record<string, string> = {}): Shopper {
  const shopper: Shopper = {
    headers,
    cart: { version: 0, lines: [], itemCount: 0, subtotalPoisha: 0 },
    async send(method, url, payload) {
      const answer = await app.inject({ method, url, headers: shopper.headers, payload })
      if (url.startsWith('/api/cart') && answer.statusCode === 200) shopper.cart = answer.json()
      if (shopper.cart.cartToken) shopper.headers['x-cart-token'] = shopper.cart.cartToken
      return answer
    },
    add: (sku, quantity = 1) => shopper.send('POST', '/api/cart/items', { sku, quantity }),
    checkOut({ key = randomUUID(), headers: more, body, delivery } = {}) {
      const { version, subtotalPoisha } = shopper.cart
      return app.inject({
        method: 'POST',
        url: '/api/checkout',
        headers: { ...shopper.headers, ...(key === null ? {} : { 'idempotency-key': key }), ...more },
        payload: {
          cartVersion: version,
          expectedTotalPoisha: subtotalPoisha + dhakaFeePoisha,
          paymentMethod: 'cash_on_delivery',
          delivery: { ...recipient, ...delivery },
          ...body,
        },
      })
    },
  }
  return shopper
}

export interface AccountShopper extends Shopper {
  accountId: string
}

/** Somebody who is logged in. The account is made in the database: how one registers is another test's subject. */
export async function createAccount(shop: TestShop): Promise<AccountShopper> {
  const { sql, app } = shop
  const username = `shopper_${randomUUID().slice(0, 8)}`
  const [row] = await sql<{ accountId: string; sessionId: string }[]>`
    with account as (
      insert into accounts (username, password_hash) values (${username}, 'none') returning id)
    insert into sessions (account_id, expires_at) select id, now() + interval '1 day' from account
    returning account_id as "accountId", id as "sessionId"`
  if (!row) throw new Error('The account was not made.')
  const token = signAccessToken(app, shop.shop, { ...row, version: 1 })
  return Object.assign(createGuest(shop, { authorization: `Bearer ${token}` }), { accountId: row.accountId })
}

/** Guests, each with these quantities in the cart, filled a few at a time. */
export async function createGuests(
  shop: TestShop,
  count: number,
  goods: (n: number) => Record<string, number>,
): Promise<Shopper[]> {
  const guests = Array.from({ length: count }, () => createGuest(shop))
  await Promise.all(
    guests.map(async (guest, n) => {
      for (const [sku, quantity] of Object.entries(goods(n))) {
        const answer = await guest.add(sku, quantity)
        if (answer.statusCode !== 200) throw new Error(`A cart was not filled: ${answer.statusCode} ${answer.body}`)
      }
    }),
  )
  return guests
}

/** The settings of a shop that lets a herd queue up instead of refusing it: for tests of what is decided, not of how much is taken on. */
export const patient = {
  DATABASE_QUEUE_MAX: '1000',
  DATABASE_QUEUE_MAX_AGE_MS: '30000',
  DATABASE_DEADLINE_MS: '30000',
  RATE_LIMIT_ADDRESS_MAX: '100000',
}
