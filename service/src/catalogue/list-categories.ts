import { Type } from 'typebox'
import { errorResponses } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import { cacheable, notModified, sendCacheable } from '../http/cacheable.ts'
import type { Shop } from '../shop.ts'
import { Category, closed } from './catalogue-schemas.ts'
import { listCategories as list } from './catalogue-store.ts'

/** The shelves of the shop. */
export function listCategories(app: ShopApp, { database }: Shop): void {
  app.route({
    method: 'GET',
    url: '/api/categories',
    schema: {
      tags: ['catalogue'],
      summary: 'Categories in the order of the menu',
      response: {
        200: Type.Object({ categories: Type.Array(Category) }, closed),
        ...notModified,
        ...errorResponses(),
      },
    },
    config: { limit: 'address' },
    handler: async (request, reply) =>
      sendCacheable(request, reply, cacheable(reply, { categories: await list(database) })),
  })
}
