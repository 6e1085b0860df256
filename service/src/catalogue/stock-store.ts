import { Type } from 'typebox'
import { writeAudit } from '../audit/audit-store.ts'
import type { Database } from '../database/database.ts'
import { ShopError } from '../errors.ts'
import { decodeCursor, encodeCursor } from '../http/cursor.ts'
import { writeEvents } from '../outbox/outbox-store.ts'
import { underRules } from './catalogue-constraints.ts'
import { Sku } from './catalogue-schemas.ts'
import type { ChangeContext } from './change.ts'
import type { StockLevel, StockLine } from './record-schemas.ts'

/**
 * Adds units to a SKU, or takes them away. It locks one row of stock and nothing else before it, as every writer of stock locks
 * that last.
 * @throws not_found; stock_conflict when less would be left on hand than is reserved.
 */
export function adjustStock(
  database: Database,
  sku: string,
  delta: number,
  { actor, requestId, reason }: ChangeContext,
): Promise<StockLevel> {
  return underRules(() =>
    database.transaction(async (sql) => {
      const [level] = await sql<{ onHand: number; reserved: number }[]>`
        update stock set on_hand = on_hand + ${delta}::integer, updated_at = now()
        where sku = ${sku} returning on_hand as "onHand", reserved`
      if (!level) throw new ShopError('not_found')
      const { onHand, reserved } = level
      await writeAudit(sql, [
        {
          actor,
          action: 'stock.adjusted',
          subject: `sku:${sku}`,
          before: { onHand: onHand - delta, reserved },
          after: { onHand, reserved },
          reason,
          requestId,
        },
      ])
      await writeEvents(sql, [{ topic: 'stock.adjusted', payload: { sku, delta, onHand, reserved } }])
      return { sku, onHand, reserved, free: onHand - reserved }
    }),
  )
}

export interface StockQuery {
  /** Up to so many free units; undefined: however many. */
  freeAtMost?: number
  limit: number
  after?: string
}

/** One page of the stock by SKU. @throws invalid_request when `after` is not a place in this list. */
export async function listStock(
  database: Database,
  { freeAtMost, limit, after }: StockQuery,
): Promise<{ stock: StockLine[]; next: string | null }> {
  const place = after === undefined ? undefined : decodeCursor(after, 'stock', Type.Tuple([Sku]))
  const rows = await database.query(
    (sql) => sql<(Omit<StockLine, 'updatedAt'> & { updatedAt: Date })[]>`
      select s.sku, p.slug as product, jsonb_build_object('en', p.name_en, 'bn', p.name_bn) as name,
        case when v.name_en is not null then jsonb_build_object('en', v.name_en, 'bn', v.name_bn) end as variant,
        v.active and p.active as active, s.on_hand as "onHand", s.reserved, s.on_hand - s.reserved as free,
        s.updated_at as "updatedAt"
      from stock s join variants v using (sku) join products p on p.id = v.product_id
      where true
        ${place === undefined ? sql`` : sql`and s.sku collate "C" > ${place[0]}`}
        ${freeAtMost === undefined ? sql`` : sql`and s.on_hand - s.reserved <= ${freeAtMost}`}
      order by s.sku collate "C" limit ${limit + 1}`,
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    stock: page.map((line) => ({ ...line, updatedAt: line.updatedAt.toISOString() })),
    next: last && rows.length > limit ? encodeCursor('stock', [last.sku]) : null,
  }
}
