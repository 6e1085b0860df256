import type { TransactionSql } from 'postgres'
import { writeAudit } from '../audit/audit-store.ts'
import type { Database } from '../database/database.ts'
import { ShopError } from '../errors.ts'
import { writeEvents } from '../outbox/outbox-store.ts'
import { underRules } from './catalogue-constraints.ts'
import type { InBothLanguages } from './catalogue-schemas.ts'
import { type ChangeContext, checkVersion, differenceOf, given } from './change.ts'

/** What a product is, beside its slug and its variants. */
export interface ProductFields {
  /** A category's slug. */
  category: string
  name: InBothLanguages
  description: InBothLanguages
  imageUrls: string[]
  active: boolean
}

const fields = ['category', 'name', 'description', 'imageUrls', 'active'] as const

/** Adds a product that has no variants yet. @throws already_exists; invalid_request, naming the field. */
export function createProduct(
  database: Database,
  slug: string,
  product: ProductFields,
  { actor, requestId }: ChangeContext,
): Promise<void> {
  const { name, description, imageUrls, active } = product
  return underRules(() =>
    database.transaction(async (sql) => {
      await sql`
        insert into products (slug, category_id, name_en, name_bn, description_en, description_bn, image_urls, active)
        values (${slug}, ${await categoryId(sql, product.category)}, ${name.en}, ${name.bn}, ${description.en},
          ${description.bn}, ${imageUrls}::text[], ${active})`
      await writeAudit(sql, [
        { actor, action: 'product.created', subject: `product:${slug}`, after: { ...product }, requestId },
      ])
      await writeEvents(sql, [{ topic: 'product.changed', payload: { slug } }])
    }),
  )
}

/**
 * Changes the named fields of a product. Its row is locked, and the change is made only to the version it was made for, so that of
 * two people who change the same product the second learns of the first.
 * @throws not_found; changed_meanwhile; invalid_request, naming the field.
 */
export function changeProduct(
  database: Database,
  slug: string,
  { version, ...change }: Partial<ProductFields> & { version: number },
  { actor, requestId, reason }: ChangeContext,
): Promise<void> {
  return underRules(() =>
    database.transaction(async (sql) => {
      const { version: found, ...before } = await lockProduct(sql, slug)
      checkVersion(found, version)
      const after = { ...before, ...given(change) }
      const difference = differenceOf(before, after, fields)
      if (!difference) return
      await sql`
        update products set category_id = ${await categoryId(sql, after.category)}, name_en = ${after.name.en},
          name_bn = ${after.name.bn}, description_en = ${after.description.en}, description_bn = ${after.description.bn},
          image_urls = ${after.imageUrls}::text[], active = ${after.active}, version = version + 1, updated_at = now()
        where slug = ${slug}`
      await writeAudit(sql, [
        { actor, action: 'product.changed', subject: `product:${slug}`, ...difference, reason, requestId },
      ])
      await writeEvents(sql, [{ topic: 'product.changed', payload: { slug } }])
    }),
  )
}

/** Not FOR UPDATE: that would make every insert of a variant, which refers to the row, wait as well. */
async function lockProduct(sql: TransactionSql, slug: string): Promise<ProductFields & { version: number }> {
  const [product] = await sql<(ProductFields & { version: number })[]>`
    select c.slug as category, jsonb_build_object('en', p.name_en, 'bn', p.name_bn) as name,
      jsonb_build_object('en', p.description_en, 'bn', p.description_bn) as description, p.image_urls as "imageUrls",
      p.active, p.version
    from products p join categories c on c.id = p.category_id
    where p.slug = ${slug} for no key update of p`
  if (!product) throw new ShopError('not_found')
  return product
}

async function categoryId(sql: TransactionSql, slug: string): Promise<number> {
  const [category] = await sql<{ id: number }[]>`select id from categories where slug = ${slug}`
  if (!category) {
    throw new ShopError('invalid_request', {
      field: 'category',
      message: `category is "${slug}": it must be one of those listed under /api/categories.`,
    })
  }
  return category.id
}
