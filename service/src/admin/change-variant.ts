import { Type } from 'typebox'
import type { Guard } from '../accounts/guard.ts'
import { closed, VariantPath } from '../catalogue/catalogue-schemas.ts'
import { ProductRecord, Reason, Version, variantFields } from '../catalogue/record-schemas.ts'
import { changeVariant as change } from '../catalogue/variant-changes-store.ts'
import { errorResponses } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import { contextOf } from './change-context.ts'
import { productNow } from './read-product.ts'

/** Changes a price, a sale, the limit of an order, a name, or whether it is for sale at all. */
export function changeVariant(app: ShopApp, { database }: Shop, guard: Guard): void {
  app.route({
    method: 'PATCH',
    url: '/api/admin/variants/:sku',
    schema: {
      tags: ['admin'],
      summary: 'Change the named fields of a variant',
      description: 'A `salePricePoisha` of null ends the sale. The answer is the whole product.',
      security: [{ account: [] }],
      params: VariantPath,
      body: Type.Object(
        { version: Version, ...Type.Partial(Type.Object(variantFields)).properties, reason: Type.Optional(Reason) },
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
      const slug = await change(database, request.params.sku, fields, contextOf(request, reason))
      return productNow(database, slug)
    },
  })
}
