import { Type } from 'typebox'
import { errorResponses, ShopError } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import { cacheable, notModified, sendCacheable } from '../http/cacheable.ts'
import { After, Next } from '../http/cursor.ts'
import type { Shop } from '../shop.ts'
import { closed, highestPoisha, ProductSummary, SearchWords, Slug } from './catalogue-schemas.ts'
import { listProducts as list, productSorts } from './product-list-store.ts'
import { searchWords } from './search-words.ts'

const Price = Type.Integer({ minimum: 0, maximum: highestPoisha, description: 'A bound of `price.fromPoisha`.' })

/** What is for sale, page by page. */
export function listProducts(app: ShopApp, { database, settings }: Shop): void {
  app.route({
    method: 'GET',
    url: '/api/products',
    schema: {
      tags: ['catalogue'],
      summary: 'Products for sale',
      querystring: Type.Object(
        {
          category: Type.Optional(Slug),
          q: Type.Optional(SearchWords),
          minPoisha: Type.Optional(Price),
          maxPoisha: Type.Optional(Price),
          inStock: Type.Optional(
            Type.Boolean({ description: 'true: only what can be bought now; false: only what is sold out.' }),
          ),
          onSale: Type.Optional(Type.Boolean({ description: 'true: only what is on sale; false: only what is not.' })),
          sort: Type.Enum([...productSorts], { default: 'newest' }),
          limit: Type.Integer({ minimum: 1, maximum: 50, default: 20 }),
          after: Type.Optional(After),
        },
        closed,
      ),
      response: {
        200: Type.Object({ products: Type.Array(ProductSummary), next: Next }, closed),
        ...notModified,
        ...errorResponses(),
      },
    },
    config: { limit: 'address' },
    handler: async (request, reply) => {
      const { q, minPoisha = 0, maxPoisha = highestPoisha } = request.query
      if (minPoisha > maxPoisha) {
        throw new ShopError('invalid_request', {
          field: 'minPoisha',
          message: `minPoisha is ${minPoisha}: it must not be above maxPoisha, ${maxPoisha}.`,
        })
      }
      const words = q === undefined ? [] : searchWords(q)
      const page = await list(database, { ...request.query, words }, settings.lowStockUnits)
      return sendCacheable(request, reply, cacheable(reply, page))
    },
  })
}
