import { writeAudit } from '../audit/audit-store.ts'
import type { Database } from '../database/database.ts'
import { ShopError } from '../errors.ts'
import type { MoveContext } from '../orders/move-order.ts'
import { lockOrder } from '../orders/orders-store.ts'
import { writeEvents } from '../outbox/outbox-store.ts'
import { lockPaymentById, markRefunded, type PaymentStatus } from './payments-store.ts'

/** What the shop holds without counting it as an order's money. What an order has paid is refunded by moving the order. */
const owedByItself: PaymentStatus[] = ['refund_due', 'mismatched']

/**
 * Records that a payment which no order could use went back.
 * @throws not_found; payment_state when it is not owed back by itself.
 */
export function refundPayment(
  database: Database,
  orderId: string,
  paymentId: string,
  { actor, reason, requestId }: MoveContext,
): Promise<void> {
  return database.transaction(async (sql) => {
    const order = await lockOrder(sql, orderId)
    const payment = order && (await lockPaymentById(sql, orderId, paymentId))
    if (!payment) throw new ShopError('not_found')
    const { status, provider, reference, amountPoisha, currency } = payment
    if (!owedByItself.includes(status)) {
      throw new ShopError('payment_state', { message: `The payment is ${status.replaceAll('_', ' ')}.` })
    }
    await markRefunded(sql, paymentId)
    const what = { provider, reference, amountPoisha, currency }
    await writeAudit(sql, [
      {
        actor,
        action: 'payment.refunded',
        subject: `order:${orderId}`,
        before: { status, ...what },
        after: { status: 'refunded', ...what },
        reason,
        requestId,
      },
    ])
    await writeEvents(sql, [{ topic: 'payment.refunded', payload: { orderId, number: order.number, ...what } }])
  })
}
