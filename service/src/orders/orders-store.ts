import type { TransactionSql } from 'postgres'
import type { Actor } from '../audit/audit-store.ts'
import type { OrderMove, OrderStatus } from './order-moves.ts'

/** What a move must know of an order whose row it has locked. */
export interface LockedOrder {
  id: string
  number: string
  status: OrderStatus
  paymentMethod: string
  currency: string
  totalPoisha: number
  paidPoisha: number
  refundedPoisha: number
  stockHeld: 'none' | 'reserved' | 'taken'
}

/** Locks an order until the transaction ends; undefined when there is none. */
export async function lockOrder(sql: TransactionSql, id: string): Promise<LockedOrder | undefined> {
  const [order] = await sql<LockedOrder[]>`
    select ${columns(sql)} from orders o where o.id = ${id} for update`
  return order
}

/**
 * Locks up to `limit` orders that were not paid in time, the oldest first, and passes over those that somebody else has locked:
 * a payment may be arriving. With `skus`: those that hold any of them.
 */
export async function lockExpired(sql: TransactionSql, limit: number, skus?: string[]): Promise<LockedOrder[]> {
  const holding = skus
    ? sql`and exists (select from reservations r where r.order_id = o.id and r.sku = any(${skus}::text[]))`
    : sql``
  return sql<LockedOrder[]>`
    select ${columns(sql)} from orders o
    where o.status = 'awaiting_payment' and o.expires_at <= now() ${holding}
    order by o.expires_at limit ${limit} for update skip locked`
}

function columns(sql: TransactionSql) {
  return sql`o.id, o.number, o.status, o.payment_method as "paymentMethod", o.currency, o.total_poisha as "totalPoisha",
    o.paid_poisha as "paidPoisha", o.refunded_poisha as "refundedPoisha", o.stock_held as "stockHeld"`
}

/** Writes what a move makes of the locked orders, whose stock is settled already. */
export async function writeMove(sql: TransactionSql, orderIds: string[], move: OrderMove): Promise<LockedOrder[]> {
  const held = { none: sql`stock_held`, release: sql`'none'`, take: sql`'taken'` }[move.stock]
  const paid = {
    none: sql`paid_poisha`,
    collect: sql`paid_poisha + total_poisha`,
    collect_cash: sql`case when payment_method = 'cash_on_delivery' then total_poisha else paid_poisha end`,
    return: sql`paid_poisha`,
  }[move.money]
  const refunded = move.money === 'return' ? sql`paid_poisha` : sql`refunded_poisha`
  return sql<LockedOrder[]>`
    update orders o
    set status = ${move.to}, stock_held = ${held}, paid_poisha = ${paid}, refunded_poisha = ${refunded}, updated_at = now()
    where o.id = any(${orderIds}::uuid[])
    returning ${columns(sql)}`
}

/** Writes the moves into the orders' histories. */
export async function writeOrderEvents(
  sql: TransactionSql,
  orderIds: string[],
  event: { from: OrderStatus; to: OrderStatus; actor: Actor; note?: string },
): Promise<void> {
  const { from, to, actor, note } = event
  await sql`
    insert into order_events (order_id, from_status, to_status, actor_id, actor_role, note)
    select id, ${from}, ${to}, ${actor.id}::uuid, ${actor.role}, ${note ?? null}
    from unnest(${orderIds}::uuid[]) id`
}
