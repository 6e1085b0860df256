import type { Database } from '../database/database.ts'
import { applyMoves } from './move-order.ts'
import { findMove } from './order-moves.ts'
import { lockExpired } from './orders-store.ts'

export interface ReleaseOptions {
  /** Only orders that hold one of these. */
  skus?: string[]
  /** How many orders at most. */
  limit: number
}

/**
 * Lets orders expire that were not paid in time, and gives back what they reserved. Safe in many processes at once, and beside
 * payments that arrive: whoever has locked an order decides about it.
 * @returns how many orders expired.
 */
export function releaseExpired(database: Database, { skus, limit }: ReleaseOptions): Promise<number> {
  const move = findMove('awaiting_payment', 'expired')
  if (!move) throw new Error('The table of moves no longer lets an order expire.')
  return database.transaction(async (sql) => {
    const orders = await lockExpired(sql, limit, skus)
    if (orders.length > 0) await applyMoves(sql, orders, move, { actor: { id: null, role: 'system' } })
    return orders.length
  })
}
