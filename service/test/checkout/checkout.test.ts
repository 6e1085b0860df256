import { test } from 'tap'
import { provesId } from '../../src/tokens/signed-id.ts'
import { checkBooks } from '../harness/books.ts'
import { stockGoods } from '../harness/goods.ts'
import { useShop } from '../harness/shop.ts'
import { createAccount, createGuest, recipient } from '../harness/shopper.ts'

test('a guest orders, cash on delivery: the receipt says all of it, and the stock is taken', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, {
    A: { units: 10, pricePoisha: 50_000 },
    B: { units: 5, pricePoisha: 30_000, salePricePoisha: 25_000 },
  })
  const guest = createGuest(shop)
  await guest.add('B', 1)
  await guest.add('A', 2)
  const answer = await guest.checkOut({ body: { expectedTotalPoisha: 131_000 } })
  t.equal(answer.statusCode, 201, answer.body)
  t.equal(answer.headers['idempotent-replayed'], undefined)
  t.equal(answer.headers['cache-control'], 'no-store')
  const { id, number, placedAt, orderToken, lines, ...rest } = answer.json()
  t.same(rest, {
    status: 'placed',
    paymentMethod: 'cash_on_delivery',
    expiresAt: null,
    subtotalPoisha: 125_000,
    shippingPoisha: 6_000,
    totalPoisha: 131_000,
    currency: 'BDT',
    delivery: { ...recipient, zone: 'inside_dhaka' },
  })
  t.same(lines[0], {
    sku: 'A',
    productSlug: 'a',
    name: { en: 'The A', bn: 'A পণ্য' },
    variant: { en: 'Red', bn: 'লাল' },
    quantity: 2,
    unitPricePoisha: 50_000,
    linePoisha: 100_000,
  })
  t.match(lines[1], { sku: 'B', unitPricePoisha: 25_000 })
  t.match(number, /^\d{9}$/)
  t.ok(Math.abs(Date.parse(placedAt) - Date.now()) < 60_000)
  t.ok(provesId(shop.shop.keys, 'order-token', id, orderToken), 'a guest can prove whose order it is')
  t.same(await shop.sql`select sku, on_hand, reserved from stock order by sku`, [
    { sku: 'A', on_hand: 8, reserved: 0 },
    { sku: 'B', on_hand: 4, reserved: 0 },
  ])
  t.same(await checkBooks(shop.sql, { A: 10, B: 5 }), [])
  t.match(await shop.shop.metrics.registry.metrics(), /shop_orders_total\{decision="placed"\} 1/)
})

test('an ordered cart is gone: the next thing goes into a new one', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {} })
  const guest = createGuest(shop)
  await guest.add('A')
  const before = guest.cart.cartToken
  t.equal((await guest.checkOut()).statusCode, 201)
  t.equal((await guest.checkOut()).json().code, 'cart_empty')
  t.equal((await guest.send('GET', '/api/cart')).json().version, 0)
  await guest.add('A')
  t.not(guest.cart.cartToken, before)
  t.equal((await guest.checkOut()).statusCode, 201)
  t.same(await checkBooks(shop.sql, { A: 10 }), [])
})

test("an account's order is the account's, and needs no token", async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {} })
  const account = await createAccount(shop)
  await account.add('A')
  const answer = await account.checkOut()
  t.equal(answer.statusCode, 201)
  t.notOk('orderToken' in answer.json())
  t.same(await shop.sql`select account_id from orders`, [{ account_id: account.accountId }])
  await account.add('A', 2)
  t.equal((await account.checkOut()).statusCode, 201, 'and the next cart is ordered too')
  t.same(await checkBooks(shop.sql, { A: 10 }), [])
})

