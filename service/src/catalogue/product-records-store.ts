import { Type } from 'typebox'
import type { Database } from '../database/database.ts'
import { decodeCursor, encodeCursor } from '../http/cursor.ts'
import type { InBothLanguages } from './catalogue-schemas.ts'
import { searchCondition } from './product-list-store.ts'
import type { ProductLine, ProductRecord, VariantRecord } from './record-schemas.ts'

interface ProductColumns {
  slug: string
  category: string
  name: InBothLanguages
  description: InBothLanguages
  imageUrls: string[]
  active: boolean
  version: number
  createdAt: Date
  updatedAt: Date
}

/** A product, for sale or not, with all its variants and their stock; undefined when there is none. */
export async function readProductRecord(database: Database, slug: string): Promise<ProductRecord | undefined> {
  const [row] = await database.query(
    (sql) => sql<(ProductColumns & { variants: VariantRecord[] })[]>`
      select p.slug, c.slug as category, jsonb_build_object('en', p.name_en, 'bn', p.name_bn) as name,
        jsonb_build_object('en', p.description_en, 'bn', p.description_bn) as description, p.image_urls as "imageUrls",
        p.active, p.version, p.created_at as "createdAt", p.updated_at as "updatedAt",
        coalesce((
          select jsonb_agg(jsonb_build_object(
            'sku', v.sku,
            'name', case when v.name_en is not null then jsonb_build_object('en', v.name_en, 'bn', v.name_bn) end,
            'pricePoisha', v.price_poisha,
            'salePricePoisha', v.sale_price_poisha,
            'maxPerOrder', v.max_per_order,
            'active', v.active,
            'version', v.version,
            'onHand', coalesce(s.on_hand, 0),
            'reserved', coalesce(s.reserved, 0),
            'free', coalesce(s.on_hand - s.reserved, 0)
          ) order by v.position, v.sku collate "C")
          from variants v left join stock s using (sku) where v.product_id = p.id), '[]') as variants
      from products p join categories c on c.id = p.category_id
      where p.slug = ${slug}`,
  )
  return row && { ...row, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() }
}

export interface ProductRecordQuery {
  category?: string
  words: string[]
  active?: boolean
  limit: number
  after?: string
}

const Place = Type.Tuple([Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })])

/** One page of all products, the newest first. @throws invalid_request when `after` is not a place in this list. */
export async function listProductRecords(
  database: Database,
  { category, words, active, limit, after }: ProductRecordQuery,
): Promise<{ products: ProductLine[]; next: string | null }> {
  const place = after === undefined ? undefined : decodeCursor(after, 'product_records', Place)
  const rows = await database.query(
    (sql) => sql<(Omit<ProductLine, 'updatedAt'> & { id: number; updatedAt: Date })[]>`
      select p.id, p.slug, c.slug as category, jsonb_build_object('en', p.name_en, 'bn', p.name_bn) as name, p.active,
        p.version, p.updated_at as "updatedAt", u.*
      from products p
        join categories c on c.id = p.category_id
        cross join lateral (
          select count(v.sku)::integer as variants, coalesce(sum(s.on_hand), 0)::integer as "onHand",
            coalesce(sum(s.reserved), 0)::integer as reserved, coalesce(sum(s.on_hand - s.reserved), 0)::integer as free
          from variants v left join stock s using (sku) where v.product_id = p.id
        ) u
      where true
        ${place === undefined ? sql`` : sql`and p.id < ${place[0]}`}
        ${category === undefined ? sql`` : sql`and c.slug = ${category}`}
        ${active === undefined ? sql`` : sql`and p.active = ${active}`}
        ${searchCondition(sql, words)}
      order by p.id desc limit ${limit + 1}`,
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    products: page.map(({ id: _, ...line }) => ({ ...line, updatedAt: line.updatedAt.toISOString() })),
    next: last && rows.length > limit ? encodeCursor('product_records', [last.id]) : null,
  }
}
