import type { TransactionSql } from 'postgres'
import type { Database } from '../database/database.ts'

/** A line of an order beside what there is of its SKU. */
export interface StockedLine {
  orderId: string
  sku: string
  quantity: number
  free: number
}

/**
 * Locks the stock of everything in these orders and says what there is. The orders are locked before; of all rows, those of the stock
 * come last and by SKU, as in place_order_v1: so no two writers ever wait for each other.
 */
export async function lockStock(sql: TransactionSql, orderIds: string[]): Promise<StockedLine[]> {
  await sql`
    select sku from stock
    where sku in (select l.sku from order_lines l where l.order_id = any(${orderIds}::uuid[]))
    order by sku for update`
  return sql<StockedLine[]>`
    select l.order_id as "orderId", l.sku, l.quantity, s.on_hand - s.reserved as free
    from order_lines l join stock s using (sku) where l.order_id = any(${orderIds}::uuid[])
    order by l.order_id, l.sku`
}

/** Gives back what these orders hold, each what its `stock_held` says. The orders and the stock are locked. */
export async function releaseStock(sql: TransactionSql, orderIds: string[]): Promise<void> {
  await sql`delete from reservations where order_id = any(${orderIds}::uuid[])`
  await sql`
    update stock s
    set on_hand = s.on_hand + held.taken, reserved = s.reserved - held.reserved, updated_at = now()
    from (
      select l.sku,
        coalesce(sum(l.quantity) filter (where o.stock_held = 'taken'), 0)::integer as taken,
        coalesce(sum(l.quantity) filter (where o.stock_held = 'reserved'), 0)::integer as reserved
      from order_lines l join orders o on o.id = l.order_id
      where o.id = any(${orderIds}::uuid[]) and o.stock_held <> 'none'
      group by l.sku
    ) held
    where s.sku = held.sku`
}

/** Takes an order's goods from the shelf: those that it has reserved, or anew. stock_not_oversold refuses what is not there. */
export async function takeStock(sql: TransactionSql, orderIds: string[]): Promise<void> {
  await sql`delete from reservations where order_id = any(${orderIds}::uuid[])`
  await sql`
    update stock s
    set on_hand = s.on_hand - wanted.quantity, reserved = s.reserved - wanted.reserved, updated_at = now()
    from (
      select l.sku, sum(l.quantity)::integer as quantity,
        coalesce(sum(l.quantity) filter (where o.stock_held = 'reserved'), 0)::integer as reserved
      from order_lines l join orders o on o.id = l.order_id
      where o.id = any(${orderIds}::uuid[]) and o.stock_held <> 'taken'
      group by l.sku
    ) wanted
    where s.sku = wanted.sku`
}

/** How many units are reserved, and by how many reservations and stock differ: one statement, so that both are of one moment. */
export async function readReservations(database: Database): Promise<{ units: number; drift: number }> {
  const [row] = await database.query(
    (sql) => sql<{ units: number; drift: number }[]>`
      select coalesce(sum(promised), 0)::integer as units, coalesce(sum(abs(promised - reserved)), 0)::integer as drift
      from (
        select s.reserved, coalesce(sum(r.quantity), 0) as promised
        from stock s left join reservations r using (sku) group by s.sku
      ) each_sku`,
  )
  return row ?? { units: 0, drift: 0 }
}
