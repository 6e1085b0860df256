import { randomUUID } from 'node:crypto'
import { test } from 'tap'
import { sealId } from '../../src/tokens/signed-id.ts'
import { stockGoods } from '../harness/goods.ts'
import { useShop } from '../harness/shop.ts'
import { createAccount, createGuest } from '../harness/shopper.ts'

test('a guest without a cart sees an empty one, and adding makes it', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, {
    'SAREE-RED': { units: 10, pricePoisha: 250_000, salePricePoisha: 199_900, maxPerOrder: 3 },
  })
  const guest = createGuest(shop)

  const empty = await guest.send('GET', '/api/cart')
  t.same(empty.json(), { version: 0, lines: [], itemCount: 0, subtotalPoisha: 0 })
  t.equal(empty.headers['cache-control'], 'no-store')
  t.same(await shop.sql`select from carts`, [], 'looking makes no cart')

  const added = await guest.add('SAREE-RED', 2)
  t.equal(added.statusCode, 200)
  const { cartToken, ...cart } = added.json()
  t.equal(added.headers['x-cart-token'], cartToken)
  t.same(cart, {
    version: 1,
    lines: [
      {
        sku: 'SAREE-RED',
        productSlug: 'saree-red',
        name: { en: 'The SAREE-RED', bn: 'SAREE-RED পণ্য' },
        variant: { en: 'Red', bn: 'লাল' },
        quantity: 2,
        maxPerOrder: 3,
        unitPricePoisha: 199_900,
        linePoisha: 399_800,
        availability: 'in_stock',
      },
    ],
    itemCount: 2,
    subtotalPoisha: 399_800,
  })
  t.same((await guest.send('GET', '/api/cart')).json(), added.json(), 'the token leads back to it')
})

test('the version rises with every change, and with nothing else', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {}, B: {} })
  const guest = createGuest(shop)
  await guest.add('A', 2)
  const versions: number[] = []
  for (const [method, url, payload] of [
    ['POST', '/api/cart/items', { sku: 'B', quantity: 1 }],
    ['PATCH', '/api/cart/items/B', { quantity: 5 }],
    ['PATCH', '/api/cart/items/B', { quantity: 5 }],
    ['GET', '/api/cart', undefined],
    ['DELETE', '/api/cart/items/B', undefined],
    ['DELETE', '/api/cart', undefined],
    ['DELETE', '/api/cart', undefined],
  ] as const) {
    const answer = await guest.send(method, url, payload)
    t.equal(answer.statusCode, 200, `${method} ${url}`)
    versions.push(guest.cart.version)
  }
  t.same(versions, [2, 3, 3, 3, 4, 5, 5])
  t.same(guest.cart.lines, [])
})

test('an unknown SKU, one that is not for sale, and a line that is not there are 404', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {}, OLD: { active: false }, GONE: {} })
  await shop.sql`update products set active = false where slug = 'gone'`
  const guest = createGuest(shop)
  for (const sku of ['NONE', 'OLD', 'GONE']) {
    const answer = await guest.add(sku)
    t.equal(answer.statusCode, 404, sku)
    t.match(answer.json(), { code: 'not_found', field: 'sku' })
  }
  t.same(await shop.sql`select from carts`, [], 'a refusal makes no cart')
  await guest.add('A')
  t.equal((await guest.send('PATCH', '/api/cart/items/NONE', { quantity: 1 })).statusCode, 404)
  t.equal((await guest.send('DELETE', '/api/cart/items/NONE')).statusCode, 404)
  t.equal(
    (await createGuest(shop).send('DELETE', '/api/cart/items/A')).statusCode,
    404,
    'nor is there one without a cart',
  )
  t.equal((await createGuest(shop).send('DELETE', '/api/cart')).json().version, 0)
})

test('a quantity is a whole number from 1 to 10: 0, -1, 1.5, 1e9 and "1" are not', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {} })
  const guest = createGuest(shop)
  await guest.add('A', 3)
  for (const quantity of [0, -1, 1.5, 1e9, 11, '1', null, true, [1]]) {
    const added = await guest.send('POST', '/api/cart/items', { sku: 'A', quantity })
    t.equal(added.statusCode, 400, `adding ${JSON.stringify(quantity)}`)
    t.match(added.json(), { code: 'invalid_request', field: 'quantity' })
    const set = await guest.send('PATCH', '/api/cart/items/A', { quantity })
    t.equal(set.statusCode, 400, `setting ${JSON.stringify(quantity)}`)
  }
  t.equal((await guest.add('A', 2)).json().lines[0].quantity, 5, 'nothing of it was taken')
})

test('a body may hold what is declared and nothing else: __proto__, a price, a cart of somebody else', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {} })
  const guest = createGuest(shop)
  await guest.add('A')
  guest.headers['content-type'] = 'application/json'
  for (const more of [
    '"__proto__":{"quantity":9}',
    '"constructor":{"prototype":{"x":1}}',
    '"unitPricePoisha":1',
    '"cartId":"x"',
  ]) {
    const answer = await guest.send('POST', '/api/cart/items', `{"sku":"A","quantity":1,${more}}`)
    t.equal(answer.statusCode, 400, more)
  }
  t.equal(({} as { quantity?: number }).quantity, undefined)
  t.equal(
    (await guest.send('POST', '/api/cart/items', `{"sku":"A","quantity":1,"x":"${'x'.repeat(40_000)}"}`)).statusCode,
    413,
  )
  t.equal((await guest.send('POST', '/api/cart/items', '{"sku":"A",')).statusCode, 400)
  t.equal((await guest.send('POST', '/api/cart/items', { sku: 'A\u0000', quantity: 1 })).statusCode, 400)
  t.equal((await guest.send('PATCH', '/api/cart/items/A%00', { quantity: 1 })).statusCode, 400)
})

