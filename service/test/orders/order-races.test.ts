import { test } from 'tap'
import type { Actor } from '../../src/audit/audit-store.ts'
import { releaseExpired } from '../../src/orders/expire-orders.ts'
import { cancelOrder, moveOrder } from '../../src/orders/move-order.ts'
import { settlePayment } from '../../src/payments/settle-payment.ts'
import { holdLock, untilBlocked } from '../harness/blocked.ts'
import { checkBooks, historyOf, letExpire, placeOrder, shelf, stockShelf, traces } from '../harness/orders.ts'
import { useShop } from '../harness/shop.ts'

const shopper: Actor = { id: null, role: 'guest' }
const staff: Actor = { id: null, role: 'staff' }

for (const first of ['cancel', 'pack'] as const) {
  test(`cancel racing pack, with ${first} in front: one of them happens, and the books agree`, async (t) => {
    const { shop, sql } = await useShop(t)
    await stockShelf(sql, { 'TEA-1': 5 })
    const { id: orderId } = await placeOrder(sql, { lines: { 'TEA-1': 2 } })
    await moveOrder(shop.database, { orderId, to: 'confirmed', actor: staff })

    const race = {
      cancel: () => cancelOrder(shop.database, { orderId, actor: shopper }),
      pack: () => moveOrder(shop.database, { orderId, to: 'packed', actor: staff }),
    }
    const release = await holdLock(sql, (tx) => tx`select from orders where id = ${orderId} for update`)
    const winner = race[first]()
    await untilBlocked(sql, 1)
    const loser = race[first === 'cancel' ? 'pack' : 'cancel']()
    const status = first === 'cancel' ? 'cancelled' : 'packed'
    // Awaited from the start: it may fail before the winner's answer is here.
    const refused = t.rejects(loser, { code: 'order_state', extras: { details: { status } } })
    await untilBlocked(sql, 2)
    await release()

    t.equal((await winner).status, status)
    await refused
    t.same(await historyOf(sql, orderId), ['placed', 'confirmed', status])
    t.same(await shelf(sql), { onHand: first === 'cancel' ? 5 : 3, reserved: 0 })
    await checkBooks(t, sql, { 'TEA-1': 5 })
  })
}

test('a rival who packs between our lock and our update cannot exist: the cancel sees the packed order', async (t) => {
  const { shop, sql } = await useShop(t)
  await stockShelf(sql, { 'TEA-1': 5 })
  const { id: orderId } = await placeOrder(sql)
  const release = await holdLock(sql, (tx) => tx`update orders set status = 'packed' where id = ${orderId}`)
  const cancelled = cancelOrder(shop.database, { orderId, actor: shopper })
  const refused = t.rejects(cancelled, { code: 'order_state', message: /is packed/ })
  await untilBlocked(sql, 1)
  await release()
  await refused
  await checkBooks(t, sql, { 'TEA-1': 5 })
})

function payment(order: { id: string; totalPoisha: number }, eventId = 'e1') {
  const { id: orderId, totalPoisha: amountPoisha } = order
  return { eventId, reference: `r-${orderId}`, orderId, amountPoisha, currency: 'BDT', status: 'paid' as const }
}

test('an order whose payment is arriving does not expire under it', async (t) => {
  const { shop, sql } = await useShop(t)
  await stockShelf(sql, { 'TEA-1': 1 })
  const order = await placeOrder(sql, { paymentMethod: 'local' })
  await letExpire(sql, order.id)
  // The payment holds the order and waits for the stock.
  const release = await holdLock(sql, (tx) => tx`select from stock where sku = 'TEA-1' for update`)
  const paid = settlePayment(shop.database, 'local', payment(order))
  await untilBlocked(sql, 1)
  t.equal(await releaseExpired(shop.database, { limit: 10 }), 0)
  await release()
  t.equal(await paid, 'placed')
  t.same(await shelf(sql), { onHand: 0, reserved: 0 })
  await checkBooks(t, sql, { 'TEA-1': 1 })
})

test('a payment that waits for an expiry places the order anew', async (t) => {
  const { shop, sql } = await useShop(t)
  await stockShelf(sql, { 'TEA-1': 1 })
  const order = await placeOrder(sql, { paymentMethod: 'local' })
  await letExpire(sql, order.id)
  const release = await holdLock(sql, (tx) => tx`select from stock where sku = 'TEA-1' for update`)
  const expired = releaseExpired(shop.database, { limit: 10 })
  await untilBlocked(sql, 1)
  const paid = settlePayment(shop.database, 'local', payment(order))
  await untilBlocked(sql, 2)
  await release()
  t.equal(await expired, 1)
  t.equal(await paid, 'placed')
  t.same(await historyOf(sql, order.id), ['awaiting_payment', 'expired', 'placed'])
  await checkBooks(t, sql, { 'TEA-1': 1 })
})

test('expired orders give back what they reserved, once, however many processes see to it', async (t) => {
  const here = await useShop(t)
  const { sql, shop } = here
  const there = await useShop(t, { beside: here })
  await stockShelf(sql, { 'TEA-1': 20, 'CUP-1': 20 })
  const orders = []
  for (let i = 0; i < 8; i++) {
    orders.push(await placeOrder(sql, { paymentMethod: 'local', lines: { 'TEA-1': 1, 'CUP-1': 2 } }))
  }
  const kept = await placeOrder(sql, { paymentMethod: 'local' })
  for (const { id } of orders) await letExpire(sql, id)

  const counts = await Promise.all(
    [shop, there.shop, shop, there.shop].map(({ database }) => releaseExpired(database, { limit: 5 })),
  )
  const rest = await releaseExpired(shop.database, { limit: 50 })
  t.equal(
    counts.reduce((sum, count) => sum + count, rest),
    8,
  )
  for (const { id } of orders) t.same(await traces(sql, id, 'order.expired'), { audited: 1, told: 1 })
  t.same(await historyOf(sql, kept.id), ['awaiting_payment'])
  t.same(await shelf(sql), { onHand: 20, reserved: 1 })
  t.same(await shelf(sql, 'CUP-1'), { onHand: 20, reserved: 0 })
  await checkBooks(t, sql, { 'TEA-1': 20, 'CUP-1': 20 })
})

test('the checkout lets expire only what holds the SKUs that it wants', async (t) => {
  const { shop, sql } = await useShop(t)
  await stockShelf(sql, { 'TEA-1': 5, 'CUP-1': 5 })
  const tea = await placeOrder(sql, { paymentMethod: 'local', lines: { 'TEA-1': 1 } })
  const cup = await placeOrder(sql, { paymentMethod: 'local', lines: { 'CUP-1': 1 } })
  for (const { id } of [tea, cup]) await letExpire(sql, id)
  t.equal(await releaseExpired(shop.database, { skus: ['CUP-1'], limit: 10 }), 1)
  t.same(await historyOf(sql, tea.id), ['awaiting_payment'])
  t.same(await historyOf(sql, cup.id), ['awaiting_payment', 'expired'])
  const [entry] = await sql`select after from audit_log where action = 'order.expired'`
  t.match(entry?.after, { status: 'expired', stockHeld: 'none', goods: [{ sku: 'CUP-1', quantity: 1 }] })
})
