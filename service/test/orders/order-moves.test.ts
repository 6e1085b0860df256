import type { Sql } from 'postgres'
import { test } from 'tap'
import type { Actor } from '../../src/audit/audit-store.ts'
import { ShopError } from '../../src/errors.ts'
import { moveOrder } from '../../src/orders/move-order.ts'
import { type Mover, type OrderStatus, orderMoves, orderStatuses } from '../../src/orders/order-moves.ts'
import { checkBooks, checkStock, historyOf, placeOrder, shelf, stockShelf, traces } from '../harness/orders.ts'
import { useShop } from '../harness/shop.ts'

const held: Record<OrderStatus, string> = {
  awaiting_payment: 'reserved',
  placed: 'taken',
  confirmed: 'taken',
  packed: 'taken',
  shipped: 'taken',
  delivered: 'taken',
  delivery_failed: 'taken',
  expired: 'none',
  returned: 'none',
  cancelled: 'none',
  refund_due: 'none',
  refunded: 'none',
}

/** An order as it is in a state, with or without money in the shop. */
async function orderIn(sql: Sql, status: OrderStatus, paid: boolean): Promise<string> {
  const reserved = status === 'awaiting_payment'
  const { id, totalPoisha } = await placeOrder(sql, { paymentMethod: reserved || paid ? 'local' : 'cash_on_delivery' })
  if (!reserved && paid) {
    await sql`update stock set reserved = reserved - 1, on_hand = on_hand - 1`
    await sql`delete from reservations where order_id = ${id}`
  }
  if (paid) {
    await sql`insert into payments (order_id, provider, reference, amount_poisha, currency, status)
      values (${id}, 'local', ${id}, ${totalPoisha}, 'BDT', 'settled')`
  }
  if (held[status] === 'none') await sql`update stock set on_hand = on_hand + 1`
  await sql`update orders set status = ${status}, stock_held = ${held[status]}, paid_poisha = ${paid ? totalPoisha : 0}
    where id = ${id}`
  return id
}

function expected(
  from: OrderStatus,
  to: OrderStatus,
  mover: Mover,
  paid: boolean,
): 'moved' | 'forbidden' | 'order_state' {
  const move = orderMoves.find((each) => each.from === from && each.to === to)
  if (!move) return 'order_state'
  const suits = move.onlyIf === undefined || (move.onlyIf === 'paid') === paid
  if (move.who.includes(mover)) return suits ? 'moved' : 'order_state'
  return mover === 'staff' && move.who.includes('admin') ? 'forbidden' : 'order_state'
}

const movers: Mover[] = ['shopper', 'staff', 'admin', 'system']

for (const from of orderStatuses) {
  test(`from ${from} an order goes where the table says, for everybody in it and nobody else`, async (t) => {
    const { shop, sql } = await useShop(t)
    await stockShelf(sql, { 'TEA-1': 1_000 })
    for (const paid of [false, true]) {
      if (from === 'awaiting_payment' && paid) continue
      const id = await orderIn(sql, from, paid)
      for (const to of orderStatuses) {
        for (const role of movers) {
          const outcome = expected(from, to, role, paid)
          if (outcome === 'moved') continue
          const failure = await moveOrder(shop.database, { orderId: id, to, actor: { id: null, role } }).then(
            () => 'moved',
            (error: unknown) => (error instanceof ShopError ? error.code : error),
          )
          t.equal(failure, outcome, `${paid ? 'paid' : 'unpaid'} ${from} to ${to} by ${role}`)
        }
      }
      t.same(await historyOf(sql, id), [paid || from === 'awaiting_payment' ? 'awaiting_payment' : 'placed'])
      const possible = orderMoves.filter((move) => move.from === from)
      for (const move of possible) {
        for (const role of move.who.filter((each) => expected(from, move.to, each, paid) === 'moved')) {
          const orderId = await orderIn(sql, from, paid)
          const actor: Actor = { id: null, role }
          const before = await traces(sql, orderId, `order.${move.to}`)
          const after = await moveOrder(shop.database, { orderId, to: move.to, actor, reason: 'because' })
          t.equal(after.status, move.to, `${paid ? 'paid' : 'unpaid'} ${from} to ${move.to} by ${role}`)
          const traced = { audited: before.audited + 1, told: before.told + 1 }
          t.same(await traces(sql, orderId, `order.${move.to}`), traced)
        }
      }
    }
    await checkStock(t, sql, { 'TEA-1': 1_000 })
  })
}

test('the system alone places, expires and owes back by payments; a shopper alone never moves stock twice', async (t) => {
  for (const move of orderMoves.filter(({ money }) => money === 'collect')) t.same(move.who, ['system'])
  for (const move of orderMoves.filter(({ money }) => money === 'return')) t.same(move.who, ['admin'])
  for (const move of orderMoves) t.ok(orderStatuses.includes(move.from) && orderStatuses.includes(move.to))
  t.equal(new Set(orderMoves.map(({ from, to }) => `${from} ${to}`)).size, orderMoves.length, 'no move is there twice')
})

test('a returned parcel gives its stock back exactly once, also when it is taken in twice at once', async (t) => {
  const { shop, sql } = await useShop(t)
  await stockShelf(sql, { 'TEA-1': 5 })
  const { id: orderId } = await placeOrder(sql, { lines: { 'TEA-1': 3 } })
  const actor: Actor = { id: null, role: 'staff' }
  for (const to of ['confirmed', 'packed', 'shipped', 'delivery_failed'] as const) {
    await moveOrder(shop.database, { orderId, to, actor })
  }
  t.same(await shelf(sql), { onHand: 2, reserved: 0 })
  const twice = await Promise.allSettled([1, 2].map(() => moveOrder(shop.database, { orderId, to: 'returned', actor })))
  t.same(twice.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  t.same(await shelf(sql), { onHand: 5, reserved: 0 })
  t.same(await traces(sql, orderId, 'order.returned'), { audited: 1, told: 1 })
  await checkBooks(t, sql, { 'TEA-1': 5 })
})

test('cash is money when the parcel is delivered: booked, audited, and owed back when it is returned', async (t) => {
  const { shop, sql } = await useShop(t)
  await stockShelf(sql, { 'TEA-1': 5 })
  const { id: orderId, totalPoisha } = await placeOrder(sql)
  const actor: Actor = { id: null, role: 'staff' }
  for (const to of ['confirmed', 'packed', 'shipped'] as const) {
    t.equal((await moveOrder(shop.database, { orderId, to, actor })).paidPoisha, 0)
  }
  t.equal((await moveOrder(shop.database, { orderId, to: 'delivered', actor })).paidPoisha, totalPoisha)
  const [entry] = await sql`select before, after from audit_log where action = 'order.delivered'`
  t.match(entry, { before: { paidPoisha: 0 }, after: { paidPoisha: totalPoisha } })

  await moveOrder(shop.database, { orderId, to: 'returned', actor })
  await moveOrder(shop.database, { orderId, to: 'refund_due', actor })
  const refunded = await moveOrder(shop.database, { orderId, to: 'refunded', actor: { id: null, role: 'admin' } })
  t.match(refunded, { status: 'refunded', paidPoisha: totalPoisha, refundedPoisha: totalPoisha })
  await checkBooks(t, sql, { 'TEA-1': 5 })
})
