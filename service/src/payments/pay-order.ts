import { Type } from 'typebox'
import type { Guard } from '../accounts/guard.ts'
import { errorResponses, ShopError } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import { orderState } from '../orders/move-order.ts'
import { readHeldOrder } from '../orders/order-holder.ts'
import { MoveConflict, OrderHeaders, OrderPath } from '../orders/order-schemas.ts'
import { lockOrder } from '../orders/orders-store.ts'
import type { Shop } from '../shop.ts'
import { writePending } from './payments-store.ts'
import type { PaymentProviders } from './providers.ts'

/** POST /api/orders/:id/pay */
export function payOrder(app: ShopApp, shop: Shop, guard: Guard, providers: PaymentProviders): void {
  app.route({
    method: 'POST',
    url: '/api/orders/:id/pay',
    schema: {
      tags: ['payments'],
      summary: 'Start the payment of an order that awaits it',
      description:
        'May be asked again: it is the same payment. The order is paid when its provider says so, not before.',
      security: [{ account: [] }, { order: [] }],
      params: OrderPath,
      headers: OrderHeaders,
      response: {
        200: Type.Object(
          {
            provider: Type.String(),
            reference: Type.String(),
            payUrl: Type.Union([Type.String({ description: 'Where the shopper pays.' }), Type.Null()]),
          },
          { additionalProperties: false },
        ),
        ...errorResponses(['unauthenticated', 'not_found', 'order_state'], { 409: MoveConflict }),
      },
    },
    preHandler: guard.optional,
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const order = await readHeldOrder(shop, request, request.params.id)
      const provider = providers.find(order.paymentMethod)
      if (!provider || order.status !== 'awaiting_payment') throw orderState(order.status)
      const { reference, payUrl } = await provider.start(order)
      await shop.database.transaction(async (sql) => {
        const now = await lockOrder(sql, order.id)
        if (!now) throw new ShopError('not_found')
        if (now.status !== 'awaiting_payment') throw orderState(now.status)
        const { id: orderId, totalPoisha: amountPoisha, currency } = now
        await writePending(sql, { orderId, provider: provider.name, reference, amountPoisha, currency })
      })
      return { provider: provider.name, reference, payUrl }
    },
  })
}
