import { test } from 'tap'
import { list, product, shelf, slugs, useStockedShop, variant } from './support.ts'

const catalogue = [
  shelf(
    [
      product('cheap', {
        variants: [variant('CHEAP-S', { pricePoisha: 100_00 }), variant('CHEAP-L', { pricePoisha: 900_00 })],
      }),
      product('on-sale', {
        variants: [variant('ON-SALE', { pricePoisha: 800_00, salePricePoisha: 300_00, onHand: 3 })],
      }),
      product('sold-out', { variants: [variant('SOLD-OUT', { pricePoisha: 500_00, onHand: 0 })] }),
    ],
    'first',
  ),
  shelf([product('dear', { variants: [variant('DEAR', { pricePoisha: 700_00 })] })], 'second'),
]

test('filters of the list', async (t) => {
  const { app } = await useStockedShop(t, catalogue)
  const byPrice = (query: Record<string, string>) => slugs(app, { sort: 'price_asc', ...query })
  t.same(await byPrice({}), ['cheap', 'on-sale', 'sold-out', 'dear'])
  t.same(await byPrice({ category: 'second' }), ['dear'])
  t.same(await byPrice({ category: 'unknown' }), [])
  t.same(await byPrice({ minPoisha: '30000' }), ['on-sale', 'sold-out', 'dear'], 'a sale price counts')
  t.same(await byPrice({ minPoisha: '30001', maxPoisha: '50000' }), ['sold-out'])
  t.same(await byPrice({ maxPoisha: '0' }), [])
  t.same(await byPrice({ inStock: 'true' }), ['cheap', 'on-sale', 'dear'])
  t.same(await byPrice({ inStock: 'false' }), ['sold-out'])
  t.same(await byPrice({ onSale: 'true' }), ['on-sale'])
  t.same(await byPrice({ onSale: 'false' }), ['cheap', 'sold-out', 'dear'])
  t.same(await byPrice({ category: 'first', onSale: 'false', inStock: 'true', maxPoisha: '10000' }), ['cheap'])
})

test('what a list says about prices and stock', async (t) => {
  const { app } = await useStockedShop(t, [
    ...catalogue,
    shelf(
      [
        product('mixed', {
          variants: [
            variant('MIXED-A', { pricePoisha: 400_00, onHand: 2 }),
            variant('MIXED-B', { pricePoisha: 500_00, salePricePoisha: 450_00, onHand: 3 }),
          ],
        }),
        product('plenty', { variants: [variant('PLENTY', { onHand: 6 })] }),
      ],
      'third',
    ),
  ])
  const { products } = await list(app, {})
  const said = Object.fromEntries(products.map(({ slug, price, stock }) => [slug, { ...price, stock }]))
  t.same(said, {
    cheap: { fromPoisha: 100_00, toPoisha: 900_00, regularPoisha: null, onSale: false, stock: 'in_stock' },
    'on-sale': { fromPoisha: 300_00, toPoisha: 300_00, regularPoisha: 800_00, onSale: true, stock: 'low' },
    'sold-out': { fromPoisha: 500_00, toPoisha: 500_00, regularPoisha: null, onSale: false, stock: 'out' },
    dear: { fromPoisha: 700_00, toPoisha: 700_00, regularPoisha: null, onSale: false, stock: 'in_stock' },
    mixed: { fromPoisha: 400_00, toPoisha: 450_00, regularPoisha: null, onSale: true, stock: 'low' },
    plenty: { fromPoisha: 500_00, toPoisha: 500_00, regularPoisha: null, onSale: false, stock: 'in_stock' },
  })
})

test('what is not for sale is in no list: an inactive product, one without an active variant', async (t) => {
  const { app, sql } = await useStockedShop(t, [
    shelf([
      product('shown'),
      product('hidden'),
      product('empty'),
      product('gone', { variants: [variant('GONE'), variant('GONE-TOO')] }),
    ]),
  ])
  await sql`update products set active = false where slug = 'hidden'`
  await sql`update variants set active = false where sku in ('EMPTY', 'GONE')`
  t.same(await slugs(app, { sort: 'name' }), ['gone', 'shown'])
  for (const slug of ['hidden', 'empty', 'unknown']) {
    const answer = await app.inject(`/api/products/${slug}`)
    t.equal(answer.statusCode, 404, slug)
    t.equal(answer.headers['cache-control'], 'no-store', 'no cache keeps that')
  }
  const { variants } = (await app.inject('/api/products/gone')).json()
  t.same(
    variants.map(({ sku }: { sku: string }) => sku),
    ['GONE-TOO'],
  )
  const { categories } = (await app.inject('/api/categories')).json()
  t.same(categories, [{ slug: 'things', name: { en: 'Things', bn: 'জিনিসপত্র' }, products: 2 }])
})

test('reserved units are not free', async (t) => {
  const { app, sql } = await useStockedShop(t, [
    shelf([product('held', { variants: [variant('HELD', { onHand: 10 })] })]),
  ])
  const states: string[] = []
  for (const reserved of [4, 5, 9, 10]) {
    await sql`update stock set reserved = ${reserved}`
    const [listed] = (await list(app, {})).products
    const read = (await app.inject('/api/products/held')).json()
    t.equal(read.stock, listed?.stock)
    t.equal(read.variants[0].stock, listed?.stock)
    states.push(read.stock)
  }
  t.same(states, ['in_stock', 'low', 'low', 'out'], 'low: up to LOW_STOCK_UNITS, which is 5')
})

test('query strings are read strictly', async (t) => {
  const { app } = await useStockedShop(t, catalogue)
  const refused: [query: string, field: string][] = [
    ['limit=10abc', 'limit'],
    ['limit=1e1', 'limit'],
    ['limit=', 'limit'],
    ['limit=0', 'limit'],
    ['limit=51', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=1.0', 'limit'],
    ['limit=%201', 'limit'],
    ['limit=5&limit=6', 'limit'],
    ['sort=cheapest', 'sort'],
    ['sort=', 'sort'],
    ['sort=name&sort=newest', 'sort'],
    ['inStock=1', 'inStock'],
    ['inStock=yes', 'inStock'],
    ['inStock=', 'inStock'],
    ['onSale=TRUE', 'onSale'],
    ['minPoisha=-1', 'minPoisha'],
    ['minPoisha=1.5', 'minPoisha'],
    ['maxPoisha=100000001', 'maxPoisha'],
    ['minPoisha=200&maxPoisha=100', 'minPoisha'],
    ['category=No%20Slug', 'category'],
    ['category=a&category=b', 'category'],
    ['colour=red', 'colour'],
    ['__proto__=1', '__proto__'],
    ['constructor=1', 'constructor'],
    ['Limit=5', 'Limit'],
  ]
  for (const [query, field] of refused) {
    const answer = await app.inject(`/api/products?${query}`)
    t.equal(answer.statusCode, 400, query)
    t.match(answer.json(), { code: 'invalid_request', field }, query)
  }
  for (const slug of ['UPPER', 'a--b', "a'%20or%201=1", '%00', 'a'.repeat(81)]) {
    t.equal((await app.inject(`/api/products/${slug}`)).statusCode, 400, slug)
  }
  t.equal((await app.inject('/api/products?limit=50')).statusCode, 200)
})
