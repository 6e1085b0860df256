import { test } from 'tap'
import { decideOrder } from '../../src/checkout/checkout-store.ts'
import { readIdempotencyKey } from '../../src/checkout/idempotency-key.ts'
import { hashRequest } from '../../src/checkout/request-hash.ts'
import { openSealedId } from '../../src/tokens/signed-id.ts'
import { checkBooks } from '../harness/books.ts'
import { stockGoods } from '../harness/goods.ts'
import { openRival, untilRan } from '../harness/rival.ts'
import { type TestShop, useShop } from '../harness/shop.ts'
import { createAccount, createGuest, recipient, type Shopper } from '../harness/shopper.ts'

test('an Idempotency-Key is 1 to 255 visible characters, bare or quoted', (t) => {
  t.equal(readIdempotencyKey('8e03978e-40d5-43dd-bc93-6894a57f9324'), '8e03978e-40d5-43dd-bc93-6894a57f9324')
  t.equal(readIdempotencyKey('"8e03978e"'), '8e03978e', 'the spelling of the IETF draft')
  t.equal(readIdempotencyKey('"a\\"b\\\\c"'), 'a"b\\c')
  t.equal(readIdempotencyKey('x'.repeat(255)), 'x'.repeat(255))
  for (const missing of [undefined, '']) {
    t.throws(() => readIdempotencyKey(missing), { code: 'idempotency_key_missing' })
  }
  for (const bad of [
    'x'.repeat(256),
    'a b',
    'ключ',
    '"',
    '""',
    '"a',
    '"a"b"',
    '"a b"',
    '"a";p=1',
    'one, two',
    'tab\t',
  ]) {
    t.throws(() => readIdempotencyKey(bad), { code: 'invalid_request' }, bad)
  }
  t.end()
})

test('equal payloads have equal hashes, whatever the order of their fields', (t) => {
  t.same(
    hashRequest({ a: 1, b: { c: 2, d: [1, { e: 3, f: 4 }] } }),
    hashRequest({ b: { d: [1, { f: 4, e: 3 }], c: 2 }, a: 1 }),
  )
  t.notSame(hashRequest({ a: 1 }), hashRequest({ a: '1' }))
  t.notSame(hashRequest({ a: [1, 2] }), hashRequest({ a: [2, 1] }))
  t.equal(hashRequest({}).length, 32)
  t.end()
})

test('a checkout without a key is 400, and says which header', async (t) => {
  const shop = await useShop(t)
  const guest = createGuest(shop)
  const answer = await guest.checkOut({ key: null })
  t.equal(answer.statusCode, 400)
  t.match(answer.json(), { code: 'idempotency_key_missing', field: 'idempotency-key' })
  t.match((await guest.checkOut({ key: 'a b' })).json(), { code: 'invalid_request', field: 'idempotency-key' })
})

test('the same key again is the same answer, and no second order', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: { units: 10 } })
  for (const shopper of [createGuest(shop), await createAccount(shop)]) {
    await shopper.add('A')
    const first = await shopper.checkOut({ key: 'mine' })
    t.equal(first.statusCode, 201)
    for (const key of ['mine', '"mine"']) {
      const replay = await shopper.checkOut({ key, delivery: { phone: '+880 1712 345678' } })
      t.equal(replay.statusCode, 201)
      t.equal(replay.headers['idempotent-replayed'], 'true')
      t.same(replay.json(), first.json(), 'the same body, the token of the order included')
    }
  }
  t.same(await checkBooks(shop.sql, { A: 10 }), [])
  t.match(await shop.shop.metrics.registry.metrics(), /shop_idempotency_replays_total 4/)
})

test('the same key of somebody else is another key', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {} })
  const [rahima, karim, account] = [createGuest(shop), createGuest(shop), await createAccount(shop)]
  const ids = new Set<string>()
  for (const shopper of [rahima, karim, account]) {
    await shopper.add('A')
    const answer = await shopper.checkOut({ key: 'order-1' })
    t.equal(answer.statusCode, 201)
    ids.add(answer.json().id)
  }
  t.equal(ids.size, 3)
  t.same(await checkBooks(shop.sql, { A: 10 }), [])
})

test('the same key with another payload is 422', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {} })
  const guest = createGuest(shop)
  await guest.add('A')
  t.equal((await guest.checkOut({ key: 'mine' })).statusCode, 201)
  for (const wishes of [
    { delivery: { name: 'Karim' } },
    { delivery: { district: 'sylhet' } },
    { body: { paymentMethod: 'local' } },
    { body: { cartVersion: 7 } },
  ]) {
    const answer = await guest.checkOut({ key: 'mine', ...wishes })
    t.equal(answer.statusCode, 422, JSON.stringify(wishes))
    t.match(answer.json(), { code: 'idempotency_key_reused', field: 'idempotency-key' })
  }
  t.same(await checkBooks(shop.sql, { A: 10 }), [])
})

