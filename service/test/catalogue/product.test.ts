import { test } from 'tap'
import { product, shelf, useStockedShop, variant } from './support.ts'

test('a product with its variants in their order', async (t) => {
  const { app } = await useStockedShop(t, [
    shelf([
      product('saree', {
        name: { en: 'Saree', bn: 'শাড়ি' },
        description: { en: 'Twelve haat.', bn: 'বারো হাত।' },
        images: ['/images/saree-1.jpg', 'https://cdn.example.com/saree-2.jpg'],
        variants: [
          variant('SAREE-RED', { name: { en: 'Red', bn: 'লাল' }, pricePoisha: 900_00, onHand: 6, maxPerOrder: 2 }),
          variant('SAREE-BLUE', { name: { en: 'Blue', bn: 'নীল' }, salePricePoisha: 400_00, onHand: 5 }),
          variant('SAREE-AQUA', { name: { en: 'Aqua', bn: 'ফিরোজা' }, pricePoisha: 450_00, onHand: 0 }),
        ],
      }),
    ]),
  ])
  const answer = await app.inject('/api/products/saree')
  t.equal(answer.statusCode, 200)
  t.same(answer.json(), {
    slug: 'saree',
    name: { en: 'Saree', bn: 'শাড়ি' },
    category: 'things',
    imageUrls: ['/images/saree-1.jpg', 'https://cdn.example.com/saree-2.jpg'],
    price: { fromPoisha: 400_00, toPoisha: 900_00, regularPoisha: 500_00, onSale: true },
    stock: 'in_stock',
    description: { en: 'Twelve haat.', bn: 'বারো হাত।' },
    variants: [
      {
        sku: 'SAREE-RED',
        name: { en: 'Red', bn: 'লাল' },
        pricePoisha: 900_00,
        salePricePoisha: null,
        effectivePoisha: 900_00,
        maxPerOrder: 2,
        stock: 'in_stock',
      },
      {
        sku: 'SAREE-BLUE',
        name: { en: 'Blue', bn: 'নীল' },
        pricePoisha: 500_00,
        salePricePoisha: 400_00,
        effectivePoisha: 400_00,
        maxPerOrder: 10,
        stock: 'low',
      },
      {
        sku: 'SAREE-AQUA',
        name: { en: 'Aqua', bn: 'ফিরোজা' },
        pricePoisha: 450_00,
        salePricePoisha: null,
        effectivePoisha: 450_00,
        maxPerOrder: 10,
        stock: 'out',
      },
    ],
  })
})

test('how few are low is a setting', async (t) => {
  const { app } = await useStockedShop(
    t,
    [shelf([product('thing', { variants: [variant('THING', { onHand: 1 })] })])],
    {
      settings: { LOW_STOCK_UNITS: '0' },
    },
  )
  t.equal((await app.inject('/api/products/thing')).json().stock, 'in_stock')
})

test('a variant without a row of stock is out, not an error', async (t) => {
  const { app, sql } = await useStockedShop(t, [shelf([product('bare')])])
  await sql`delete from stock`
  t.equal((await app.inject('/api/products/bare')).json().variants[0].stock, 'out')
  t.equal((await app.inject('/api/products')).json().products[0].stock, 'out')
})
