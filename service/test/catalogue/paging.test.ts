import type { Sql } from 'postgres'
import { test } from 'tap'
import { demoCatalogue } from '../../demo/catalogue.ts'
import type { ProductSummary } from '../../src/catalogue/catalogue-schemas.ts'
import { productSorts } from '../../src/catalogue/product-list-store.ts'
import type { ShopApp } from '../../src/http/app-type.ts'
import { list, product, shelf, useStockedShop, variant } from './support.ts'

/** Every product that paging meets, calling `between` after each page. */
async function walk(app: ShopApp, query: Record<string, string>, between = async (_page: number) => {}) {
  const met: ProductSummary[] = []
  let after: string | null = null
  for (let page = 1; ; page++) {
    const { products, next } = await list(app, { ...query, ...(after ? { after } : {}) })
    met.push(...products)
    if (next === null) return met
    after = next
    await between(page)
  }
}

test('paging meets every product exactly once, in each sort', async (t) => {
  const { app } = await useStockedShop(t, demoCatalogue)
  const all = demoCatalogue.flatMap(({ products }) => products.map(({ slug }) => slug)).sort()
  for (const sort of productSorts) {
    const met = await walk(app, { sort, limit: '7' })
    t.same(met.map(({ slug }) => slug).sort(), all, sort)
  }
})

test('each sort is in its order', async (t) => {
  const { app } = await useStockedShop(t, demoCatalogue)
  const cheapFirst = (await walk(app, { sort: 'price_asc', limit: '50' })).map(({ price }) => price.fromPoisha)
  t.same(
    cheapFirst,
    [...cheapFirst].sort((a, b) => a - b),
    'price_asc',
  )
  const dearFirst = (await walk(app, { sort: 'price_desc', limit: '50' })).map(({ price }) => price.fromPoisha)
  t.same(dearFirst, [...cheapFirst].reverse(), 'price_desc')
  const names = (await walk(app, { sort: 'name', limit: '50' })).map(({ name }) => name.en.toLowerCase())
  t.same(names, [...names].sort(), 'name, by code point')
})

test('paging goes on correctly where prices and names are the same', async (t) => {
  const twins = Array.from({ length: 23 }, (_, i) => product(`twin-${i}`, { name: { en: 'Twin', bn: 'যমজ' } }))
  const { app } = await useStockedShop(t, [shelf(twins)])
  for (const sort of productSorts) {
    const met = await walk(app, { sort, limit: '5' })
    t.equal(met.length, 23, sort)
    t.equal(new Set(met.map(({ slug }) => slug)).size, 23, `${sort}, no one twice`)
  }
})

async function add(sql: Sql, slug: string, name: string, pricePoisha: number): Promise<void> {
  await sql`
    with added as (
      insert into products (slug, category_id, name_en, name_bn)
      select ${slug}, id, ${name}, 'নতুন' from categories returning id)
    insert into variants (sku, product_id, price_poisha) select ${slug.toUpperCase()}, id, ${pricePoisha} from added`
}

test('products that are added between two pages neither hide nor repeat the ones that were there', async (t) => {
  for (const sort of productSorts) {
    const there = Array.from({ length: 12 }, (_, i) =>
      product(`old-${i}`, { variants: [variant(`OLD-${i}`, { pricePoisha: 100_00 * (i + 1) })] }),
    )
    const { app, sql } = await useStockedShop(t, [shelf(there)])
    const met = await walk(app, { sort, limit: '4' }, async (page) => {
      // Only so often: a sort that meets what is added at its end would never come to it.
      if (page > 3) return
      await add(sql, `front-${page}`, 'Aaa', 50_00)
      await add(sql, `back-${page}`, 'Zzz', 9000_00)
    })
    const old = met.map(({ slug }) => slug).filter((slug) => slug.startsWith('old-'))
    t.equal(old.length, 12, `${sort}: every one`)
    t.equal(new Set(old).size, 12, `${sort}: once`)
  }
})

test('a cursor of another sort, or one that was tampered with, is refused by name', async (t) => {
  const { app } = await useStockedShop(t, [shelf([product('one'), product('two')])])
  const { next } = await list(app, { sort: 'price_asc', limit: '1' })
  const cursor = next ?? ''
  t.equal((await list(app, { sort: 'price_asc', after: cursor })).products.length, 1)
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const refused = {
    'of another sort': { sort: 'price_desc', after: cursor },
    'of the default sort': { after: cursor },
    'not base64': { sort: 'price_asc', after: '%%%' },
    'padded base64': { sort: 'price_asc', after: `${cursor}==` },
    'with something behind it': { sort: 'price_asc', after: `${cursor}!` },
    'not JSON': { sort: 'price_asc', after: 'bm90IEpTT04' },
    'an object': { sort: 'price_asc', after: encode({ 0: 'price_asc' }) },
    null: { sort: 'price_asc', after: encode(null) },
    'a word for a number': { sort: 'price_asc', after: encode(['price_asc', '1', 1]) },
    'a fraction': { sort: 'price_asc', after: encode(['price_asc', 1.5, 1]) },
    'a number beyond bigint': { sort: 'price_asc', after: encode(['price_asc', 1e300, 1]) },
    'too few values': { sort: 'price_asc', after: encode(['price_asc', 1]) },
    'too many values': { sort: 'price_asc', after: encode(['price_asc', 1, 1, 1]) },
    'a zero character': { sort: 'name', after: encode(['name', 'a\u0000', 1]) },
    SQL: { sort: 'name', after: encode(['name', 'a', "1) or (1=1'"]) },
    empty: { sort: 'name', after: '' },
    'too long': { sort: 'name', after: 'a'.repeat(1001) },
  }
  for (const [what, query] of Object.entries(refused)) {
    const answer = await app.inject({ url: '/api/products', query })
    t.equal(answer.statusCode, 400, what)
    t.match(answer.json(), { code: 'invalid_request', field: 'after' }, what)
  }
})
