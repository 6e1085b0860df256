import { Type } from 'typebox'
import type { Guard } from '../accounts/guard.ts'
import { closed, SearchWords, Slug } from '../catalogue/catalogue-schemas.ts'
import { listProductRecords } from '../catalogue/product-records-store.ts'
import { ProductLine } from '../catalogue/record-schemas.ts'
import { searchWords } from '../catalogue/search-words.ts'
import { errorResponses } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import { Next } from '../http/cursor.ts'
import type { Shop } from '../shop.ts'
import { paging } from './paging.ts'

/** Every product, for sale or not, the newest first. */
export function listAllProducts(app: ShopApp, { database }: Shop, guard: Guard): void {
  app.route({
    method: 'GET',
    url: '/api/admin/products',
    schema: {
      tags: ['admin'],
      summary: 'All products with their stock',
      security: [{ account: [] }],
      querystring: Type.Object(
        {
          category: Type.Optional(Slug),
          q: Type.Optional(SearchWords),
          active: Type.Optional(Type.Boolean()),
          ...paging,
        },
        closed,
      ),
      response: {
        200: Type.Object({ products: Type.Array(ProductLine), next: Next }, closed),
        ...errorResponses(['unauthenticated', 'forbidden']),
      },
    },
    preHandler: guard.require('staff', 'admin'),
    handler: async ({ query: { q, ...query } }) =>
      listProductRecords(database, { ...query, words: q === undefined ? [] : searchWords(q) }),
  })
}
