import type { Database, Statements } from '../database/database.ts'

/**
 * What is forgotten, and when. The one place that deletes rows of every domain, so that what the shop keeps about people can be read here.
 * Each statement takes at most `limit` rows and passes over those that somebody is working with; its CTE is materialised, or a plan of
 * nested loops would run it again for more.
 */
export interface RetentionRule {
  name: string
  prune(sql: Statements, limit: number): PromiseLike<{ count: number }>
}

export const retentionRules: readonly RetentionRule[] = [
  {
    name: 'delivered events after 7 days',
    prune: (sql, limit) => sql`
      with old as materialized (
        select id from outbox where delivered_at < now() - interval '7 days'
        order by delivered_at limit ${limit} for update skip locked)
      delete from outbox using old where outbox.id = old.id`,
  },
  {
    // The order remembers its cart, so that the cart cannot be ordered again by then either.
    name: 'idempotency keys after 24 hours',
    prune: (sql, limit) => sql`
      with old as materialized (
        select scope, key from idempotency_keys where created_at < now() - interval '24 hours'
        order by created_at limit ${limit} for update skip locked)
      delete from idempotency_keys using old where idempotency_keys.scope = old.scope and idempotency_keys.key = old.key`,
  },
  {
    // An ordered cart is what order_once_per_cart refers to.
    name: 'guest carts untouched for 30 days',
    prune: (sql, limit) => sql`
      with old as materialized (
        select id from carts c
        where account_id is null and status <> 'ordered' and updated_at < now() - interval '30 days'
          and not exists (select from orders o where o.cart_id = c.id)
        order by updated_at limit ${limit} for update skip locked)
      delete from carts using old where carts.id = old.id`,
  },
  {
    name: 'sessions, with their refresh tokens, 30 days after they expired',
    prune: (sql, limit) => sql`
      with old as materialized (
        select id from sessions where expires_at < now() - interval '30 days'
        order by expires_at limit ${limit} for update skip locked)
      delete from sessions using old where sessions.id = old.id`,
  },
  {
    // A replay that is older is refused by the time in its signature.
    name: 'events of payment providers after 90 days',
    prune: (sql, limit) => sql`
      with old as materialized (
        select provider, event_id from payment_events where received_at < now() - interval '90 days'
        order by received_at limit ${limit} for update skip locked)
      delete from payment_events using old where payment_events.provider = old.provider and payment_events.event_id = old.event_id`,
  },
]

const rowsPerStatement = 1_000
// Enough to catch up with any day in an hour, and an end to a run that would hold up the next task.
const statementsPerRun = 50

/** Prunes by one rule, in batches. @returns how many rows went. */
export async function prune(database: Database, rule: RetentionRule): Promise<number> {
  let pruned = 0
  for (let statement = 0; statement < statementsPerRun; statement++) {
    const { count } = await database.query((sql) => rule.prune(sql, rowsPerStatement))
    pruned += count
    if (count < rowsPerStatement) break
  }
  return pruned
}
