import { Type } from 'typebox'
import type { Guard } from '../accounts/guard.ts'
import { closed, VariantPath } from '../catalogue/catalogue-schemas.ts'
import { Reason, StockLevel } from '../catalogue/record-schemas.ts'
import { adjustStock as adjust } from '../catalogue/stock-store.ts'
import { errorResponses } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import { contextOf } from './change-context.ts'

const mostUnits = 100_000

/** A delivery, a count, a breakage: by how much, never to how much, so that two adjustments add up. */
export function adjustStock(app: ShopApp, { database }: Shop, guard: Guard): void {
  app.route({
    method: 'POST',
    url: '/api/admin/stock/:sku/adjustments',
    schema: {
      tags: ['admin'],
      summary: 'Add units to a SKU, or take them away',
      security: [{ account: [] }],
      params: VariantPath,
      body: Type.Object(
        {
          delta: Type.Integer({
            minimum: -mostUnits,
            maximum: mostUnits,
            not: { const: 0 },
            description: 'How many more units (or, negative, fewer) are on hand; not 0.',
          }),
          reason: Reason,
        },
        closed,
      ),
      response: {
        200: StockLevel,
        ...errorResponses(['unauthenticated', 'forbidden', 'not_found', 'stock_conflict']),
      },
    },
    preHandler: guard.require('staff', 'admin'),
    handler: async (request) => {
      const { delta, reason } = request.body
      return adjust(database, request.params.sku, delta, contextOf(request, reason))
    },
  })
}
