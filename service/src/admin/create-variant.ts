import { Type } from 'typebox'
import type { Guard } from '../accounts/guard.ts'
import { closed, ProductPath, Sku } from '../catalogue/catalogue-schemas.ts'
import { ProductRecord, variantFields } from '../catalogue/record-schemas.ts'
import { createVariant as create } from '../catalogue/variant-changes-store.ts'
import { errorResponses } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import { contextOf } from './change-context.ts'
import { productNow } from './read-product.ts'

/** A new variant, with nothing in stock: what is on the shelf is said by an adjustment, with a reason. */
export function createVariant(app: ShopApp, { database }: Shop, guard: Guard): void {
  const { name, pricePoisha, salePricePoisha, maxPerOrder, active } = variantFields
  app.route({
    method: 'POST',
    url: '/api/admin/products/:slug/variants',
    schema: {
      tags: ['admin'],
      summary: 'Add a variant to a product',
      security: [{ account: [] }],
      params: ProductPath,
      body: Type.Object(
        {
          sku: Sku,
          name,
          pricePoisha,
          salePricePoisha: Type.Optional(salePricePoisha),
          maxPerOrder: Type.Optional(maxPerOrder),
          active: Type.Optional(active),
        },
        closed,
      ),
      response: {
        201: ProductRecord,
        ...errorResponses(['unauthenticated', 'forbidden', 'not_found', 'already_exists']),
      },
    },
    preHandler: guard.require('admin'),
    handler: async (request, reply) => {
      const { slug } = request.params
      const { salePricePoisha = null, maxPerOrder = 10, active = true, ...rest } = request.body
      await create(database, slug, { ...rest, salePricePoisha, maxPerOrder, active }, contextOf(request))
      return reply.code(201).send(await productNow(database, slug))
    },
  })
}
