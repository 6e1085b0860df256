import { test } from 'tap'
import { releaseExpired } from '../../src/orders/expire-orders.ts'
import { cancelOrder, moveOrder } from '../../src/orders/move-order.ts'
import type { PaymentEvent } from '../../src/payments/provider.ts'
import { settlePayment } from '../../src/payments/settle-payment.ts'
import { checkBooks, historyOf, letExpire, placeOrder, shelf, stockShelf, traces } from '../harness/orders.ts'
import { type TestShop, useShop } from '../harness/shop.ts'

function settle({ shop }: TestShop, order: { id: string; totalPoisha: number }, claim: Partial<PaymentEvent> = {}) {
  return settlePayment(shop.database, 'local', {
    eventId: 'event-1',
    reference: `local-${order.id}`,
    orderId: order.id,
    amountPoisha: order.totalPoisha,
    currency: 'BDT',
    status: 'paid',
    ...claim,
  })
}

async function paymentsOf({ sql }: TestShop, orderId: string) {
  return sql`select reference, amount_poisha::integer as amount, currency, status from payments
    where order_id = ${orderId} order by created_at`
}

test('a payment in time places the order and takes what it had reserved', async (t) => {
  const test = await useShop(t)
  await stockShelf(test.sql, { 'TEA-1': 3 })
  const order = await placeOrder(test.sql, { paymentMethod: 'local', lines: { 'TEA-1': 2 } })
  t.same(await shelf(test.sql), { onHand: 3, reserved: 2 })
  t.equal(await settle(test, order), 'placed')
  t.same(await shelf(test.sql), { onHand: 1, reserved: 0 })
  t.same(await paymentsOf(test, order.id), [
    { reference: `local-${order.id}`, amount: order.totalPoisha, currency: 'BDT', status: 'settled' },
  ])
  const [entry] = await test.sql`
    select actor_role, before, after from audit_log where action = 'order.placed' and actor_role = 'system'`
  t.match(entry, { before: { paidPoisha: 0 }, after: { paidPoisha: order.totalPoisha, stockHeld: 'taken' } })
  await checkBooks(t, test.sql, { 'TEA-1': 3 })
})

test('a webhook twice, also at the same moment, books the payment once', async (t) => {
  const test = await useShop(t)
  await stockShelf(test.sql, { 'TEA-1': 3 })
  const order = await placeOrder(test.sql, { paymentMethod: 'local' })
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => settle(test, order)))
  t.same(outcomes.sort(), ['duplicate', 'duplicate', 'duplicate', 'placed'])
  t.equal(await settle(test, order), 'duplicate')
  t.equal(await settle(test, order, { eventId: 'event-2' }), 'duplicate', 'the same payment under another event id')
  t.same(await historyOf(test.sql, order.id), ['awaiting_payment', 'placed'])
  t.same(await traces(test.sql, order.id, 'order.awaiting_payment'), { audited: 1, told: 1 }, 'by the checkout')
  t.same(await traces(test.sql, order.id, 'order.placed'), { audited: 1, told: 1 }, 'by the payment')
  await checkBooks(t, test.sql, { 'TEA-1': 3 })
})

for (const [what, claim] of [
  ['another amount', { amountPoisha: 1 }],
  ['more than the order costs', { amountPoisha: 9_999_999 }],
  ['another currency', { currency: 'INR' }],
] as const) {
  test(`a payment of ${what} is recorded and audited, and the order stays unpaid`, async (t) => {
    const test = await useShop(t)
    await stockShelf(test.sql, { 'TEA-1': 3 })
    const order = await placeOrder(test.sql, { paymentMethod: 'local' })
    t.equal(await settle(test, order, claim), 'mismatched')
    t.equal(await settle(test, order, claim), 'duplicate')
    t.match(await paymentsOf(test, order.id), [{ status: 'mismatched' }])
    t.same(await traces(test.sql, order.id, 'payment.mismatched'), { audited: 1, told: 1 })
    t.same(await historyOf(test.sql, order.id), ['awaiting_payment'])
    t.equal(await settle(test, order, { eventId: 'event-2' }), 'placed', 'the right payment still places it')
    t.equal(await settle(test, order, { eventId: 'event-3', ...claim }), 'mismatched')
    t.match(await paymentsOf(test, order.id), [{ status: 'settled', amount: order.totalPoisha }], 'booked stays booked')
    await checkBooks(t, test.sql, { 'TEA-1': 3 })
  })
}

test('a reference of another order pays nothing here', async (t) => {
  const test = await useShop(t)
  await stockShelf(test.sql, { 'TEA-1': 3 })
  const [paid, unpaid] = [
    await placeOrder(test.sql, { paymentMethod: 'local' }),
    await placeOrder(test.sql, { paymentMethod: 'local' }),
  ]
  t.equal(await settle(test, paid), 'placed')
  t.equal(await settle(test, unpaid, { eventId: 'event-2', reference: `local-${paid.id}` }), 'mismatched')
  t.same(await historyOf(test.sql, unpaid.id), ['awaiting_payment'])
  t.match(await paymentsOf(test, paid.id), [{ status: 'settled' }])
  t.same(await traces(test.sql, unpaid.id, 'payment.mismatched'), { audited: 1, told: 1 })
})

