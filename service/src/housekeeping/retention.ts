import { pruneResetCodes } from '../accounts/reset-store.ts'
import { pruneSessions } from '../accounts/session-store.ts'
import { pruneGuestCarts } from '../cart/cart-store.ts'
import { pruneIdempotencyKeys } from '../checkout/checkout-store.ts'
import type { Database } from '../database/database.ts'
import { pruneDelivered } from '../outbox/outbox-store.ts'
import { pruneProviderEvents } from '../payments/payments-store.ts'

/**
 * What is forgotten, and when: the list of all that the shop deletes by itself. Each domain deletes its own rows, at most `limit` in a
 * statement, and passes over those that somebody is working with.
 */
export interface RetentionRule {
  name: string
  prune(database: Database, limit: number): Promise<number>
}

export const retentionRules: readonly RetentionRule[] = [
  { name: 'delivered events after 7 days', prune: pruneDelivered },
  { name: 'idempotency keys after 24 hours', prune: pruneIdempotencyKeys },
  { name: 'guest carts untouched for 30 days', prune: pruneGuestCarts },
  { name: 'sessions, with their refresh tokens, a day after they expired', prune: pruneSessions },
  { name: 'reset codes a day after they expired', prune: pruneResetCodes },
  { name: 'events of payment providers after 90 days', prune: pruneProviderEvents },
]

const rowsPerStatement = 1_000
// Enough to catch up with any day in an hour, and an end to a run that would hold up the next task.
const statementsPerRun = 50

/** Prunes by one rule, in batches. @returns how many rows went. */
export async function prune(database: Database, rule: RetentionRule): Promise<number> {
  let pruned = 0
  for (let statement = 0; statement < statementsPerRun; statement++) {
    const count = await rule.prune(database, rowsPerStatement)
    pruned += count
    if (count < rowsPerStatement) break
  }
  return pruned
}
