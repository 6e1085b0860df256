import type { TransactionSql } from 'postgres'
import { writeAudit } from '../audit/audit-store.ts'
import type { Database } from '../database/database.ts'
import { ShopError } from '../errors.ts'
import { type OutboxEvent, writeEvents } from '../outbox/outbox-store.ts'
import { underRules } from './catalogue-constraints.ts'
import type { InBothLanguages } from './catalogue-schemas.ts'
import { type ChangeContext, checkVersion, differenceOf, given } from './change.ts'

/** What a variant is, beside its SKU and its stock. */
export interface VariantFields {
  name: InBothLanguages | null
  pricePoisha: number
  /** Null: it is not on sale. */
  salePricePoisha: number | null
  maxPerOrder: number
  active: boolean
}

const priceFields = ['pricePoisha', 'salePricePoisha'] as const
const otherFields = ['name', 'maxPerOrder', 'active'] as const

/** Adds a variant behind its siblings, with nothing in stock. @throws not_found; already_exists; invalid_request, naming the field. */
export function createVariant(
  database: Database,
  product: string,
  { sku, ...variant }: VariantFields & { sku: string },
  { actor, requestId }: ChangeContext,
): Promise<void> {
  const { name, pricePoisha, salePricePoisha, maxPerOrder, active } = variant
  return underRules(() =>
    database.transaction(async (sql) => {
      const [parent] = await sql<{ id: number }[]>`
        select id from products where slug = ${product} for no key update`
      if (!parent) throw new ShopError('not_found')
      await sql`
        insert into variants (sku, product_id, name_en, name_bn, price_poisha, sale_price_poisha, max_per_order, active, position)
        select ${sku}, ${parent.id}, ${name?.en ?? null}, ${name?.bn ?? null}, ${pricePoisha}, ${salePricePoisha},
          ${maxPerOrder}, ${active}, coalesce(max(position) + 1, 0)
        from variants where product_id = ${parent.id}`
      await sql`insert into stock (sku) values (${sku})`
      await writeAudit(sql, [
        { actor, action: 'variant.created', subject: `sku:${sku}`, after: { product, ...variant }, requestId },
      ])
      await writeEvents(sql, [{ topic: 'product.changed', payload: { slug: product, sku } }])
    }),
  )
}

/**
 * Changes the named fields of a variant, of the version that the change was made for; a price that changes is written down as
 * such, apart from the rest.
 * @returns the slug of its product.
 * @throws not_found; changed_meanwhile; invalid_request, naming the field.
 */
export function changeVariant(
  database: Database,
  sku: string,
  { version, ...change }: Partial<VariantFields> & { version: number },
  { actor, requestId, reason }: ChangeContext,
): Promise<string> {
  return underRules(() =>
    database.transaction(async (sql) => {
      const { version: found, product, ...before } = await lockVariant(sql, sku)
      checkVersion(found, version)
      const after = { ...before, ...given(change) }
      const price = differenceOf(before, after, priceFields)
      const other = differenceOf(before, after, otherFields)
      if (!price && !other) return product
      await writeVariant(sql, sku, after)
      const entry = { actor, subject: `sku:${sku}`, reason, requestId }
      await writeAudit(sql, [
        ...(price ? [{ ...entry, action: 'price.changed', ...price }] : []),
        ...(other ? [{ ...entry, action: 'variant.changed', ...other }] : []),
      ])
      const { pricePoisha, salePricePoisha } = after
      const events: OutboxEvent[] = []
      if (price) events.push({ topic: 'price.changed', payload: { slug: product, sku, pricePoisha, salePricePoisha } })
      if (other) events.push({ topic: 'product.changed', payload: { slug: product, sku } })
      await writeEvents(sql, events)
      return product
    }),
  )
}

/** Not FOR UPDATE: carts and orders refer to the row, and must not wait for a change of its price. */
async function lockVariant(
  sql: TransactionSql,
  sku: string,
): Promise<VariantFields & { version: number; product: string }> {
  const [variant] = await sql<(VariantFields & { version: number; product: string })[]>`
    select case when v.name_en is not null then jsonb_build_object('en', v.name_en, 'bn', v.name_bn) end as name,
      v.price_poisha as "pricePoisha", v.sale_price_poisha as "salePricePoisha", v.max_per_order as "maxPerOrder", v.active,
      v.version, p.slug as product
    from variants v join products p on p.id = v.product_id
    where v.sku = ${sku} for no key update of v`
  if (!variant) throw new ShopError('not_found')
  return variant
}

async function writeVariant(sql: TransactionSql, sku: string, variant: VariantFields): Promise<void> {
  const { name, pricePoisha, salePricePoisha, maxPerOrder, active } = variant
  await sql`
    update variants set name_en = ${name?.en ?? null}, name_bn = ${name?.bn ?? null}, price_poisha = ${pricePoisha},
      sale_price_poisha = ${salePricePoisha}, max_per_order = ${maxPerOrder}, active = ${active}, version = version + 1,
      updated_at = now()
    where sku = ${sku}`
}
