import type { Test } from 'tap'
import type { DemoCategory, DemoProduct, DemoVariant } from '../../demo/types.ts'
import type { ProductSummary } from '../../src/catalogue/catalogue-schemas.ts'
import { seedCatalogue } from '../../src/catalogue/seed.ts'
import type { ShopApp } from '../../src/http/app-type.ts'
import { type TestShop, type TestShopOptions, useShop } from '../harness/shop.ts'

/** One variant at 500 taka, ten on the shelf, unless said otherwise. */
export function variant(sku: string, variant: Partial<DemoVariant> = {}): DemoVariant {
  return { sku, name: null, pricePoisha: 500_00, onHand: 10, ...variant }
}

export function product(slug: string, product: Partial<DemoProduct> = {}): DemoProduct {
  return {
    slug,
    name: { en: `Thing ${slug}`, bn: 'জিনিস' },
    description: { en: '', bn: '' },
    images: [],
    variants: [variant(slug.toUpperCase())],
    ...product,
  }
}

export function shelf(products: DemoProduct[], slug = 'things'): DemoCategory {
  return { slug, name: { en: 'Things', bn: 'জিনিসপত্র' }, products }
}

/** A shop that sells this. */
export async function useStockedShop(
  t: Test,
  categories: readonly DemoCategory[],
  options?: TestShopOptions,
): Promise<TestShop> {
  const shop = await useShop(t, options)
  await seedCatalogue(shop.shop.database, categories)
  return shop
}

export interface Page {
  products: ProductSummary[]
  next: string | null
}

/** A page of the list; a query that is refused fails the test. */
export async function list(app: ShopApp, query: Record<string, string>): Promise<Page> {
  const answer = await app.inject({ url: '/api/products', query })
  if (answer.statusCode !== 200) throw new Error(`${JSON.stringify(query)}: ${answer.body}`)
  return answer.json()
}

/** The slugs of a list's first page. */
export async function slugs(app: ShopApp, query: Record<string, string>): Promise<string[]> {
  return (await list(app, query)).products.map(({ slug }) => slug)
}