test('one order holds at most so many of a SKU, and so many SKUs', async (t) => {
  const shop = await useShop(t)
  const many = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`SKU-${n}`, {}]))
  await stockGoods(shop.sql, { A: { maxPerOrder: 3 }, ...many })
  const guest = createGuest(shop)
  await guest.add('A', 2)
  for (const answer of [await guest.add('A', 2), await guest.send('PATCH', '/api/cart/items/A', { quantity: 4 })]) {
    t.equal(answer.statusCode, 409)
    t.match(answer.json(), { code: 'cart_limit', details: { limits: [{ sku: 'A', maxPerOrder: 3 }] } })
  }
  t.equal((await createGuest(shop).add('A', 4)).statusCode, 409)
  const [row] = await shop.sql`select count(*)::integer as carts from carts`
  t.same(row, { carts: 1 }, 'a refusal makes no cart')

  for (let n = 0; n < 49; n++) await guest.add(`SKU-${n}`)
  const beyond = await guest.add('SKU-50')
  t.equal(beyond.statusCode, 409)
  t.match(beyond.json(), { code: 'cart_limit', details: { maxLines: 50 } })
  t.equal((await guest.add('SKU-1')).statusCode, 200, 'a line that is there may still grow')
})

test('a line says whether the stock covers its quantity', async (t) => {
  const shop = await useShop(t, { settings: { LOW_STOCK_UNITS: '5' } })
  await stockGoods(shop.sql, {
    MANY: { units: 6 },
    LOW: { units: 5 },
    SHORT: { units: 1 },
    NONE: { units: null },
    OLD: { units: 9 },
  })
  const guest = createGuest(shop)
  for (const sku of ['MANY', 'LOW', 'SHORT', 'NONE', 'OLD']) await guest.add(sku, 2)
  await shop.sql`update variants set active = false where sku = 'OLD'`
  await guest.send('GET', '/api/cart')
  t.same(
    guest.cart.lines.map(({ sku, availability }) => [sku, availability]),
    [
      ['MANY', 'in_stock'],
      ['LOW', 'low'],
      ['SHORT', 'out'],
      ['NONE', 'out'],
      ['OLD', 'out'],
    ],
  )
})

test('a token that is not ours is refused by name; one of another cart opens that cart only', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {} })
  const [rahima, karim] = [createGuest(shop), createGuest(shop)]
  await rahima.add('A', 1)
  await karim.add('A', 2)
  const token = String(rahima.cart.cartToken)
  const [kid, , mac] = token.split('.')
  const forged = [
    'nonsense',
    '',
    token.slice(0, -1),
    `${token}x`,
    `${kid}.${String(karim.cart.cartToken).split('.')[1]}.${mac}`,
    sealId(shop.shop.keys, 'order-token', randomUUID()),
  ]
  for (const bad of forged) {
    for (const [method, url, payload] of [
      ['GET', '/api/cart', undefined],
      ['POST', '/api/cart/items', { sku: 'A', quantity: 1 }],
      ['PATCH', '/api/cart/items/A', { quantity: 1 }],
      ['DELETE', '/api/cart/items/A', undefined],
      ['DELETE', '/api/cart', undefined],
    ] as const) {
      const answer = await createGuest(shop, { 'x-cart-token': bad }).send(method, url, payload)
      t.equal(answer.statusCode, 400, `${method} ${url} with ${bad}`)
      t.match(answer.json(), { code: 'invalid_request', field: 'x-cart-token' })
    }
  }
  t.equal((await karim.send('GET', '/api/cart')).json().itemCount, 2)
  t.equal((await rahima.send('GET', '/api/cart')).json().itemCount, 1)
})

test('a token whose cart is gone leads to a new cart, never to an error', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {} })
  const guest = createGuest(shop)
  await guest.add('A')
  const before = guest.cart.cartToken
  await shop.sql`delete from carts`
  t.equal((await guest.send('GET', '/api/cart')).json().version, 0)
  await guest.add('A')
  t.not(guest.cart.cartToken, before)
  t.equal((await guest.send('GET', '/api/cart')).json().itemCount, 1)
})

test('an account uses its own cart, also with the token of a guest cart', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {}, B: {} })
  const guest = createGuest(shop)
  await guest.add('A')
  const account = await createAccount(shop)
  account.headers['x-cart-token'] = String(guest.cart.cartToken)
  const added = await account.add('B', 2)
  t.equal(added.headers['x-cart-token'], undefined)
  t.notOk('cartToken' in added.json())
  t.same(
    account.cart.lines.map(({ sku }) => sku),
    ['B'],
  )
  t.same(
    (await guest.send('GET', '/api/cart')).json().lines.map(({ sku }: { sku: string }) => sku),
    ['A'],
  )

  const other = await createAccount(shop)
  t.equal((await other.send('GET', '/api/cart')).json().version, 0, "nobody sees an account's cart but the account")
  t.equal((await createGuest(shop, { authorization: 'Bearer nonsense' }).send('GET', '/api/cart')).statusCode, 401)
})

test("an account's cart has no token, so no guest can be given it", async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {} })
  const account = await createAccount(shop)
  await account.add('A')
  const [cart] = await shop.sql<{ id: string }[]>`select id from carts`
  const guest = createGuest(shop, { 'x-cart-token': sealId(shop.shop.keys, 'cart-token', String(cart?.id)) })
  t.equal((await guest.send('GET', '/api/cart')).json().version, 0)
  t.equal((await guest.send('DELETE', '/api/cart/items/A')).statusCode, 404)
  await guest.checkOut({ body: { cartVersion: 1 } })
  t.same(await shop.sql`select from orders`, [])
})
