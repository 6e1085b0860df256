import { test } from 'tap'
import { createPlaceOrder } from '../../src/checkout/place-order.ts'
import { checkBooks } from '../harness/books.ts'
import { stockGoods } from '../harness/goods.ts'
import { openRival, untilBlocked } from '../harness/rival.ts'
import { useShop } from '../harness/shop.ts'
import { createGuest, recipient } from '../harness/shopper.ts'

test('a price that changed between page and checkout is 409 with the new one, and nothing is taken', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: { pricePoisha: 50_000 }, B: { pricePoisha: 10_000 } })
  const guest = createGuest(shop)
  await guest.add('A', 2)
  await guest.add('B', 1)
  await shop.sql`update variants set price_poisha = 60000 where sku = 'A'`
  const answer = await guest.checkOut({ key: 'one' })
  t.equal(answer.statusCode, 409)
  t.match(answer.json(), {
    code: 'price_changed',
    field: 'expectedTotalPoisha',
    details: {
      lines: [
        { sku: 'A', quantity: 2, unitPricePoisha: 60_000, linePoisha: 120_000 },
        { sku: 'B', linePoisha: 10_000 },
      ],
      subtotalPoisha: 130_000,
      shippingPoisha: 6_000,
      totalPoisha: 136_000,
    },
  })
  t.same(await checkBooks(shop.sql, { A: 10, B: 10 }), [])
  t.same(await shop.sql`select from orders`, [])
  const again = await guest.checkOut({ key: 'one', body: { expectedTotalPoisha: 136_000 } })
  t.equal(again.statusCode, 201, 'the new total may be agreed to, with the same key')
})

test('the expected total is compared and never charged, be it more or less', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: { pricePoisha: 50_000 } })
  const guest = createGuest(shop)
  await guest.add('A')
  for (const expectedTotalPoisha of [0, 1, 50_000, 55_999, 56_001, Number.MAX_SAFE_INTEGER]) {
    const answer = await guest.checkOut({ body: { expectedTotalPoisha } })
    t.equal(answer.statusCode, 409, String(expectedTotalPoisha))
    t.match(answer.json(), { code: 'price_changed', details: { totalPoisha: 56_000 } })
  }
  t.same(await shop.sql`select from orders`, [])
})

test('a price that changes while the checkout waits for the stock is the one that counts', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {} })
  const guest = createGuest(shop)
  await guest.add('A')
  const rival = await openRival(t, shop.sql)
  await rival.sql`select from stock where sku = 'A' for update`
  const waiting = guest.checkOut()
  await untilBlocked(shop.sql, 'place_order_v1')
  await shop.sql`update variants set price_poisha = 70000 where sku = 'A'`
  await rival.commit()
  t.match((await waiting).json(), { code: 'price_changed', details: { totalPoisha: 76_000 } })
})

test('a cart that has changed since is 409 with its version', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {} })
  const guest = createGuest(shop)
  await guest.add('A')
  await guest.add('A')
  const answer = await guest.checkOut({ body: { cartVersion: 1 } })
  t.equal(answer.statusCode, 409)
  t.match(answer.json(), { code: 'cart_changed', field: 'cartVersion', details: { cartVersion: 2 } })
})

test('a cart that changes in another tab while it is checked out is not ordered unseen', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {} })
  const guest = createGuest(shop)
  await guest.add('A')
  const rival = await openRival(t, shop.sql)
  const [cart] = await shop.sql<{ id: string }[]>`select id from carts`
  await rival.sql`select cart_add_item_v1(null, ${String(cart?.id)}, 'A', 1, 50)`
  const waiting = guest.checkOut()
  await untilBlocked(shop.sql, 'place_order_v1')
  await rival.commit()
  t.match((await waiting).json(), { code: 'cart_changed', details: { cartVersion: 2 } })
})

test('an empty cart, and none, are 409 cart_empty', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {} })
  const guest = createGuest(shop)
  t.match((await guest.checkOut()).json(), { code: 'cart_empty' })
  await guest.add('A')
  await guest.send('DELETE', '/api/cart')
  const answer = await guest.checkOut()
  t.equal(answer.statusCode, 409)
  t.match(answer.json(), { code: 'cart_empty' })
})

test('two lines of which one is short take nothing of the other', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: { units: 10 }, B: { units: 1 }, C: { units: null }, D: {} })
  const guest = createGuest(shop)
  await guest.add('A', 2)
  await guest.add('B', 2)
  await guest.add('C', 1)
  await guest.add('D', 1)
  await shop.sql`update products set active = false where slug = 'd'`
  const answer = await guest.checkOut()
  t.equal(answer.statusCode, 409)
  t.match(answer.json(), { code: 'sold_out', details: { skus: ['B', 'C', 'D'] } })
  t.same(await checkBooks(shop.sql, { A: 10, B: 1, D: 10 }), [])
  t.same(await shop.sql`select from orders`, [])
})