test('an unknown order is refused and leaves nothing behind, so that the provider may come again', async (t) => {
  const test = await useShop(t)
  const unknown = { id: '00000000-0000-4000-8000-000000000000', totalPoisha: 100 }
  await t.rejects(settle(test, unknown), { code: 'not_found' })
  await t.rejects(settle(test, unknown), { code: 'not_found' })
  t.same(await test.sql`select from payment_events`, [])
})

test('a failed payment leaves the order waiting for a better one', async (t) => {
  const test = await useShop(t)
  await stockShelf(test.sql, { 'TEA-1': 3 })
  const order = await placeOrder(test.sql, { paymentMethod: 'local' })
  t.equal(await settle(test, order, { status: 'failed' }), 'failed')
  t.same(await historyOf(test.sql, order.id), ['awaiting_payment'])
  t.equal(await settle(test, order, { eventId: 'event-2' }), 'placed')
})

test('a payment too late takes the stock again while there is some', async (t) => {
  const test = await useShop(t)
  await stockShelf(test.sql, { 'TEA-1': 3 })
  const order = await placeOrder(test.sql, { paymentMethod: 'local', lines: { 'TEA-1': 3 } })
  await letExpire(test.sql, order.id)
  await releaseExpired(test.shop.database, { limit: 10 })
  t.equal(await settle(test, order), 'placed')
  t.same(await shelf(test.sql), { onHand: 0, reserved: 0 })
  t.same(await historyOf(test.sql, order.id), ['awaiting_payment', 'expired', 'placed'])
  await checkBooks(t, test.sql, { 'TEA-1': 3 })
})

test('a payment too late for the stock is owed back, and takes nothing', async (t) => {
  const test = await useShop(t)
  await stockShelf(test.sql, { 'CUP-1': 9, 'TEA-1': 3 })
  const order = await placeOrder(test.sql, { paymentMethod: 'local', lines: { 'CUP-1': 1, 'TEA-1': 3 } })
  await letExpire(test.sql, order.id)
  await releaseExpired(test.shop.database, { limit: 10 })
  // One unit is promised to somebody else who has not paid yet: it is not free.
  await placeOrder(test.sql, { paymentMethod: 'local', lines: { 'TEA-1': 1 } })
  t.equal(await settle(test, order), 'refund_due')
  t.same(await shelf(test.sql), { onHand: 3, reserved: 1 })
  t.same(await shelf(test.sql, 'CUP-1'), { onHand: 9, reserved: 0 })
  t.same(await traces(test.sql, order.id, 'order.refund_due'), { audited: 1, told: 1 })
  const refunded = await moveOrder(test.shop.database, {
    orderId: order.id,
    to: 'refunded',
    actor: { id: null, role: 'admin' },
  })
  t.match(refunded, { paidPoisha: order.totalPoisha, refundedPoisha: order.totalPoisha })
  t.match(await paymentsOf(test, order.id), [{ status: 'refunded' }])
  await checkBooks(t, test.sql, { 'CUP-1': 9, 'TEA-1': 3 })
})

test('a payment of a cancelled order is owed back: nobody who cancelled is sent a parcel', async (t) => {
  const test = await useShop(t)
  await stockShelf(test.sql, { 'TEA-1': 3 })
  const order = await placeOrder(test.sql, { paymentMethod: 'local' })
  await cancelOrder(test.shop.database, { orderId: order.id, actor: { id: null, role: 'guest' } })
  t.equal(await settle(test, order), 'refund_due')
  t.same(await historyOf(test.sql, order.id), ['awaiting_payment', 'cancelled', 'refund_due'])
  await checkBooks(t, test.sql, { 'TEA-1': 3 })
})

test('a second payment of one order is owed back by itself, and the order stays as it is', async (t) => {
  const test = await useShop(t)
  await stockShelf(test.sql, { 'TEA-1': 3 })
  const order = await placeOrder(test.sql, { paymentMethod: 'local' })
  t.equal(await settle(test, order), 'placed')
  t.equal(await settle(test, order, { eventId: 'event-2', reference: 'other' }), 'refund_due')
  t.same(await historyOf(test.sql, order.id), ['awaiting_payment', 'placed'])
  t.match(await paymentsOf(test, order.id), [{ status: 'settled' }, { reference: 'other', status: 'refund_due' }])
  t.same(await traces(test.sql, order.id, 'payment.refund_due'), { audited: 1, told: 1 })
  await checkBooks(t, test.sql, { 'TEA-1': 3 })
})

test('a shopper who cancels a paid order is owed the money, and the goods are back on the shelf', async (t) => {
  const test = await useShop(t)
  await stockShelf(test.sql, { 'TEA-1': 3 })
  const order = await placeOrder(test.sql, { paymentMethod: 'local' })
  await settle(test, order)
  const cancelled = await cancelOrder(test.shop.database, { orderId: order.id, actor: { id: null, role: 'guest' } })
  t.match(cancelled, { status: 'refund_due', stockHeld: 'none', paidPoisha: order.totalPoisha, refundedPoisha: 0 })
  t.same(await shelf(test.sql), { onHand: 3, reserved: 0 })
  await checkBooks(t, test.sql, { 'TEA-1': 3 })
})
