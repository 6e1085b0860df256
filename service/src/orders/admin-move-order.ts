import { Type } from 'typebox'
import { accountOf, type Guard } from '../accounts/guard.ts'
import { errorResponses, ShopError } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import { storableText } from '../http/storable-text.ts'
import { readPaymentsOf } from '../payments/payments-store.ts'
import type { Shop } from '../shop.ts'
import { moveOrder } from './move-order.ts'
import { toAdminOrder } from './order-answers.ts'
import { readOrder } from './order-reads-store.ts'
import { AdminOrder, MoveConflict, OrderPath, OrderStatusName } from './order-schemas.ts'

/** POST /api/admin/orders/:id/moves */
export function adminMoveOrder(app: ShopApp, shop: Shop, guard: Guard): void {
  app.route({
    method: 'POST',
    url: '/api/admin/orders/:id/moves',
    schema: {
      tags: ['admin'],
      summary: 'Move an order to another state',
      description:
        'The order says under `moves` where it may go. `delivered` books the cash of an order that is paid on delivery.',
      security: [{ account: [] }],
      params: OrderPath,
      body: Type.Object(
        {
          to: OrderStatusName,
          reason: Type.Optional(
            Type.String({
              minLength: 1,
              maxLength: 500,
              pattern: storableText,
              description: 'Why, for the history and the audit trail.',
            }),
          ),
        },
        { additionalProperties: false },
      ),
      response: {
        200: AdminOrder,
        ...errorResponses(['unauthenticated', 'forbidden', 'not_found', 'order_state'], { 409: MoveConflict }),
      },
    },
    preHandler: guard.require('staff', 'admin'),
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const actor = accountOf(request)
      const { id: orderId } = request.params
      await moveOrder(shop.database, { orderId, ...request.body, actor, requestId: request.id })
      const [order, payments] = await Promise.all([
        readOrder(shop.database, orderId),
        readPaymentsOf(shop.database, orderId),
      ])
      if (!order) throw new ShopError('not_found')
      return toAdminOrder(order, actor.role, payments)
    },
  })
}
