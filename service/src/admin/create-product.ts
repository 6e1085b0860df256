import { Type } from 'typebox'
import type { Guard } from '../accounts/guard.ts'
import { closed, Slug } from '../catalogue/catalogue-schemas.ts'
import { createProduct as create } from '../catalogue/product-changes-store.ts'
import { ProductRecord, productFields } from '../catalogue/record-schemas.ts'
import { errorResponses } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import { contextOf } from './change-context.ts'
import { productNow } from './read-product.ts'

/** A new product. It is for sale as soon as it has a variant. */
export function createProduct(app: ShopApp, { database }: Shop, guard: Guard): void {
  const { category, name, description, imageUrls, active } = productFields
  app.route({
    method: 'POST',
    url: '/api/admin/products',
    schema: {
      tags: ['admin'],
      summary: 'Add a product',
      security: [{ account: [] }],
      body: Type.Object(
        {
          slug: Slug,
          category,
          name,
          description: Type.Optional(description),
          imageUrls: Type.Optional(imageUrls),
          active: Type.Optional(active),
        },
        closed,
      ),
      response: { 201: ProductRecord, ...errorResponses(['unauthenticated', 'forbidden', 'already_exists']) },
    },
    preHandler: guard.require('admin'),
    handler: async (request, reply) => {
      const { slug, description = { en: '', bn: '' }, imageUrls = [], active = true, ...rest } = request.body
      await create(database, slug, { ...rest, description, imageUrls, active }, contextOf(request))
      return reply.code(201).send(await productNow(database, slug))
    },
  })
}
