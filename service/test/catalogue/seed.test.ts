import { test } from 'tap'
import { demoCatalogue } from '../../demo/catalogue.ts'
import { seedCatalogue, seedDemo } from '../../src/catalogue/seed.ts'
import { useShop } from '../harness/shop.ts'
import { product, shelf } from './support.ts'

const products = demoCatalogue.flatMap((category) => category.products)
const variants = products.flatMap((each) => each.variants)

test('the demo catalogue is in the shop after one seed and after two', async (t) => {
  const { app, shop, sql } = await useShop(t)
  const said: string[] = []
  const log = { info: (message: string) => said.push(message) }
  t.equal(await seedDemo({ database: shop.database, log }), true)
  t.equal(await seedDemo({ database: shop.database, log }), false)
  t.match(said, [/16 categories, 89 products, 203 SKUs/, /stays out/])
  const [counted] = await sql`select
    (select count(*)::int from categories) as categories, (select count(*)::int from products) as products,
    (select count(*)::int from variants) as variants, (select sum(on_hand)::int from stock) as units,
    (select count(*)::int from audit_log where action = 'catalogue.seeded') as audited`
  t.same(counted, {
    categories: demoCatalogue.length,
    products: products.length,
    variants: variants.length,
    units: variants.reduce((sum, { onHand }) => sum + onHand, 0),
    audited: 1,
  })
  const { categories } = (await app.inject('/api/categories')).json()
  t.same(
    categories,
    demoCatalogue.map(({ slug, name, products }) => ({ slug, name, products: products.length })),
    'in the order of the menu',
  )
  for (const { slug, name, description, variants } of products) {
    const read = (await app.inject(`/api/products/${slug}`)).json()
    t.match(read, { slug, name, description })
    t.same(
      read.variants.map(({ sku, name, pricePoisha, salePricePoisha, maxPerOrder }: Record<string, unknown>) => ({
        sku,
        name,
        pricePoisha,
        salePricePoisha,
        maxPerOrder,
      })),
      variants.map(({ sku, name, pricePoisha, salePricePoisha = null, maxPerOrder = 10 }) => ({
        sku,
        name,
        pricePoisha,
        salePricePoisha,
        maxPerOrder,
      })),
      slug,
    )
  }
})

test('the first page of the demo shop has something of every category', async (t) => {
  const { app, shop } = await useShop(t)
  await seedCatalogue(shop.database, demoCatalogue)
  const page = (await app.inject('/api/products')).json()
  const categories = new Set(page.products.map(({ category }: { category: string }) => category))
  t.equal(categories.size, demoCatalogue.length)
  t.equal(page.products[0].category, demoCatalogue[0]?.slug)
})

test('two seeds at once stock the shop once', async (t) => {
  const { shop, sql } = await useShop(t)
  const results = await Promise.all([1, 2, 3].map(() => seedCatalogue(shop.database, demoCatalogue)))
  t.equal(results.filter((result) => result !== undefined).length, 1)
  const [counted] = await sql`select count(*)::int as products from products`
  t.equal(counted?.products, products.length)
})

test('a catalogue that breaks a rule leaves nothing behind', async (t) => {
  const { shop, sql } = await useShop(t)
  const wrong = shelf([product('right'), product('Wrong Slug', { variants: [] })])
  await t.rejects(seedCatalogue(shop.database, [wrong]), /product_slug_shape/)
  const [left] = await sql`select
    (select count(*)::int from categories) as categories, (select count(*)::int from audit_log) as audited`
  t.same(left, { categories: 0, audited: 0 })
})
