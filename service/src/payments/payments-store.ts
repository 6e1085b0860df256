import type { ISql, TransactionSql } from 'postgres'
import type { Database } from '../database/database.ts'

/**
 * `pending`: asked for. `settled`: counted in what its order has paid. `refund_due`: taken, but its order could not use it, so that
 * it is owed back by itself. `mismatched`: of another amount or currency than its order.
 */
export type PaymentStatus = 'pending' | 'settled' | 'mismatched' | 'refund_due' | 'refunded'

export interface Payment {
  id: string
  orderId: string
  provider: string
  reference: string
  amountPoisha: number
  currency: string
  status: PaymentStatus
  createdAt: string
  updatedAt: string
}

export type NewPayment = Omit<Payment, 'id' | 'createdAt' | 'updatedAt'>

/** Remembers that a provider's event was seen. Waits for a twin that is being handled. @returns whether it is the first time. */
export async function rememberEvent(sql: TransactionSql, provider: string, eventId: string): Promise<boolean> {
  const rows = await sql`
    insert into payment_events (provider, event_id, outcome) values (${provider}, ${eventId}, 'received')
    on conflict do nothing returning 1`
  return rows.length > 0
}

export async function writeEventOutcome(
  sql: TransactionSql,
  provider: string,
  eventId: string,
  outcome: string,
): Promise<void> {
  await sql`update payment_events set outcome = ${outcome} where provider = ${provider} and event_id = ${eventId}`
}

/** The payment of a reference, locked; undefined when nobody heard of it yet. */
export async function lockPayment(
  sql: TransactionSql,
  provider: string,
  reference: string,
): Promise<Payment | undefined> {
  const [payment] = await sql<Payment[]>`
    select ${columns(sql)} from payments p where p.provider = ${provider} and p.reference = ${reference} for update`
  return payment
}

/** A payment of an order, locked. */
export async function lockPaymentById(sql: TransactionSql, orderId: string, id: string): Promise<Payment | undefined> {
  const [payment] = await sql<Payment[]>`
    select ${columns(sql)} from payments p where p.id = ${id} and p.order_id = ${orderId} for update`
  return payment
}

/** A payment went back by itself. */
export async function markRefunded(sql: TransactionSql, id: string): Promise<void> {
  await sql`update payments set status = 'refunded', updated_at = now() where id = ${id}`
}

/** Writes what is known of a payment now; a reference stays with the order that it came with. */
export async function writePayment(sql: TransactionSql, payment: NewPayment): Promise<void> {
  const { orderId, provider, reference, amountPoisha, currency, status } = payment
  await sql`
    insert into payments (order_id, provider, reference, amount_poisha, currency, status)
    values (${orderId}, ${provider}, ${reference}, ${amountPoisha}, ${currency}, ${status})
    on conflict (provider, reference) do update
    set amount_poisha = excluded.amount_poisha, currency = excluded.currency, status = excluded.status, updated_at = now()
    where payments.order_id = excluded.order_id`
}

/** Remembers a payment that was asked for; without effect when it is known already. */
export async function writePending(sql: TransactionSql, payment: Omit<NewPayment, 'status'>): Promise<void> {
  const { orderId, provider, reference, amountPoisha, currency } = payment
  await sql`
    insert into payments (order_id, provider, reference, amount_poisha, currency, status)
    values (${orderId}, ${provider}, ${reference}, ${amountPoisha}, ${currency}, 'pending') on conflict do nothing`
}

/** What these orders had counted as paid went back to their shoppers. */
export async function markOrderRefunded(sql: TransactionSql, orderIds: string[]): Promise<void> {
  await sql`
    update payments set status = 'refunded', updated_at = now()
    where order_id = any(${orderIds}::uuid[]) and status = 'settled'`
}

/** The payment of a reference; undefined when none was asked for or reported. */
export async function findPayment(
  database: Database,
  provider: string,
  reference: string,
): Promise<Payment | undefined> {
  const [payment] = await database.query(
    (sql) => sql<Payment[]>`
      select ${columns(sql)} from payments p where p.provider = ${provider} and p.reference = ${reference}`,
  )
  return payment
}

/** What providers said about an order, the oldest first. */
export function readPaymentsOf(database: Database, orderId: string): Promise<Payment[]> {
  return database.query(
    (sql) => sql<Payment[]>`
      select ${columns(sql)} from payments p where p.order_id = ${orderId} order by p.created_at, p.id`,
  )
}

function columns(sql: ISql) {
  return sql`p.id, p.order_id as "orderId", p.provider, p.reference, p.amount_poisha as "amountPoisha", p.currency, p.status,
    json_time_v1(p.created_at) as "createdAt", json_time_v1(p.updated_at) as "updatedAt"`
}

/** Deletes the ids of provider events older than 90 days: at most `limit`. A replay that old is refused by the time in its signature. */
export async function pruneProviderEvents(database: Pick<Database, 'query'>, limit: number): Promise<number> {
  const { count } = await database.query(
    (sql) => sql`
      with old as materialized (
        select provider, event_id from payment_events where received_at < now() - interval '90 days'
        order by received_at limit ${limit} for update skip locked)
      delete from payment_events using old
      where payment_events.provider = old.provider and payment_events.event_id = old.event_id`,
  )
  return count
}