test('what is not paid on delivery reserves the stock for a while instead of taking it', async (t) => {
  const shop = await useShop(t, { settings: { PAYMENT_WINDOW_MS: '600000' } })
  await stockGoods(shop.sql, { A: { units: 3 } })
  const guest = createGuest(shop)
  await guest.add('A', 2)
  const answer = await guest.checkOut({ body: { paymentMethod: 'local' } })
  t.equal(answer.statusCode, 201, answer.body)
  const receipt = answer.json()
  t.match(receipt, { status: 'awaiting_payment', paymentMethod: 'local' })
  t.equal(Date.parse(receipt.expiresAt) - Date.parse(receipt.placedAt), 600_000)
  t.same(await shop.sql`select on_hand, reserved from stock`, [{ on_hand: 3, reserved: 2 }])
  t.same(await checkBooks(shop.sql, { A: 3 }), [])

  const next = createGuest(shop)
  await next.add('A', 2)
  t.equal((await next.checkOut()).json().code, 'sold_out', 'what is reserved is not sold to somebody else')
})

test('a way to pay that this shop does not offer is refused by name', async (t) => {
  const shop = await useShop(t, { settings: { PAYMENT_LOCAL: 'off' } })
  await stockGoods(shop.sql, { A: {} })
  const guest = createGuest(shop)
  await guest.add('A')
  for (const paymentMethod of ['local', 'bkash', '', 'CASH_ON_DELIVERY']) {
    const answer = await guest.checkOut({ body: { paymentMethod } })
    t.equal(answer.statusCode, 400, paymentMethod)
    t.match(answer.json(), { code: 'invalid_request', field: 'paymentMethod' })
  }
})

test('the district decides zone and fee, and the client cannot', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: { pricePoisha: 50_000 } })
  for (const [district, zone, fee] of [
    ['dhaka', 'inside_dhaka', 6_000],
    ['gazipur', 'around_dhaka', 10_000],
    ['coxs-bazar', 'outside_dhaka', 12_000],
  ] as const) {
    const guest = createGuest(shop)
    await guest.add('A')
    const answer = await guest.checkOut({ delivery: { district }, body: { expectedTotalPoisha: 50_000 + fee } })
    t.equal(answer.statusCode, 201, answer.body)
    t.match(answer.json(), { shippingPoisha: fee, delivery: { district, zone } })
  }
  const guest = createGuest(shop)
  await guest.add('A')
  for (const [more, field] of [
    [{ delivery: { ...recipient, zone: 'inside_dhaka' } }, 'delivery.zone'],
    [{ shippingPoisha: 0 }, 'shippingPoisha'],
    [{ totalPoisha: 1 }, 'totalPoisha'],
    [{ status: 'delivered' }, 'status'],
  ] as const) {
    const answer = await guest.checkOut({ body: more })
    t.equal(answer.statusCode, 400, field)
    t.match(answer.json(), { code: 'invalid_request', field })
  }
  const cheap = await guest.checkOut({ delivery: { district: 'sylhet' } })
  t.match(cheap.json(), { code: 'price_changed', details: { shippingPoisha: 12_000, totalPoisha: 62_000 } })
  const unknown = await guest.checkOut({ delivery: { district: 'atlantis' } })
  t.equal(unknown.statusCode, 422)
  t.match(unknown.json(), { code: 'unknown_district', field: 'delivery.district' })
  t.same(await checkBooks(shop.sql, { A: 10 }), [])
})

test('name and address are kept as one line in NFC; the phone as its eleven digits', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {} })
  const guest = createGuest(shop)
  await guest.add('A')
  const answer = await guest.checkOut({
    // A composed letter that NFC takes apart, and a joiner that Bangla needs.
    delivery: { name: '  রহিমা বড়ুয়া ', addressLine: ' বাড়ি ৭, র\u200dোড ৩ ', phone: '+৮৮০ ১৭১২-৩৪৫৬৭৮' },
  })
  t.equal(answer.statusCode, 201, answer.body)
  const { delivery } = answer.json()
  t.equal(delivery.name, 'রহিমা বড়ুয়া'.normalize('NFC'))
  t.equal(delivery.addressLine, 'বাড়ি ৭, র\u200dোড ৩'.normalize('NFC'))
  t.equal(delivery.phone, '01712345678')
})

