import type { Guard } from '../accounts/guard.ts'
import { errorResponses, ShopError } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import { cancelOrder } from './move-order.ts'
import { toOrder } from './order-answers.ts'
import { readHeldOrder, shopperOf } from './order-holder.ts'
import { readOrder } from './order-reads-store.ts'
import { MoveConflict, Order, OrderHeaders, OrderPath } from './order-schemas.ts'

/** POST /api/orders/:id/cancel */
export function cancelOwnOrder(app: ShopApp, shop: Shop, guard: Guard): void {
  app.route({
    method: 'POST',
    url: '/api/orders/:id/cancel',
    schema: {
      tags: ['orders'],
      summary: 'Cancel an order that is not packed yet',
      description: 'What was paid becomes due back (`refund_due`); what was not is `cancelled`.',
      security: [{ account: [] }, { order: [] }],
      params: OrderPath,
      headers: OrderHeaders,
      response: {
        200: Order,
        ...errorResponses(['unauthenticated', 'not_found', 'order_state'], { 409: MoveConflict }),
      },
    },
    preHandler: guard.optional,
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const { id: orderId } = await readHeldOrder(shop, request, request.params.id)
      await cancelOrder(shop.database, { orderId, actor: shopperOf(request), requestId: request.id })
      const order = await readOrder(shop.database, orderId)
      if (!order) throw new ShopError('not_found')
      return toOrder(order)
    },
  })
}
