import { accountOf, type Guard } from '../accounts/guard.ts'
import { errorResponses, ShopError } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import { readPaymentsOf } from '../payments/payments-store.ts'
import type { Shop } from '../shop.ts'
import { toAdminOrder } from './order-answers.ts'
import { readOrder } from './order-reads-store.ts'
import { AdminOrder, OrderPath } from './order-schemas.ts'

/** GET /api/admin/orders/:id */
export function adminReadOrder(app: ShopApp, shop: Shop, guard: Guard): void {
  app.route({
    method: 'GET',
    url: '/api/admin/orders/:id',
    schema: {
      tags: ['admin'],
      summary: 'An order with its history, its payments and where it may go from here',
      security: [{ account: [] }],
      params: OrderPath,
      response: { 200: AdminOrder, ...errorResponses(['unauthenticated', 'forbidden', 'not_found']) },
    },
    preHandler: guard.require('staff', 'admin'),
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const { id } = request.params
      const [order, payments] = await Promise.all([readOrder(shop.database, id), readPaymentsOf(shop.database, id)])
      if (!order) throw new ShopError('not_found')
      return toAdminOrder(order, accountOf(request).role, payments)
    },
  })
}
