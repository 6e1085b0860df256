import { createHash, randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import { test } from 'tap'
import { DatabaseUnavailableError } from '../../src/database/database.ts'
import { facts } from '../../src/facts.ts'
import { createHousekeeping } from '../../src/housekeeping/housekeeping.ts'
import { prune, retentionRules } from '../../src/housekeeping/retention.ts'
import { createMetrics } from '../../src/operations/metrics.ts'
import type { Shop } from '../../src/shop.ts'
import { addAccount, letExpire, placeOrder, shelf, stockShelf } from '../harness/orders.ts'
import { until } from '../harness/poll.ts'
import { useShop } from '../harness/shop.ts'

/** As in a process of its own: the shop has registered its gauges already. */
const housekeepingOf = (shop: Shop, metrics = createMetrics()) => createHousekeeping({ ...shop, metrics })
const hash = (text: string) => createHash('sha256').update(text).digest()

/** One row of each kind that is kept, of this age, named so that it can be told who is left. */
async function addRows(sql: Sql, age: string, orderId: string): Promise<void> {
  const id = randomUUID()
  await sql`insert into outbox (topic, payload, delivered_at) values ('a.b', ${sql.json({ age })}, now() - ${age}::interval)`
  await sql`insert into outbox (topic, payload, created_at) values ('a.waits', ${sql.json({ age })}, now() - ${age}::interval)`
  await sql`insert into idempotency_keys (scope, key, request_hash, order_id, receipt, created_at)
    values ('age', ${age}, ${hash(age)}, ${orderId}, '{}', now() - ${age}::interval)`
  await sql`insert into payment_events (provider, event_id, outcome, received_at)
    values ('local', ${age}, 'placed', now() - ${age}::interval)`
  await sql`insert into carts (id, updated_at) values (${id}, now() - ${age}::interval)`
  const accountId = await addAccount(sql)
  await sql`insert into carts (account_id, updated_at) values (${accountId}, now() - ${age}::interval)`
  const [session] = await sql`insert into sessions (account_id, expires_at)
    values (${accountId}, now() - ${age}::interval) returning id`
  await sql`insert into refresh_tokens (token_hash, session_id) values (${hash(id)}, ${session?.id})`
}

async function count(sql: Sql): Promise<Record<string, number>> {
  const [row] = await sql`select
    (select count(*)::integer from outbox where topic = 'a.b') as delivered,
    (select count(*)::integer from outbox where topic = 'a.waits') as waiting,
    (select count(*)::integer from idempotency_keys where scope = 'age') as keys,
    (select count(*)::integer from payment_events) as events,
    (select count(*)::integer from carts where account_id is null and status = 'active') as "guestCarts",
    (select count(*)::integer from carts where account_id is null and status = 'ordered') as "orderedCarts",
    (select count(*)::integer from carts where account_id is not null) as carts,
    (select count(*)::integer from sessions) as sessions,
    (select count(*)::integer from refresh_tokens) as tokens`
  return row ?? {}
}

test('what is old is forgotten, what is not is kept, and nothing that an order needs goes', async (t) => {
  const { shop, sql } = await useShop(t)
  await stockShelf(sql, { 'TEA-1': 5 })
  const { id: orderId } = await placeOrder(sql)
  await sql`update carts set updated_at = now() - interval '1 year'`
  // Each age is just past one of the limits, or just before it.
  for (const age of ['23 hours', '25 hours', '6 days', '8 days', '29 days', '31 days', '89 days', '91 days']) {
    await addRows(sql, age, orderId)
  }
  await housekeepingOf(shop).runOnce()
  t.same(await count(sql), {
    delivered: 3,
    waiting: 8,
    keys: 1,
    events: 7,
    guestCarts: 5,
    orderedCarts: 1,
    carts: 8,
    sessions: 1,
    tokens: 1,
  })
  const [kept] = await sql`select count(*)::integer as n from orders`
  t.equal(kept?.n, 1)
})

test('many processes prune at once without waiting for each other or failing', async (t) => {
  const here = await useShop(t)
  const { sql } = here
  const there = await useShop(t, { beside: here })
  await sql`insert into outbox (topic, payload, delivered_at)
    select 'a.b', '{}', now() - interval '8 days' from generate_series(1, 5000)`
  await sql`insert into outbox (topic, payload, delivered_at)
    select 'a.b', '{}', now() - interval '6 days' from generate_series(1, 100)`
  const [outbox] = retentionRules
  if (!outbox) throw new Error('There is no rule')
  const pruned = await Promise.all([here, there, here, there].map(({ shop }) => prune(shop.database, outbox)))
  const rest = await prune(here.shop.database, outbox)
  t.equal(
    pruned.reduce((sum, each) => sum + each, rest),
    5_000,
  )
  t.equal((await count(sql)).delivered, 100)
})

test('a cart that somebody is working with is passed over', async (t) => {
  const { shop, sql } = await useShop(t)
  const [cart] = await sql`insert into carts (updated_at) values (now() - interval '31 days') returning id`
  await sql.begin(async (shopper) => {
    await shopper`select from carts where id = ${cart?.id} for update`
    await housekeepingOf(shop).runOnce()
  })
  t.equal((await count(sql)).guestCarts, 1)
})

test('orders that were not paid in time expire, and the gauges say what is left', async (t) => {
  const { shop, sql } = await useShop(t)
  await stockShelf(sql, { 'TEA-1': 9, 'CUP-1': 9 })
  const late = await placeOrder(sql, { paymentMethod: 'local', lines: { 'TEA-1': 2 } })
  await placeOrder(sql, { paymentMethod: 'local', lines: { 'TEA-1': 3 } })
  await letExpire(sql, late.id)
  await sql`update outbox set created_at = now() - interval '90 seconds' where id = (select min(id) from outbox)`
  await sql`insert into outbox (topic, payload, dead_at) values ('a.b', '{}', now())`
  const metrics = createMetrics()
  const housekeeping = housekeepingOf(shop, metrics)
  await housekeeping.runOnce()
  t.same(await shelf(sql), { onHand: 9, reserved: 3 })

  const gauge = async (name: string) => {
    const metric = await metrics.registry.getSingleMetric(name)?.get()
    return metric?.values[0]?.value
  }
  t.equal(await gauge(facts.metrics.reservationsActive), 3)
  t.equal(await gauge(facts.metrics.stockDrift), 0)
  t.equal(await gauge(facts.metrics.outboxDead), 1)
  const lag = (await gauge(facts.metrics.outboxLagSeconds)) ?? 0
  t.ok(lag >= 90 && lag < 120, `the oldest event waits for ${lag} s`)

  await sql`update stock set reserved = 2 where sku = 'TEA-1'`
  await sql`update stock set reserved = 1 where sku = 'CUP-1'`
  await housekeeping.runOnce()
  t.equal(await gauge(facts.metrics.stockDrift), 2, 'drifts of two SKUs do not cancel each other')
})

test('a task that fails does not keep the others from theirs', async (t) => {
  const logLines: string[] = []
  const { shop, sql } = await useShop(t, { logLines })
  await sql`alter table outbox rename to outbox_away`
  await sql`insert into payment_events (provider, event_id, outcome, received_at)
    values ('local', 'old', 'placed', now() - interval '91 days')`
  await housekeepingOf(shop).runOnce()
  t.same(await sql`select from payment_events`, [])
  const failed = logLines.map((line) => JSON.parse(line)).filter(({ level }) => level >= 50)
  t.match(failed, [{ worker: /delivered events/ }, { worker: /gauges/ }])
})

test('a database that is away is only logged', async (t) => {
  const logLines: string[] = []
  const { shop } = await useShop(t, { logLines })
  const away = () => Promise.reject(new DatabaseUnavailableError('connection'))
  await housekeepingOf({ ...shop, database: { ...shop.database, query: away, transaction: away } }).runOnce()
  const levels = new Set(logLines.map((line) => JSON.parse(line).level))
  t.same([...levels], [40])
})

test('started, it works by itself until it is stopped', async (t) => {
  const { shop, sql } = await useShop(t, { settings: { HOUSEKEEPING_MS: '100' } })
  await sql`insert into payment_events (provider, event_id, outcome, received_at)
    values ('local', 'old', 'placed', now() - interval '91 days')`
  const housekeeping = housekeepingOf(shop)
  housekeeping.start()
  await until('it was pruned', async () => (await sql`select from payment_events`).length === 0)
  await housekeeping.stop()
})
