import type { Database } from '../database/database.ts'
import type { Decision, OrderRequest } from './decision.ts'

/** Decides one order, in one round trip that commits by itself. Does not wait for a twin: that is `in_progress`. */
export async function decideOrder(database: Pick<Database, 'query'>, request: OrderRequest): Promise<Decision> {
  const { accountId, cartId, recipient } = request
  // Whose key it is: the same key of somebody else is another one.
  const scope = accountId ? `account:${accountId}` : `cart:${cartId}`
  const [row] = await database.query(
    (sql) => sql<{ decided: Decision }[]>`
      select place_order_v1(
        ${scope}, ${request.idempotencyKey}, ${request.requestHash},
        ${accountId}, ${cartId}, ${request.cartVersion}, ${request.expectedTotalPoisha},
        ${request.paymentMethod}, ${request.paymentWindowMs}::double precision * interval '1 millisecond',
        ${recipient.name}, ${recipient.phone}, ${recipient.addressLine}, ${recipient.district},
        ${request.requestId}
      ) as decided`,
  )
  if (!row) throw new Error('place_order_v1 answered with no row.')
  return row.decided
}

/**
 * Deletes idempotency keys older than 24 hours: at most `limit`. The number deleted. The order remembers its cart, so that the
 * cart cannot be ordered again by then either.
 */
export async function pruneIdempotencyKeys(database: Pick<Database, 'query'>, limit: number): Promise<number> {
  const { count } = await database.query(
    (sql) => sql`
      with old as materialized (
        select scope, key from idempotency_keys where created_at < now() - interval '24 hours'
        order by created_at limit ${limit} for update skip locked)
      delete from idempotency_keys using old
      where idempotency_keys.scope = old.scope and idempotency_keys.key = old.key`,
  )
  return count
}
