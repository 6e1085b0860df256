import type { Database, Statements } from '../database/database.ts'
import type { Category, Product, ProductSummary, Variant } from './catalogue-schemas.ts'
import { stockState } from './stock-state.ts'

/** A page of the catalogue is worth less than a checkout's connection: it gives up sooner than the rest. */
const browse = { deadlineMs: 2_000 }

/**
 * A product is for sale when it is active and has an active variant. What a list says about it is said of all its active variants
 * together: the lowest and highest price now, and how many units are free.
 */
export function offersOf(sql: Statements) {
  return sql`
    select
      min(coalesce(v.sale_price_poisha, v.price_poisha)) as from_poisha,
      max(coalesce(v.sale_price_poisha, v.price_poisha)) as to_poisha,
      (array_agg(case when v.sale_price_poisha is not null then v.price_poisha end
        order by coalesce(v.sale_price_poisha, v.price_poisha), v.price_poisha desc))[1] as regular_poisha,
      coalesce(bool_or(v.sale_price_poisha is not null), false) as on_sale,
      coalesce(sum(s.on_hand - s.reserved), 0)::integer as free_units
    from variants v left join stock s using (sku)
    where v.product_id = p.id and v.active`
}

/** The columns of a SummaryRow, of products p, categories c and offers o. */
export function summaryColumns(sql: Statements) {
  return sql`p.id, p.slug, p.name_en as "nameEn", p.name_bn as "nameBn", c.slug as category, p.image_urls as "imageUrls",
    o.from_poisha as "fromPoisha", o.to_poisha as "toPoisha", o.regular_poisha as "regularPoisha", o.on_sale as "onSale",
    o.free_units as "freeUnits"`
}

export interface SummaryRow {
  id: number
  slug: string
  nameEn: string
  nameBn: string
  category: string
  imageUrls: string[]
  fromPoisha: number
  toPoisha: number
  regularPoisha: number | null
  onSale: boolean
  freeUnits: number
}

export function summaryOf(row: SummaryRow, lowStockUnits: number): ProductSummary {
  const { slug, category, imageUrls, fromPoisha, toPoisha, regularPoisha, onSale } = row
  return {
    slug,
    name: { en: row.nameEn, bn: row.nameBn },
    category,
    imageUrls,
    price: { fromPoisha, toPoisha, regularPoisha, onSale },
    stock: stockState(row.freeUnits, lowStockUnits),
  }
}

type ProductRow = SummaryRow & { descriptionEn: string; descriptionBn: string } & VariantRow

interface VariantRow {
  sku: string
  variantEn: string | null
  variantBn: string | null
  pricePoisha: number
  salePricePoisha: number | null
  maxPerOrder: number
  variantFreeUnits: number
}

/** One product with its active variants in their order; undefined when it is not for sale. */
export async function readProduct(
  database: Database,
  slug: string,
  lowStockUnits: number,
): Promise<Product | undefined> {
  const rows = await database.query(
    (sql) => sql<ProductRow[]>`
      select ${summaryColumns(sql)}, p.description_en as "descriptionEn", p.description_bn as "descriptionBn",
        v.sku, v.name_en as "variantEn", v.name_bn as "variantBn", v.price_poisha as "pricePoisha",
        v.sale_price_poisha as "salePricePoisha", v.max_per_order as "maxPerOrder",
        coalesce(s.on_hand - s.reserved, 0) as "variantFreeUnits"
      from products p
        join categories c on c.id = p.category_id
        join variants v on v.product_id = p.id and v.active
        left join stock s using (sku)
        cross join lateral (${offersOf(sql)}) o
      where p.slug = ${slug} and p.active
      order by v.position, v.sku collate "C"`,
    browse,
  )
  const [first] = rows
  return (
    first && {
      ...summaryOf(first, lowStockUnits),
      description: { en: first.descriptionEn, bn: first.descriptionBn },
      variants: rows.map((row) => variantOf(row, lowStockUnits)),
    }
  )
}

function variantOf(row: VariantRow, lowStockUnits: number): Variant {
  const { sku, variantEn, variantBn, pricePoisha, salePricePoisha, maxPerOrder } = row
  return {
    sku,
    name: variantEn === null || variantBn === null ? null : { en: variantEn, bn: variantBn },
    pricePoisha,
    salePricePoisha,
    effectivePoisha: salePricePoisha ?? pricePoisha,
    maxPerOrder,
    stock: stockState(row.variantFreeUnits, lowStockUnits),
  }
}

/** Every category in the order of the menu, with how many of its products are for sale. */
export async function listCategories(database: Database): Promise<Category[]> {
  const rows = await database.query(
    (sql) => sql<{ slug: string; nameEn: string; nameBn: string; products: number }[]>`
      select c.slug, c.name_en as "nameEn", c.name_bn as "nameBn", count(p.id)::integer as products
      from categories c
        left join products p on p.category_id = c.id and p.active
          and exists (select from variants v where v.product_id = p.id and v.active)
      group by c.id order by c.position, c.id`,
    browse,
  )
  return rows.map(({ slug, nameEn, nameBn, products }) => ({ slug, name: { en: nameEn, bn: nameBn }, products }))
}