test('the same SKU added twice is one line, checked as a whole', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: { units: 3 } })
  const guest = createGuest(shop)
  await guest.add('A', 2)
  await guest.add('A', 2)
  t.equal(guest.cart.lines.length, 1)
  t.match((await guest.checkOut()).json(), { code: 'sold_out', details: { skus: ['A'] } })
  await guest.send('PATCH', '/api/cart/items/A', { quantity: 3 })
  t.equal((await guest.checkOut()).statusCode, 201)
  t.same(await shop.sql`select on_hand from stock`, [{ on_hand: 0 }])
  t.same(await checkBooks(shop.sql, { A: 3 }), [])
})

test('the last unit, sold to a rival between our look and our lock, is sold out', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: { units: 1 } })
  const guest = createGuest(shop)
  await guest.add('A')
  const rival = await openRival(t, shop.sql)
  await rival.sql`update stock set on_hand = 0 where sku = 'A'`
  const waiting = guest.checkOut()
  await untilBlocked(shop.sql, 'place_order_v1')
  await rival.commit()
  t.match((await waiting).json(), { code: 'sold_out', details: { skus: ['A'] } })
})

test('the last unit, which a rival gives up between our look and our lock, is ours', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: { units: 1 } })
  const guest = createGuest(shop)
  await guest.add('A')
  const rival = await openRival(t, shop.sql)
  await rival.sql`update stock set on_hand = 0 where sku = 'A'`
  const waiting = guest.checkOut()
  await untilBlocked(shop.sql, 'place_order_v1')
  await rival.rollback()
  t.equal((await waiting).statusCode, 201)
})

test('a refusal for want of stock waits for nobody: it is decided without a lock', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: { units: 0 } })
  const guest = createGuest(shop)
  await guest.add('A')
  const rival = await openRival(t, shop.sql)
  await rival.sql`select from stock for update`
  t.match((await guest.checkOut()).json(), { code: 'sold_out' })
})

test('a limit that was lowered since the cart was filled is 409 with the limit', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {}, B: {} })
  const guest = createGuest(shop)
  await guest.add('A', 5)
  await guest.add('B', 1)
  await shop.sql`update variants set max_per_order = 2 where sku = 'A'`
  const answer = await guest.checkOut()
  t.equal(answer.statusCode, 409)
  t.match(answer.json(), { code: 'cart_limit', details: { limits: [{ sku: 'A', maxPerOrder: 2 }] } })
  t.same(await shop.sql`select from orders`, [])
})

test('reservations that have expired do not stand in the way: they are released, and it is decided once more', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: { units: 1 }, B: { units: 5 } })
  const slow = createGuest(shop)
  await slow.add('A')
  const reserved = await slow.checkOut({ body: { paymentMethod: 'local' } })
  t.equal(reserved.statusCode, 201)

  const [cart] = await shop.sql<{ id: string }[]>`insert into carts default values returning id`
  await shop.sql`insert into cart_items (cart_id, sku, quantity) values (${String(cart?.id)}, 'A', 1)`
  const asked: unknown[] = []
  const placeOrder = createPlaceOrder({
    database: shop.shop.database,
    async releaseExpired(_database, options) {
      asked.push(options)
      await shop.sql`update stock set reserved = 0 where sku = 'A'`
      await shop.sql`delete from reservations`
      await shop.sql`update orders set status = 'expired', stock_held = 'none' where status = 'awaiting_payment'`
    },
  })
  const request = {
    accountId: null,
    cartId: String(cart?.id),
    cartVersion: 1,
    expectedTotalPoisha: 56_000,
    paymentMethod: 'cash_on_delivery',
    paymentWindowMs: null,
    recipient,
    idempotencyKey: 'k',
    requestHash: Buffer.alloc(32),
    requestId: 'r',
  }
  t.match(await placeOrder(request), { decision: 'sold_out', skus: ['A'], releasable: false })
  t.same(asked, [], 'while it is not expired, nobody is robbed of it')
  await shop.sql`update reservations set expires_at = now()`
  t.match(await placeOrder(request), { decision: 'placed' })
  t.same(asked, [{ skus: ['A'], limit: 20 }])
  t.same(await checkBooks(shop.sql, { A: 1, B: 5 }), [])
})
