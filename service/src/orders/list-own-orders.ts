import { Type } from 'typebox'
import { accountOf, type Guard } from '../accounts/guard.ts'
import { errorResponses } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import { listOrders } from './order-reads-store.ts'
import { OrderPage, paging } from './order-schemas.ts'

/** GET /api/orders */
export function listOwnOrders(app: ShopApp, shop: Shop, guard: Guard): void {
  app.route({
    method: 'GET',
    url: '/api/orders',
    schema: {
      tags: ['orders'],
      summary: "The account's orders, the newest first",
      security: [{ account: [] }],
      querystring: Type.Object(paging, { additionalProperties: false }),
      response: { 200: OrderPage, ...errorResponses(['unauthenticated']) },
    },
    preHandler: guard.require(),
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return listOrders(shop.database, { accountId: accountOf(request).id }, request.query)
    },
  })
}
