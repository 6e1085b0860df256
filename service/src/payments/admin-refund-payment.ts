import { Type } from 'typebox'
import { accountOf, type Guard } from '../accounts/guard.ts'
import { errorResponses, ShopError } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import { storableText } from '../http/storable-text.ts'
import { toAdminOrder } from '../orders/order-answers.ts'
import { readOrder } from '../orders/order-reads-store.ts'
import { AdminOrder, OrderId } from '../orders/order-schemas.ts'
import type { Shop } from '../shop.ts'
import { readPaymentsOf } from './payments-store.ts'
import { refundPayment } from './refund-payment.ts'

/** POST /api/admin/orders/:id/payments/:paymentId/refunded */
export function adminRefundPayment(app: ShopApp, shop: Shop, guard: Guard): void {
  app.route({
    method: 'POST',
    url: '/api/admin/orders/:id/payments/:paymentId/refunded',
    schema: {
      tags: ['admin'],
      summary: 'Record that a payment which its order could not use went back',
      description:
        'For payments that are `refund_due` or `mismatched`. What an order has paid is refunded by moving the order to `refunded`.',
      security: [{ account: [] }],
      params: Type.Object({ id: OrderId, paymentId: OrderId }, { additionalProperties: false }),
      body: Type.Object(
        {
          reason: Type.String({
            minLength: 1,
            maxLength: 500,
            pattern: storableText,
            description: 'How it went back, for the audit trail.',
          }),
        },
        { additionalProperties: false },
      ),
      response: {
        200: AdminOrder,
        ...errorResponses(['unauthenticated', 'forbidden', 'not_found', 'payment_state']),
      },
    },
    preHandler: guard.require('admin'),
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const actor = accountOf(request)
      const { id, paymentId } = request.params
      const { reason } = request.body
      await refundPayment(shop.database, id, paymentId, { actor, reason, requestId: request.id })
      const [order, payments] = await Promise.all([readOrder(shop.database, id), readPaymentsOf(shop.database, id)])
      if (!order) throw new ShopError('not_found')
      return toAdminOrder(order, actor.role, payments)
    },
  })
}
