import { Type } from 'typebox'
import type { Database, Statements } from '../database/database.ts'
import { decodeCursor, encodeCursor } from '../http/cursor.ts'
import { storableText } from '../http/storable-text.ts'
import type { ProductSummary } from './catalogue-schemas.ts'
import { offersOf, type SummaryRow, summaryColumns, summaryOf } from './catalogue-store.ts'

export const productSorts = ['newest', 'price_asc', 'price_desc', 'name'] as const
export type ProductSort = (typeof productSorts)[number]

export interface ProductQuery {
  /** A category's slug. */
  category?: string
  /** Each must occur in a name or a description. */
  words: string[]
  /** Bounds of the lowest price of a product, which is the price that a list shows. */
  minPoisha?: number
  maxPoisha?: number
  inStock?: boolean
  onSale?: boolean
  sort: ProductSort
  limit: number
  /** `next` of the page before. */
  after?: string
}

export interface ProductPage {
  products: ProductSummary[]
  next: string | null
}

const deadlineMs = 2_000

type Fragment = ReturnType<typeof offersOf>

interface Order {
  /** The values that a product is sorted by. */
  placeOf(row: SummaryRow): unknown[]
  /** What is true of everything behind a place. @throws invalid_request when the text names no place in this order. */
  behind(after: string): (sql: Statements) => Fragment
  by(sql: Statements): Fragment
}

const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
const Amount = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
const Name = Type.String({ maxLength: 120, pattern: storableText })

/**
 * Each sort is total, its ties broken by the id, so that paging meets every product once. The newest are the highest ids, for times
 * have ties, and lose digits in JSON. Names are compared by code point, with ASCII in lower case: no version of a locale changes that.
 */
const orders: Record<ProductSort, Order> = {
  newest: {
    placeOf: ({ id }) => [id],
    behind(after) {
      const [id] = decodeCursor(after, 'newest', Type.Tuple([Id]))
      return (sql) => sql`p.id < ${id}`
    },
    by: (sql) => sql`p.id desc`,
  },
  price_asc: {
    placeOf: ({ fromPoisha, id }) => [fromPoisha, id],
    behind(after) {
      const [poisha, id] = decodeCursor(after, 'price_asc', Type.Tuple([Amount, Id]))
      return (sql) => sql`(o.from_poisha, p.id) > (${poisha}::bigint, ${id}::bigint)`
    },
    by: (sql) => sql`o.from_poisha, p.id`,
  },
  price_desc: {
    placeOf: ({ fromPoisha, id }) => [fromPoisha, id],
    behind(after) {
      const [poisha, id] = decodeCursor(after, 'price_desc', Type.Tuple([Amount, Id]))
      return (sql) => sql`(o.from_poisha, p.id) < (${poisha}::bigint, ${id}::bigint)`
    },
    by: (sql) => sql`o.from_poisha desc, p.id desc`,
  },
  name: {
    placeOf: ({ nameEn, id }) => [nameEn, id],
    behind(after) {
      const [name, id] = decodeCursor(after, 'name', Type.Tuple([Name, Id]))
      return (sql) => sql`(lower(p.name_en collate "C"), p.id) > (lower(${name}::text collate "C"), ${id}::bigint)`
    },
    by: (sql) => sql`lower(p.name_en collate "C"), p.id`,
  },
}

/** One page of what is for sale. @throws invalid_request when `after` is not a place in this sort. */
export async function listProducts(
  database: Database,
  query: ProductQuery,
  lowStockUnits: number,
): Promise<ProductPage> {
  const { sort, limit, after } = query
  const order = orders[sort]
  const behind = after === undefined ? undefined : order.behind(after)
  const rows = await database.query(
    (sql) => sql<SummaryRow[]>`
      select ${summaryColumns(sql)}
      from products p
        join categories c on c.id = p.category_id
        cross join lateral (${offersOf(sql)}) o
      where p.active and o.from_poisha is not null ${behind ? sql`and ${behind(sql)}` : sql``} ${filter(sql, query)}
      order by ${order.by(sql)} limit ${limit + 1}`,
    { deadlineMs },
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    products: page.map((row) => summaryOf(row, lowStockUnits)),
    next: last && rows.length > limit ? encodeCursor(sort, order.placeOf(last)) : null,
  }
}

function filter(sql: Statements, query: ProductQuery): Fragment {
  const { category, words, minPoisha, maxPoisha, inStock, onSale } = query
  return sql`
    ${category === undefined ? sql`` : sql`and c.slug = ${category}`}
    ${minPoisha === undefined ? sql`` : sql`and o.from_poisha >= ${minPoisha}`}
    ${maxPoisha === undefined ? sql`` : sql`and o.from_poisha <= ${maxPoisha}`}
    ${inStock === undefined ? sql`` : sql`and (o.free_units > 0) = ${inStock}`}
    ${onSale === undefined ? sql`` : sql`and o.on_sale = ${onSale}`}
    ${searchCondition(sql, words)}`
}

/** One condition for each word rather than LIKE ALL of them, which the trigram index does not serve. */
export function searchCondition(sql: Statements, words: string[]): Fragment {
  return words.reduce((found, word) => sql`${found} and p.search_text like search_pattern_v1(${word})`, sql``)
}
