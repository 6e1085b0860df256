import type { JSONValue, TransactionSql } from 'postgres'
import type { Database } from '../database/database.ts'

export interface OutboxEvent {
  /** `<subject>.<what happened>`, such as `order.shipped`. */
  topic: string
  /** Ids, states and amounts; never a person's name, phone or address, for it leaves the shop. */
  payload: JSONValue
}

export interface ClaimedEvent extends OutboxEvent {
  /** Rises with the order in which events were written; consumers that need an order sort by it. */
  id: number
  eventId: string
  createdAt: Date
  /** This one included. */
  attempts: number
}

/** Tells the world, as soon as (and only if) the transaction commits. */
export async function writeEvents(sql: TransactionSql, events: OutboxEvent[]): Promise<void> {
  await sql`
    insert into outbox (topic, payload)
    select topic, payload from jsonb_to_recordset(${sql.json(events as unknown as JSONValue)}) as event (topic text, payload jsonb)`
}

/**
 * Takes up to `limit` events that are due, the oldest first, for `leaseMs`: so long nobody else is given them. Who crashes with
 * an event in hand leaves it to be claimed again when the lease is over.
 *
 * The CTE is materialised because without it one relay was seen to claim all 200 events with a batch of 7: probably a plan of nested
 * loops, which may run the subquery anew for each row.
 */
export function claimEvents(database: Database, limit: number, leaseMs: number): Promise<ClaimedEvent[]> {
  return database.query(
    (sql) => sql<ClaimedEvent[]>`
      with due as materialized (
        select id from outbox
        where delivered_at is null and dead_at is null and available_at <= now()
        order by available_at, id limit ${limit} for update skip locked
      )
      update outbox o
      set attempts = o.attempts + 1, available_at = now() + ${leaseMs} * interval '1 millisecond'
      from due where o.id = due.id
      returning o.id, o.event_id as "eventId", o.topic, o.payload, o.created_at as "createdAt", o.attempts`,
  )
}

export async function markDelivered(database: Database, ids: number[]): Promise<void> {
  await database.query(
    (sql) => sql`update outbox set delivered_at = now(), last_error = null where id = any(${ids}::bigint[])`,
  )
}

export interface FailedDelivery {
  id: number
  attempts: number
  error: string
  /** Until the next attempt; null: there is none any more, the event is dead. */
  retryAfterMs: number | null
}

/** Puts an event off, or away. Without effect when the lease ran out and somebody else has the event in hand by now. */
export async function markFailed(database: Database, failed: FailedDelivery): Promise<void> {
  const { id, attempts, error, retryAfterMs } = failed
  await database.query(
    (sql) => sql`
      update outbox
      set last_error = ${error},
        available_at = now() + ${retryAfterMs ?? 0} * interval '1 millisecond',
        dead_at = case when ${retryAfterMs === null} then now() end
      where id = ${id} and attempts = ${attempts} and delivered_at is null`,
  )
}

/** How old the oldest event is that still waits, in seconds, and how many are dead. */
export async function readBacklog(database: Database): Promise<{ lagSeconds: number; dead: number }> {
  const [backlog] = await database.query(
    (sql) => sql<{ lagSeconds: number; dead: number }[]>`
      select
        coalesce(extract(epoch from now() - (
          select min(created_at) from outbox where delivered_at is null and dead_at is null)), 0)::float8 as "lagSeconds",
        (select count(*) from outbox where dead_at is not null)::integer as dead`,
  )
  return backlog ?? { lagSeconds: 0, dead: 0 }
}

/** Deletes events that were delivered more than 7 days ago: at most `limit`. The number deleted. */
export async function pruneDelivered(database: Database, limit: number): Promise<number> {
  const { count } = await database.query(
    (sql) => sql`
      with old as materialized (
        select id from outbox where delivered_at < now() - interval '7 days'
        order by delivered_at limit ${limit} for update skip locked)
      delete from outbox using old where outbox.id = old.id`,
  )
  return count
}
