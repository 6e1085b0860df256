import { Type } from 'typebox'
import type { Guard } from '../accounts/guard.ts'
import { closed, ProductPath } from '../catalogue/catalogue-schemas.ts'
import { changeProduct as change } from '../catalogue/product-changes-store.ts'
import { ProductRecord, productFields, Reason, Version } from '../catalogue/record-schemas.ts'
import { errorResponses } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import { contextOf } from './change-context.ts'
import { productNow } from './read-product.ts'

/** Changes what a product says, or takes it off the shelf. */
export function changeProduct(app: ShopApp, { database }: Shop, guard: Guard): void {
  app.route({
    method: 'PATCH',
    url: '/api/admin/products/:slug',
    schema: {
      tags: ['admin'],
      summary: 'Change the named fields of a product',
      security: [{ account: [] }],
      params: ProductPath,
      body: Type.Object(
        { version: Version, ...Type.Partial(Type.Object(productFields)).properties, reason: Type.Optional(Reason) },
        closed,
      ),
      response: {
        200: ProductRecord,
        ...errorResponses(['unauthenticated', 'forbidden', 'not_found', 'changed_meanwhile']),
      },
    },
    preHandler: guard.require('admin'),
    handler: async (request) => {
      const { reason, ...fields } = request.body
      await change(database, request.params.slug, fields, contextOf(request, reason))
      return productNow(database, request.params.slug)
    },
  })
}
