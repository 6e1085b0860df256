import type { Sql } from 'postgres'

/**
 * The rules that hold for the books of a shop at any moment between two transactions; each query finds what breaks its rule.
 * Keys are pruned after a day, and housekeeping forgets old carts and events: that is not for the books of such a shop.
 */
const rules: Record<string, (sql: Sql) => PromiseLike<readonly object[]>> = {
  'stock is never negative, nor more reserved than there is': (sql) =>
    sql`select sku, on_hand, reserved from stock where on_hand < 0 or reserved < 0 or reserved > on_hand`,
  'what is reserved is the sum of the reservations': (sql) =>
    sql`select s.sku, s.reserved, coalesce(sum(r.quantity), 0) as reservations from stock s left join reservations r using (sku)
      group by s.sku having s.reserved <> coalesce(sum(r.quantity), 0)`,
  'an order has the reservations of its lines while it holds reserved stock, and otherwise none': (sql) =>
    sql`select o.id, o.stock_held, l.sku, l.quantity, r.quantity as reserved
      from orders o join order_lines l on l.order_id = o.id
        full join reservations r on r.order_id = o.id and r.sku = l.sku
      where coalesce(r.quantity, 0) is distinct from case when o.stock_held = 'reserved' then l.quantity else 0 end`,
  'every order has lines': (sql) =>
    sql`select o.id from orders o where not exists (select from order_lines l where l.order_id = o.id)`,
  'the lines add up to the subtotal, and with the fee of the zone to the total': (sql) =>
    sql`select o.id, o.subtotal_poisha, o.total_poisha, sum(l.quantity * l.unit_price_poisha) as lines
      from orders o join order_lines l on l.order_id = o.id join delivery_zones z using (zone)
      group by o.id, z.fee_poisha
      having sum(l.quantity * l.unit_price_poisha) <> o.subtotal_poisha or o.subtotal_poisha + o.shipping_poisha <> o.total_poisha
        or o.shipping_poisha <> z.fee_poisha`,
  'every order has one idempotency key': (sql) =>
    sql`select o.id, count(k.key) as keys from orders o left join idempotency_keys k on k.order_id = o.id
      group by o.id having count(k.key) <> 1`,
  'a cart is ordered exactly when there is an order of it': (sql) =>
    sql`select c.id, c.status, o.id as order from carts c full join orders o on o.cart_id = c.id
      where (c.status is not distinct from 'ordered') <> (o.id is not null)`,
  'every order tells the outside world and the audit trail, once, how it began': (sql) =>
    sql`select o.id from orders o left join order_events first on first.order_id = o.id and first.from_status is null
      where 1 <> (select count(*) from order_events e where e.order_id = o.id and e.from_status is null)
        or 1 <> (select count(*) from outbox e
            where e.topic = 'order.' || first.to_status and e.payload ->> 'orderId' = o.id::text)
        or 1 <> (select count(*) from audit_log a
            where a.action = 'order.' || first.to_status and a.subject = 'order:' || o.id)`,
}

/**
 * Holds the books against every rule, and against the units that were once put on the shelf, where a test knows them.
 * @returns one sentence for each breach; none: the books are equal.
 */
export async function checkBooks(sql: Sql, stocked: Record<string, number> = {}): Promise<string[]> {
  const breaches: string[] = []
  for (const [rule, find] of Object.entries(rules)) {
    for (const row of await find(sql)) breaches.push(`${rule}: ${JSON.stringify(row)}`)
  }
  const shelf = await sql<{ sku: string; onHand: number; taken: number }[]>`
    select s.sku, s.on_hand as "onHand", coalesce((select sum(l.quantity) from order_lines l join orders o on o.id = l.order_id
      where l.sku = s.sku and o.stock_held = 'taken'), 0)::integer as taken
    from stock s`
  for (const [sku, units] of Object.entries(stocked)) {
    const row = shelf.find((each) => each.sku === sku)
    if (row && row.onHand + row.taken === units) continue
    breaches.push(`of ${units} ${sku}, what is on the shelf and what was taken: ${JSON.stringify(row)}`)
  }
  return breaches
}
