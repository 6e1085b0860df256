import type { TransactionSql } from 'postgres'
import { type Actor, writeAudit } from '../audit/audit-store.ts'
import type { Database } from '../database/database.ts'
import { ShopError } from '../errors.ts'
import { applyMove } from '../orders/move-order.ts'
import { findMove, type OrderMove } from '../orders/order-moves.ts'
import { lockStock } from '../orders/order-stock-store.ts'
import { type LockedOrder, lockOrder } from '../orders/orders-store.ts'
import { writeEvents } from '../outbox/outbox-store.ts'
import {
  lockPayment,
  type Payment,
  type PaymentStatus,
  rememberEvent,
  writeEventOutcome,
  writePayment,
} from './payments-store.ts'
import type { PaymentEvent } from './provider.ts'

/**
 * What became of a provider's event. `duplicate`: seen before, under this id or for a payment that is settled. `placed`: the order is
 * paid. `refund_due`: the money came, but too late or for nothing, and is owed back. `mismatched`: it is not what the order costs.
 */
export type PaymentOutcome = 'duplicate' | 'failed' | 'placed' | 'refund_due' | 'mismatched'

const system: Actor = { id: null, role: 'system' }

interface Arrival {
  sql: TransactionSql
  provider: string
  event: PaymentEvent
  requestId?: string
}

/**
 * Books what a provider told, once, in one transaction; the outcome is recorded even where it is a refusal, because money moved.
 * @throws not_found when there is no such order; nothing is recorded then.
 */
export function settlePayment(
  database: Database,
  provider: string,
  event: PaymentEvent,
  requestId?: string,
): Promise<PaymentOutcome> {
  return database.transaction(async (sql) => {
    if (!(await rememberEvent(sql, provider, event.eventId))) return 'duplicate'
    const order = await lockOrder(sql, event.orderId)
    if (!order) throw new ShopError('not_found', { message: 'There is no such order.' })
    const outcome = await decide({ sql, provider, event, requestId }, order)
    await writeEventOutcome(sql, provider, event.eventId, outcome)
    return outcome
  })
}

async function decide(arrival: Arrival, order: LockedOrder): Promise<PaymentOutcome> {
  const { sql, provider, event } = arrival
  const known = await lockPayment(sql, provider, event.reference)
  if (known?.orderId !== undefined && known.orderId !== order.id) return recordMismatch(arrival, order, known)
  if (event.status === 'failed') return 'failed'
  if (event.amountPoisha !== order.totalPoisha || event.currency !== order.currency) {
    return recordMismatch(arrival, order, known)
  }
  if (known && known.status !== 'pending' && known.status !== 'mismatched') return 'duplicate'

  const move = await moveFor(sql, order)
  // The order has its money already, or never wanted any from here: this payment is owed back by itself.
  if (!move) return recordStray(arrival, order)
  await writePayment(sql, paymentOf(arrival, order, 'settled'))
  await applyMove(sql, order, move, { actor: system, requestId: arrival.requestId })
  return move.to === 'placed' ? 'placed' : 'refund_due'
}

/** Where a payment takes its order: it is placed if what it needs is reserved or still there, else the money is due back. */
async function moveFor(sql: TransactionSql, order: LockedOrder): Promise<OrderMove | undefined> {
  const place = findMove(order.status, 'placed')
  if (place?.money !== 'collect') {
    const refund = findMove(order.status, 'refund_due')
    return refund?.money === 'collect' ? refund : undefined
  }
  if (order.stockHeld === 'reserved') return place
  const lines = await lockStock(sql, [order.id])
  const covered = lines.every(({ quantity, free }) => quantity <= free)
  return covered ? place : findMove(order.status, 'refund_due')
}

async function recordMismatch(arrival: Arrival, order: LockedOrder, known?: Payment): Promise<PaymentOutcome> {
  // A payment that was booked stays booked, whatever is claimed of its reference later.
  const booked = known !== undefined && (known.orderId !== order.id || known.status !== 'pending')
  if (!booked) await writePayment(arrival.sql, paymentOf(arrival, order, 'mismatched'))
  await record(arrival, order, 'payment.mismatched')
  return 'mismatched'
}

async function recordStray(arrival: Arrival, order: LockedOrder): Promise<PaymentOutcome> {
  await writePayment(arrival.sql, paymentOf(arrival, order, 'refund_due'))
  await record(arrival, order, 'payment.refund_due')
  return 'refund_due'
}

async function record({ sql, provider, event, requestId }: Arrival, order: LockedOrder, action: string): Promise<void> {
  const { reference, amountPoisha, currency } = event
  const claim = { provider, reference, amountPoisha, currency }
  await writeAudit(sql, [
    {
      actor: system,
      action,
      subject: `order:${order.id}`,
      before: { status: order.status, totalPoisha: order.totalPoisha, currency: order.currency },
      after: claim,
      requestId,
    },
  ])
  await writeEvents(sql, [{ topic: action, payload: { orderId: order.id, number: order.number, ...claim } }])
}

function paymentOf({ provider, event }: Arrival, order: LockedOrder, status: PaymentStatus) {
  const { reference, amountPoisha, currency } = event
  return { orderId: order.id, provider, reference, amountPoisha, currency, status }
}
