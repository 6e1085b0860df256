import { Type } from 'typebox'
import type { Guard } from '../accounts/guard.ts'
import { closed } from '../catalogue/catalogue-schemas.ts'
import { StockLine } from '../catalogue/record-schemas.ts'
import { listStock as list } from '../catalogue/stock-store.ts'
import { errorResponses } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import { Next } from '../http/cursor.ts'
import type { Shop } from '../shop.ts'
import { paging } from './paging.ts'

/** What stands on the shelves, by SKU. */
export function listStock(app: ShopApp, { database, settings }: Shop, guard: Guard): void {
  app.route({
    method: 'GET',
    url: '/api/admin/stock',
    schema: {
      tags: ['admin'],
      summary: 'Stock by SKU',
      security: [{ account: [] }],
      querystring: Type.Object(
        {
          low: Type.Optional(Type.Boolean({ description: 'true: only what is low or out.' })),
          ...paging,
        },
        closed,
      ),
      response: {
        200: Type.Object({ stock: Type.Array(StockLine), next: Next }, closed),
        ...errorResponses(['unauthenticated', 'forbidden']),
      },
    },
    preHandler: guard.require('staff', 'admin'),
    handler: async ({ query: { low, limit, after } }) =>
      list(database, { freeAtMost: low ? settings.lowStockUnits : undefined, limit, after }),
  })
}
