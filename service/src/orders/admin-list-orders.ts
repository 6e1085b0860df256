import { Type } from 'typebox'
import type { Guard } from '../accounts/guard.ts'
import { errorResponses } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import { listOrders } from './order-reads-store.ts'
import { OrderPage, OrderStatusName, paging } from './order-schemas.ts'

/** GET /api/admin/orders */
export function adminListOrders(app: ShopApp, shop: Shop, guard: Guard): void {
  app.route({
    method: 'GET',
    url: '/api/admin/orders',
    schema: {
      tags: ['admin'],
      summary: "Everybody's orders, the newest first",
      security: [{ account: [] }],
      querystring: Type.Object({ ...paging, status: Type.Optional(OrderStatusName) }, { additionalProperties: false }),
      response: { 200: OrderPage, ...errorResponses(['unauthenticated', 'forbidden']) },
    },
    preHandler: guard.require('staff', 'admin'),
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const { status, ...page } = request.query
      return listOrders(shop.database, { status }, page)
    },
  })
}
