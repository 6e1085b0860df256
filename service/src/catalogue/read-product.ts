import { errorResponses, ShopError } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import { cacheable, notModified, sendCacheable } from '../http/cacheable.ts'
import type { Shop } from '../shop.ts'
import { Product, ProductPath } from './catalogue-schemas.ts'
import { readProduct as read } from './catalogue-store.ts'

/** One product with its variants. */
export function readProduct(app: ShopApp, { database, settings }: Shop): void {
  app.route({
    method: 'GET',
    url: '/api/products/:slug',
    schema: {
      tags: ['catalogue'],
      summary: 'A product with its variants',
      params: ProductPath,
      response: { 200: Product, ...notModified, ...errorResponses(['not_found']) },
    },
    config: { limit: 'address' },
    handler: async (request, reply) => {
      const product = await read(database, request.params.slug, settings.lowStockUnits)
      if (!product) throw new ShopError('not_found')
      return sendCacheable(request, reply, cacheable(reply, product))
    },
  })
}
