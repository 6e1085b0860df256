import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import type { Test } from 'tap'

export interface TestOrder {
  id: string
  number: string
  totalPoisha: number
}

export interface OrderWish {
  /** Quantity by SKU. */
  lines?: Record<string, number>
  accountId?: string
  /** A provider's name: the order then awaits its payment with its stock reserved. */
  paymentMethod?: string
  phone?: string
}

const dhakaFeePoisha = 6_000

/** Puts SKUs on sale at 100 taka, with so many units each. */
export async function stockShelf(sql: Sql, units: Record<string, number>): Promise<void> {
  const [category] = await sql`
    insert into categories (slug, name_en, name_bn) values ('things', 'Things', 'জিনিস')
    on conflict (slug) do update set position = 0 returning id`
  for (const [sku, onHand] of Object.entries(units)) {
    const [product] = await sql`
      insert into products (slug, category_id, name_en, name_bn)
      values (${sku.toLowerCase()}, ${category?.id}, ${`Thing ${sku}`}, ${`জিনিস ${sku}`}) returning id`
    await sql`insert into variants (sku, product_id, price_poisha) values (${sku}, ${product?.id}, 10000)`
    await sql`insert into stock (sku, on_hand) values (${sku}, ${onHand})`
  }
}

/** Places an order as a checkout does: a cart, and one call of place_order_v1. Throws when it was refused. */
export async function placeOrder(sql: Sql, wish: OrderWish = {}): Promise<TestOrder> {
  const { lines = { 'TEA-1': 1 }, accountId = null, paymentMethod = 'cash_on_delivery', phone = '01712345678' } = wish
  const units = Object.values(lines).reduce((sum, quantity) => sum + quantity, 0)
  const total = units * 10_000 + dhakaFeePoisha
  const [cart] = await sql`insert into carts (account_id) values (${accountId}) returning id`
  for (const [sku, quantity] of Object.entries(lines)) {
    await sql`insert into cart_items (cart_id, sku, quantity) values (${cart?.id}, ${sku}, ${quantity})`
  }
  const [row] = await sql`
    select place_order_v1('test', ${randomUUID()}, sha256('test'), ${accountId}, ${accountId ? null : cart?.id}, 1, ${total},
      ${paymentMethod}, ${paymentMethod === 'cash_on_delivery' ? null : '10 minutes'}, 'Rahima Begum', ${phone},
      'House 7, Road 3', 'dhaka', null) as decided`
  if (row?.decided.decision !== 'placed') throw new Error(`The order was not placed: ${JSON.stringify(row?.decided)}`)
  return row.decided.receipt
}

/** An account that can be named by orders and tokens; nobody can log in to it. */
export async function addAccount(sql: Sql, role = 'shopper'): Promise<string> {
  const [account] = await sql`
    insert into accounts (username, password_hash, role)
    values (${`u${randomUUID().slice(0, 12).replaceAll('-', '')}`}, 'none', ${role}) returning id`
  return account?.id
}

/** Lets the time to pay of an order run out. */
export async function letExpire(sql: Sql, orderId: string): Promise<void> {
  await sql`update orders set expires_at = now() - interval '1 second' where id = ${orderId}`
  await sql`update reservations set expires_at = now() - interval '1 second' where order_id = ${orderId}`
}

/** What is on the shelf, and how much of it is reserved. */
export async function shelf(sql: Sql, sku = 'TEA-1'): Promise<{ onHand: number; reserved: number }> {
  const [row] = await sql<{ onHand: number; reserved: number }[]>`
    select on_hand as "onHand", reserved from stock where sku = ${sku}`
  if (!row) throw new Error(`There is no stock of ${sku}`)
  return row
}

/** Holds the books of stock and of money against each other. */
export async function checkBooks(t: Test, sql: Sql, unitsAtFirst: Record<string, number>): Promise<void> {
  await checkStock(t, sql, unitsAtFirst)
  const wrong = await sql`
    select o.id, o.paid_poisha from orders o
    where o.payment_method <> 'cash_on_delivery' and o.paid_poisha <> coalesce((
      select sum(p.amount_poisha) from payments p
      where p.order_id = o.id and (p.status = 'settled' or p.status = 'refunded' and o.status = 'refunded')), 0)`
  t.same(wrong, [], 'what orders have been paid is what payments were settled')
}

/** Every unit that there was is on the shelf or in an order, and reservations add up. */
export async function checkStock(t: Test, sql: Sql, unitsAtFirst: Record<string, number>): Promise<void> {
  const rows = await sql`
    select s.sku, s.on_hand, s.reserved,
      coalesce((select sum(quantity) from reservations r where r.sku = s.sku), 0)::integer as promised,
      coalesce((select sum(l.quantity) from order_lines l join orders o on o.id = l.order_id
        where l.sku = s.sku and o.stock_held = 'reserved'), 0)::integer as held,
      coalesce((select sum(l.quantity) from order_lines l join orders o on o.id = l.order_id
        where l.sku = s.sku and o.stock_held = 'taken'), 0)::integer as taken
    from stock s order by s.sku`
  for (const row of rows) {
    t.equal(row.on_hand + row.taken, unitsAtFirst[row.sku], `every unit of ${row.sku} is on the shelf or taken`)
    t.equal(row.reserved, row.promised, `reservations of ${row.sku} add up to what is reserved`)
    t.equal(row.reserved, row.held, `what is reserved of ${row.sku} is held by orders`)
  }
}

/** The states that an order went through, from its history. */
export async function historyOf(sql: Sql, orderId: string): Promise<string[]> {
  const rows = await sql<{ to_status: string }[]>`
    select to_status from order_events where order_id = ${orderId} order by id`
  return rows.map((row) => row.to_status)
}

/** How many of these actions the audit trail has of an order, and how many events the outbox. */
export async function traces(sql: Sql, orderId: string, action: string): Promise<{ audited: number; told: number }> {
  const [row] = await sql<{ audited: number; told: number }[]>`
    select
      (select count(*) from audit_log where subject = ${`order:${orderId}`} and action = ${action})::integer as audited,
      (select count(*) from outbox where payload ->> 'orderId' = ${orderId} and topic = ${action})::integer as told`
  return row ?? { audited: 0, told: 0 }
}
