import type { Cart } from '../../src/cart/cart-schemas.ts'
import { isPaid } from '../../src/orders/move-order.ts'
import { movesFrom } from '../../src/orders/order-moves.ts'
import { proveId, sealId } from '../../src/tokens/signed-id.ts'
import { keptAccounts, type Population, signInAs } from './population.ts'
import type { DeclaredRoute } from './routes.ts'

type Row = Record<string, unknown>

/** Who sends a request to which route, and what has been chosen for it so far. */
export interface LiveContext {
  population: Population
  route: DeclaredRoute
  n: number
  asker: string
  account: { id: string; username: string; token: string } | undefined
  /** Values of fields that were filled in before this one. */
  chosen: Row
}

/** Finds something that exists, for a field by its name. Undefined: there is none, and the field is left out. */
type Find = (context: LiveContext) => Promise<unknown>

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(list.length, 1)]

/** The n-th of the latest rows. */
async function latestOf(n: number, rows: PromiseLike<readonly Row[]>): Promise<Row> {
  return pick(await rows, n) ?? {}
}

/** A product with one of its variants; for shoppers one that is for sale, for staff any. */
const goods = ({ population: { sql }, route, n }: LiveContext) =>
  latestOf(
    n,
    sql`select p.slug, v.sku, p.version as product, v.version as variant from products p
      left join variants v on v.product_id = p.id
      where ${route.url.startsWith('/api/admin')}::boolean or (p.active and v.active) order by p.created_at desc, p.id, v.sku limit 30`,
  )

/** An order that whoever asks may see, mostly one that the route can do something with. */
async function order(context: LiveContext): Promise<Row> {
  const { population, route, n, account } = context
  const { sql } = population
  const { url } = route
  if (url.includes(':paymentId')) return payment(context)
  const everybody = url.startsWith('/api/admin') || url.startsWith('/api/webhooks') || n % 6 === 0
  const awaiting = /pay$|webhooks/.test(url)
  return latestOf(
    n,
    sql`select id, number, phone, status, total_poisha as total, paid_poisha as paid, refunded_poisha as refunded from orders
      where ${everybody}::boolean or account_id is not distinct from ${account?.id ?? null}::uuid
      order by (status = 'awaiting_payment') = ${awaiting}::boolean desc, placed_at desc limit 12`,
  )
}

const payment = ({ population: { sql }, n }: LiveContext) =>
  latestOf(
    n,
    sql`select id as "paymentId", order_id as id, reference from payments
      order by status in ('refund_due', 'mismatched') desc, created_at desc limit 8`,
  )

/** The cart of whoever asks, with something in it. */
async function cart({
  population: { app },
  n,
  account,
  chosen,
}: LiveContext): Promise<Row & Pick<Partial<Cart>, 'lines'>> {
  const headers = account ? { authorization: `Bearer ${account.token}` } : tokenHeader(chosen['x-cart-token'])
  const read = (await app.inject({ url: '/api/cart', headers })).json()
  if (read.lines?.length > 0) return read
  const payload = { sku: `SKU-${1 + (n % 11)}`, quantity: 1 + (n % 3) }
  return (await app.inject({ method: 'POST', url: '/api/cart/items', headers, payload })).json()
}

function tokenHeader(token: unknown): Record<string, string> {
  return typeof token === 'string' ? { 'x-cart-token': token } : {}
}

const isNew = (route: DeclaredRoute, url: string) => route.method === 'POST' && route.url === url