test('a refused attempt may be made again with the same key, and is decided anew', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: { units: 0 } })
  const guest = createGuest(shop)
  await guest.add('A')
  t.equal((await guest.checkOut({ key: 'mine' })).json().code, 'sold_out')
  t.same(await shop.sql`select from idempotency_keys`, [])
  await shop.sql`update stock set on_hand = 1`
  const answer = await guest.checkOut({ key: 'mine' })
  t.equal(answer.statusCode, 201)
  t.equal(answer.headers['idempotent-replayed'], undefined)
  t.same(await checkBooks(shop.sql, { A: 1 }), [])
})

test('of two identical requests at once one places the order and its twin gets the replay', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {} })
  const guest = createGuest(shop)
  await guest.add('A')
  const answers = await Promise.all(Array.from({ length: 8 }, () => guest.checkOut({ key: 'mine' })))
  t.same(
    answers.map(({ statusCode }) => statusCode),
    Array(8).fill(201),
  )
  t.equal(answers.filter(({ headers }) => headers['idempotent-replayed'] === 'true').length, 7)
  t.equal(new Set(answers.map(({ body }) => body)).size, 1)
  t.same(await checkBooks(shop.sql, { A: 10 }), [])
})

test('a twin that comes while the order is being written waits without a connection, and gets the replay', async (t) => {
  const shop = await useShop(t, { settings: { DATABASE_STATEMENT_CONNECTIONS: '1' } })
  await stockGoods(shop.sql, { A: {}, B: {} })
  const guest = createGuest(shop)
  await guest.add('A')
  const rival = await openRival(t, shop.sql)
  const first = await decideOrder(rival.database, requestOf(shop, guest, 'mine'))
  t.equal(first.decision, 'placed', 'but not committed yet')

  const twin = guest.checkOut({ key: 'mine' })
  await untilRan(shop.sql, 'place_order_v1')
  t.equal((await createGuest(shop).add('B')).statusCode, 200, 'the only connection is free for somebody else')
  await rival.commit()
  const answer = await twin
  t.equal(answer.statusCode, 201)
  t.equal(answer.headers['idempotent-replayed'], 'true')
  t.equal(answer.json().id, first.decision === 'placed' && first.receipt.id)
  t.same(await checkBooks(shop.sql, { A: 10 }), [])
})

test('a twin whose original fails after all places the order itself', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {} })
  const guest = createGuest(shop)
  await guest.add('A')
  const rival = await openRival(t, shop.sql)
  await decideOrder(rival.database, requestOf(shop, guest, 'mine'))
  const twin = guest.checkOut({ key: 'mine' })
  await untilRan(shop.sql, 'place_order_v1')
  await rival.rollback()
  const answer = await twin
  t.equal(answer.statusCode, 201)
  t.equal(answer.headers['idempotent-replayed'], undefined)
  t.same(await checkBooks(shop.sql, { A: 10 }), [])
})

test('a twin that waited until its deadline is 409 in_progress with Retry-After', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {} })
  const guest = createGuest(shop)
  await guest.add('A')
  const rival = await openRival(t, shop.sql)
  await decideOrder(rival.database, requestOf(shop, guest, 'mine'))
  const began = performance.now()
  const answer = await guest.checkOut({ key: 'mine' })
  t.ok(performance.now() - began >= 3_900, 'it waited')
  t.equal(answer.statusCode, 409)
  t.match(answer.json(), { code: 'in_progress' })
  t.equal(answer.headers['retry-after'], '1')
})

test('two tabs with a key each make one order of one cart', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {} })
  const guest = createGuest(shop)
  await guest.add('A')
  const answers = await Promise.all([guest.checkOut({ key: 'one' }), guest.checkOut({ key: 'two' })])
  t.same(answers.map(({ statusCode }) => statusCode).sort(), [201, 409])
  t.equal(answers.find(({ statusCode }) => statusCode === 409)?.json().code, 'cart_empty')
  t.same(await checkBooks(shop.sql, { A: 10 }), [])
})

/** What `guest.checkOut({ key })` will ask for. */
function requestOf(shop: TestShop, guest: Shopper, idempotencyKey: string) {
  const payload = {
    cartVersion: guest.cart.version,
    expectedTotalPoisha: guest.cart.subtotalPoisha + 6_000,
    paymentMethod: 'cash_on_delivery',
    recipient,
  }
  return {
    ...payload,
    accountId: null,
    cartId: openSealedId(shop.shop.keys, 'cart-token', String(guest.headers['x-cart-token'])) ?? null,
    paymentWindowMs: null,
    idempotencyKey,
    requestHash: hashRequest(payload),
    requestId: 'rival',
  }
}
