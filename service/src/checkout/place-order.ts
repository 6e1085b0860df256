import { setTimeout as wait } from 'node:timers/promises'
import type { Database } from '../database/database.ts'
import { decideOrder } from './checkout-store.ts'
import type { Decision, OrderRequest } from './decision.ts'

export type PlaceOrder = (request: OrderRequest) => Promise<Decision>

export interface PlaceOrderOptions {
  database: Database
  /** Lets orders expire that hold these SKUs and were not paid in time. */
  releaseExpired(database: Database, options: { skus: string[]; limit: number }): Promise<unknown>
  /** How long to wait for a twin with the same key, in milliseconds. */
  twinWaitMs?: number
}

// Enough that what a cart asks for comes free, few enough that a checkout does not do the housekeeping.
const releaseLimit = 20

/**
 * How orders are placed: each by one call of the database. Twins (the same key at the same time) wait for each other without
 * holding a connection; a cart that only expired reservations stand in the way of is decided a second time without them.
 */
export function createPlaceOrder({ database, releaseExpired, twinWaitMs = 4_000 }: PlaceOrderOptions): PlaceOrder {
  async function untilTwinIsDecided(request: OrderRequest): Promise<Decision> {
    const deadline = performance.now() + twinWaitMs
    for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 2, 320)) {
      const decided = await decideOrder(database, request)
      const leftMs = deadline - performance.now()
      if (decided.decision !== 'in_progress' || leftMs <= 0) return decided
      // Apart from each other, or a herd of twins would meet again; the last look is at the deadline itself.
      await wait(Math.min(pauseMs * (0.5 + Math.random()), leftMs))
    }
  }

  return async (request) => {
    const decided = await untilTwinIsDecided(request)
    if (decided.decision !== 'sold_out' || !decided.releasable) return decided
    await releaseExpired(database, { skus: decided.skus, limit: releaseLimit })
    return untilTwinIsDecided(request)
  }
}