/** What exists, by the names that fields, parameters and headers of the API have. */
export const liveFields: Record<string, Find> = {
  async slug(context) {
    if (isNew(context.route, '/api/admin/products') && context.n % 5 > 0) return `new-${context.population.fresh()}`
    return (await goods(context)).slug
  },
  async sku(context) {
    const { population, route, n } = context
    if (isNew(route, '/api/admin/products/:slug/variants') && n % 5 > 0) return `NEW-${population.fresh()}`
    if (route.url === '/api/cart/items/:sku') return (await cart(context)).lines?.[0]?.sku
    return (await goods(context)).sku ?? 'SKU-1'
  },
  async version(context) {
    const { product, variant } = await goods(context)
    return context.route.url.includes(':sku') ? (variant ?? 1) : product
  },
  category: async () => 'goods',
  q: async ({ n }) => pick(['the', 'sku', 'পণ্য', 'the sku-1', 'লাল'], n),
  subject: async (context) => `order:${(await order(context)).id}`,
  async after(context) {
    const { url } = context.route
    return url.endsWith('/orders') ? (await order(context)).id : context.population.cursors.get(url)
  },

  async username({ population: { sql, passwords, codes, fresh }, route, n }) {
    if (route.url.endsWith('/reset-password')) return pick([...codes.keys()], n) ?? 'karim'
    if (isNew(route, '/api/auth/register') && n % 6 > 0) return `new_${fresh()}`
    if (!route.url.startsWith('/api/admin')) return pick([...passwords.keys()], n)
    const others = await sql`
      select username from accounts where role <> 'admin' and username <> all(${keptAccounts}::text[]) order by created_at`
    return pick(others, n)?.username
  },
  async password({ population: { passwords, fresh }, route, chosen }) {
    if (isNew(route, '/api/auth/register')) return `a new harbour ${fresh()}`
    return passwords.get(String(chosen.username).toLowerCase())
  },
  newPassword: async ({ population: { fresh } }) => `another harbour ${fresh()}`,
  currentPassword: async ({ population: { passwords }, account }) =>
    passwords.get(String(account?.username).toLowerCase()),
  async code({ population, chosen }) {
    const known = population.codes.get(String(chosen.username))
    population.codes.delete(String(chosen.username))
    if (known !== undefined) return known
    const { token } = await signInAs(population, 'admin', 0)
    const url = `/api/admin/accounts/${chosen.username}/reset-code`
    const headers = { authorization: `Bearer ${token}` }
    return (await population.app.inject({ method: 'POST', url, headers })).json().code
  },
  async refreshToken({ population, n }) {
    // One of three was used before, or its session has ended.
    const old = pick(population.refreshTokens, n)
    return n % 3 === 0 && old !== undefined ? old : (await signInAs(population, 'shopper', n)).refreshToken
  },

  async 'x-cart-token'({ population: { sql, test }, n }) {
    const { id } = await latestOf(
      n,
      sql`select id from carts where account_id is null order by status = 'active' desc, updated_at desc limit 8`,
    )
    return typeof id === 'string' ? sealId(test.shop.keys, 'cart-token', id) : undefined
  },
  cartVersion: async (context) => (await cart(context)).version,
  async expectedTotalPoisha(context) {
    const { sql } = context.population
    const [zone] = await sql`select fee_poisha from districts join delivery_zones using (zone) where slug = 'dhaka'`
    return Number((await cart(context)).subtotalPoisha) + Number(zone?.fee_poisha)
  },
  district: async () => 'dhaka',
  addressLine: async ({ n }) => `House ${n}, Road 3, Dhanmondi`,
  'idempotency-key': async ({ population: { sql, fresh }, n }) => {
    const [used] = await sql`select key from idempotency_keys order by created_at desc limit 1`
    return n % 8 === 0 && used ? used.key : `key-${fresh()}`
  },

  id: async (context) => (await order(context)).id,
  paymentId: async (context) => (await payment(context)).paymentId,
  reference: async (context) => (await payment(context)).reference,
  'x-order-token': async (context) =>
    proveId(context.population.test.shop.keys, 'order-token', String((await order(context)).id)),
  number: async (context) => (await order(context)).number,
  async phone(context) {
    return context.route.url === '/api/checkout' ? '+880 1712-345678' : (await order(context)).phone
  },
  async to(context) {
    const { status, paid, refunded } = await order(context)
    const taken = isPaid({ paidPoisha: Number(paid), refundedPoisha: Number(refunded) })
    return pick(movesFrom(status as never, context.asker as never, taken), context.n)?.to ?? 'confirmed'
  },
  provider: async () => 'local',
}

/** What a payment provider tells of an order: mostly the truth. */
export async function paymentEvent(context: LiveContext): Promise<Row> {
  const { n, population } = context
  const { id, total } = await order(context)
  return {
    eventId: `event-${n % 6 === 0 ? 1 : population.fresh()}`,
    reference: `local-${id}`,
    orderId: id,
    amountPoisha: Number(total) - (n % 4 === 0 ? 1 : 0),
    currency: 'BDT',
    status: n % 7 === 0 ? 'failed' : 'paid',
  }
}
