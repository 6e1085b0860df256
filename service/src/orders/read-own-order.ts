import type { Guard } from '../accounts/guard.ts'
import { errorResponses } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import { toOrder } from './order-answers.ts'
import { readHeldOrder } from './order-holder.ts'
import { Order, OrderHeaders, OrderPath } from './order-schemas.ts'

/** GET /api/orders/:id */
export function readOwnOrder(app: ShopApp, shop: Shop, guard: Guard): void {
  app.route({
    method: 'GET',
    url: '/api/orders/:id',
    schema: {
      tags: ['orders'],
      summary: 'An order, for the account or guest that placed it',
      security: [{ account: [] }, { order: [] }],
      params: OrderPath,
      headers: OrderHeaders,
      response: { 200: Order, ...errorResponses(['unauthenticated', 'not_found']) },
    },
    preHandler: guard.optional,
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return toOrder(await readHeldOrder(shop, request, request.params.id))
    },
  })
}