test('what cannot be written on a parcel is refused by field', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {} })
  const guest = createGuest(shop)
  await guest.add('A')
  for (const [delivery, field] of [
    [{ name: '' }, 'delivery.name'],
    [{ name: '   ' }, 'delivery.name'],
    [{ name: 'x'.repeat(81) }, 'delivery.name'],
    [{ name: '\u09dc'.repeat(41) }, 'delivery.name'],
    [{ name: 'Rahima\u0000' }, 'delivery.name'],
    [{ name: 'Rahima\nKhatun' }, 'delivery.name'],
    [{ name: 'Rahima \u202eevil' }, 'delivery.name'],
    [{ name: 'half \ud83d' }, 'delivery.name'],
    [{ name: 7 }, 'delivery.name'],
    [{ addressLine: 'Road' }, 'delivery.addressLine'],
    [{ addressLine: 'x'.repeat(201) }, 'delivery.addressLine'],
    [{ addressLine: 'Road 3\tDhaka' }, 'delivery.addressLine'],
    [{ phone: '0171234567' }, 'delivery.phone'],
    [{ phone: '01212345678' }, 'delivery.phone'],
    [{ phone: '+8801712345678x' }, 'delivery.phone'],
    [{ district: 'Dhaka' }, 'delivery.district'],
    [{ district: "dhaka'--" }, 'delivery.district'],
  ] as const) {
    const answer = await guest.checkOut({ delivery })
    t.equal(answer.statusCode, 400, `${field}: ${JSON.stringify(delivery)}`)
    t.match(answer.json(), { code: 'invalid_request', field })
  }
  for (const [body, field] of [
    [{ cartVersion: -1 }, 'cartVersion'],
    [{ cartVersion: 2 ** 31 }, 'cartVersion'],
    [{ cartVersion: '1' }, 'cartVersion'],
    [{ expectedTotalPoisha: 1.5 }, 'expectedTotalPoisha'],
    [{ expectedTotalPoisha: 1e300 }, 'expectedTotalPoisha'],
    [{ delivery: null }, 'delivery'],
  ] as const) {
    const answer = await guest.checkOut({ body })
    t.equal(answer.statusCode, 400, `${field}: ${JSON.stringify(body)}`)
    t.match(answer.json(), { code: 'invalid_request', field })
  }
  const tooLarge = await guest.checkOut({ delivery: { addressLine: 'x'.repeat(40_000) } })
  t.equal(tooLarge.statusCode, 413)
  const polluted = await shop.app.inject({
    method: 'POST',
    url: '/api/checkout',
    headers: { ...guest.headers, 'content-type': 'application/json', 'idempotency-key': 'k' },
    payload: '{"__proto__":{"cartVersion":1}}',
  })
  t.equal(polluted.statusCode, 400)
  t.equal((await guest.checkOut()).statusCode, 201, 'and the cart can still be ordered')
})

test("nobody orders somebody else's cart", async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {} })
  const [rahima, karim] = [createGuest(shop), createGuest(shop)]
  await rahima.add('A')
  await karim.add('A', 5)
  const forged = await karim.checkOut({ headers: { 'x-cart-token': `${rahima.cart.cartToken}x` } })
  t.equal(forged.statusCode, 400)
  t.match(forged.json(), { code: 'invalid_request', field: 'x-cart-token' })
  t.equal((await createGuest(shop).checkOut({ body: { cartVersion: 1 } })).json().code, 'cart_empty')

  const account = await createAccount(shop)
  const withToken = await account.checkOut({
    headers: { 'x-cart-token': String(rahima.cart.cartToken) },
    body: { cartVersion: 1 },
  })
  t.equal(withToken.json().code, 'cart_empty', 'an account orders its own cart only')
  t.same(await shop.sql`select from orders`, [])
})
