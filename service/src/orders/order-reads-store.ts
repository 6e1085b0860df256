import type { ISql } from 'postgres'
import type { Database } from '../database/database.ts'
import type { OrderStatus } from './order-moves.ts'
import type { OrderPage, OrderSummary, Receipt } from './order-schemas.ts'

export interface OrderEvent {
  from: OrderStatus | null
  to: OrderStatus
  at: string
  actorId: string | null
  actorRole: string
  note: string | null
}

/** All that is stored about an order; what of it anybody may see is decided by whoever answers. */
export interface StoredOrder extends Receipt {
  accountId: string | null
  paidPoisha: number
  refundedPoisha: number
  stockHeld: 'none' | 'reserved' | 'taken'
  updatedAt: string
  events: OrderEvent[]
}

/** The order, if it belongs to the account or its reader has proven to be its holder; undefined as if there were none otherwise. */
export function readOrderOf(
  database: Database,
  id: string,
  holder: { accountId: string | null; proven: boolean },
): Promise<StoredOrder | undefined> {
  return readOne(
    database,
    (sql) => sql`o.id = ${id} and (o.account_id = ${holder.accountId}::uuid or ${holder.proven}::boolean)`,
  )
}

/** Any order: for staff. */
export function readOrder(database: Database, id: string): Promise<StoredOrder | undefined> {
  return readOne(database, (sql) => sql`o.id = ${id}`)
}

/** For a guest who has nothing but the number and the phone that the order was placed with. */
export function readOrderByNumber(database: Database, number: string, phone: string): Promise<StoredOrder | undefined> {
  return readOne(database, (sql) => sql`o.number = ${number} and o.phone = ${phone}`)
}

type Condition = (sql: ISql) => ReturnType<ISql>

async function readOne(database: Database, condition: Condition): Promise<StoredOrder | undefined> {
  const [order] = await database.query(
    (sql) => sql<StoredOrder[]>`
      select o.id, o.number, o.status, o.payment_method as "paymentMethod", json_time_v1(o.placed_at) as "placedAt",
        json_time_v1(o.expires_at) as "expiresAt", o.subtotal_poisha as "subtotalPoisha", o.shipping_poisha as "shippingPoisha",
        o.total_poisha as "totalPoisha", o.currency, o.account_id as "accountId", o.paid_poisha as "paidPoisha",
        o.refunded_poisha as "refundedPoisha", o.stock_held as "stockHeld", json_time_v1(o.updated_at) as "updatedAt",
        jsonb_build_object('name', o.recipient_name, 'phone', o.phone, 'addressLine', o.address_line, 'district', o.district,
          'zone', o.zone) as delivery,
        (select jsonb_agg(jsonb_build_object(
            'sku', l.sku,
            'productSlug', l.product_slug,
            'name', jsonb_build_object('en', l.name_en, 'bn', l.name_bn),
            'variant', case when l.variant_en is null then null
              else jsonb_build_object('en', l.variant_en, 'bn', l.variant_bn) end,
            'quantity', l.quantity,
            'unitPricePoisha', l.unit_price_poisha,
            'linePoisha', l.quantity * l.unit_price_poisha) order by l.sku)
          from order_lines l where l.order_id = o.id) as lines,
        (select jsonb_agg(jsonb_build_object('from', e.from_status, 'to', e.to_status, 'at', json_time_v1(e.at),
            'actorId', e.actor_id, 'actorRole', e.actor_role, 'note', e.note) order by e.id)
          from order_events e where e.order_id = o.id) as events
      from orders o where ${condition(sql)}`,
  )
  return order
}

export interface PageRequest {
  limit: number
  /** The id of the last order of the page before. */
  after?: string
}

export interface OrderFilter {
  /** Only those of an account. */
  accountId?: string
  status?: OrderStatus
}

/**
 * Orders, the newest first. A page begins behind an order rather than behind a number of orders, so that orders that are placed
 * meanwhile shift nothing. `after` names it by id alone: its time has microseconds, which a client's clock would cut.
 */
export async function listOrders(
  database: Database,
  { accountId, status }: OrderFilter,
  { limit, after }: PageRequest,
): Promise<OrderPage> {
  const rows = await database.query((sql) => {
    const owner = accountId ? sql`account_id = ${accountId}` : sql`true`
    return sql<OrderSummary[]>`
      select id, number, status, payment_method as "paymentMethod", json_time_v1(placed_at) as "placedAt",
        total_poisha as "totalPoisha", currency,
        (select sum(l.quantity)::integer from order_lines l where l.order_id = orders.id) as units
      from orders
      where ${owner} ${status ? sql`and status = ${status}` : sql``}
        ${after ? sql`and (placed_at, id) < (select placed_at, id from orders where id = ${after} and ${owner})` : sql``}
      order by placed_at desc, id desc
      limit ${limit + 1}`
  })
  const items = rows.slice(0, limit)
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}
