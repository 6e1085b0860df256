import type { Guard } from '../accounts/guard.ts'
import { ProductPath } from '../catalogue/catalogue-schemas.ts'
import { readProductRecord } from '../catalogue/product-records-store.ts'
import { ProductRecord } from '../catalogue/record-schemas.ts'
import type { Database } from '../database/database.ts'
import { errorResponses, ShopError } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'

/** One product with the numbers of its stock and the versions that a change must name. */
export function readAnyProduct(app: ShopApp, { database }: Shop, guard: Guard): void {
  app.route({
    method: 'GET',
    url: '/api/admin/products/:slug',
    schema: {
      tags: ['admin'],
      summary: 'A product, for sale or not, with its stock',
      security: [{ account: [] }],
      params: ProductPath,
      response: { 200: ProductRecord, ...errorResponses(['unauthenticated', 'forbidden', 'not_found']) },
    },
    preHandler: guard.require('staff', 'admin'),
    handler: async (request) => productNow(database, request.params.slug),
  })
}

/** The product as it is now, as the answer to a reading or to a change. @throws not_found. */
export async function productNow(database: Database, slug: string): Promise<ProductRecord> {
  const product = await readProductRecord(database, slug)
  if (!product) throw new ShopError('not_found')
  return product
}
