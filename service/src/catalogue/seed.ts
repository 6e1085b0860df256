import type { JSONValue, TransactionSql } from 'postgres'
import { demoCatalogue } from '../../demo/catalogue.ts'
import type { DemoCategory } from '../../demo/types.ts'
import { writeAudit } from '../audit/audit-store.ts'
import type { Database } from '../database/database.ts'

interface SeedLog {
  info(message: string): void
}

/** How many rows a seed inserted. */
export interface SeedResult {
  categories: number
  products: number
  variants: number
}

/**
 * Stocks an empty shop with the demo catalogue and says so. It belongs into the embedded database, or into one that somebody
 * named for it.
 * @returns whether it did: a shop that has products is left as it is.
 */
export async function seedDemo({ database, log }: { database: Database; log: SeedLog }): Promise<boolean> {
  const result = await seedCatalogue(database, demoCatalogue)
  log.info(
    result
      ? `Stocked the demo shop: ${result.categories} categories, ${result.products} products, ${result.variants} SKUs.`
      : 'The shop has products: the demo catalogue stays out.',
  )
  return result !== undefined
}

/** Inserts a catalogue into a shop without products, in one transaction; undefined, and nothing done, when it has some. */
export async function seedCatalogue(
  database: Database,
  categories: readonly DemoCategory[],
): Promise<SeedResult | undefined> {
  const products = productsOf(categories)
  const variants = products.flatMap((product) => product.variants)
  const result = { categories: categories.length, products: products.length, variants: variants.length }
  return database.transaction(async (sql) => {
    // Two seeds, or a seed and somebody at work: the second waits, and then finds the products of the first.
    await sql`lock table products in share row exclusive mode`
    const [found] = await sql<{ exists: boolean }[]>`select exists (select from products)`
    if (found?.exists) return undefined
    await insertCategories(sql, categories)
    await insertProducts(sql, products)
    await insertVariants(sql, variants)
    const actor = { id: null, role: 'operator' } as const
    await writeAudit(sql, [{ actor, action: 'catalogue.seeded', subject: 'catalogue', after: { ...result } }])
    return result
  })
}

/**
 * The products in the order in which they are inserted. The first of each category come last, so that the newest products, which
 * a list shows first, are something of everything and not twenty presents.
 */
function productsOf(categories: readonly DemoCategory[]) {
  return categories
    .flatMap((category, shelf) =>
      category.products.map(({ variants, ...product }, rank) => ({
        ...product,
        category: category.slug,
        shelf,
        rank,
        variants: variants.map((variant, position) => ({ ...variant, product: product.slug, position })),
      })),
    )
    .sort((a, b) => b.rank - a.rank || b.shelf - a.shelf)
}

async function insertCategories(sql: TransactionSql, categories: readonly DemoCategory[]): Promise<void> {
  const rows = categories.map(({ slug, name }, position) => ({ slug, name, position }))
  await sql`
    insert into categories (slug, name_en, name_bn, position)
    select slug, name ->> 'en', name ->> 'bn', position
    from jsonb_to_recordset(${asJson(sql, rows)}) as row (slug text, name jsonb, position integer)
    on conflict on constraint category_slug_unique do nothing`
}

async function insertProducts(sql: TransactionSql, products: ReturnType<typeof productsOf>): Promise<void> {
  const rows = products.map(({ variants: _, ...product }, place) => ({ ...product, place }))
  await sql`
    insert into products (slug, category_id, name_en, name_bn, description_en, description_bn, image_urls)
    select row.slug, c.id, name ->> 'en', name ->> 'bn', description ->> 'en', description ->> 'bn',
      array(select jsonb_array_elements_text(images))
    from jsonb_to_recordset(${asJson(sql, rows)})
        as row (slug text, category text, name jsonb, description jsonb, images jsonb, place integer)
      join categories c on c.slug = row.category
    order by place`
}

async function insertVariants(
  sql: TransactionSql,
  variants: ReturnType<typeof productsOf>[number]['variants'],
): Promise<void> {
  const rows = asJson(sql, variants)
  await sql`
    insert into variants (sku, product_id, name_en, name_bn, price_poisha, sale_price_poisha, max_per_order, position)
    select sku, p.id, name ->> 'en', name ->> 'bn', "pricePoisha", "salePricePoisha", coalesce("maxPerOrder", 10), position
    from jsonb_to_recordset(${rows}) as row (sku text, product text, name jsonb, "pricePoisha" bigint,
        "salePricePoisha" bigint, "maxPerOrder" integer, position integer)
      join products p on p.slug = row.product`
  await sql`
    insert into stock (sku, on_hand)
    select sku, "onHand" from jsonb_to_recordset(${rows}) as row (sku text, "onHand" integer)`
}

/** Interfaces are not JSONValue to TypeScript, plain data though they are. */
function asJson(sql: TransactionSql, rows: readonly object[]) {
  return sql.json(rows as unknown as JSONValue)
}
