import { Type } from 'typebox'
import { errorResponses } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import { cacheable, notModified, sendCacheable } from '../http/cacheable.ts'
import type { Shop } from '../shop.ts'
import { District, listDistricts as list } from './delivery-store.ts'

/** The districts that a checkout may name. */
export function listDistricts(app: ShopApp, { database }: Shop): void {
  app.route({
    method: 'GET',
    url: '/api/delivery/districts',
    schema: {
      tags: ['checkout'],
      summary: 'Districts with their zones and delivery fees',
      response: {
        200: Type.Object({ districts: Type.Array(District) }, { additionalProperties: false }),
        ...notModified,
        ...errorResponses(),
      },
    },
    config: { limit: 'address' },
    handler: async (request, reply) =>
      sendCacheable(request, reply, cacheable(reply, { districts: await list(database) })),
  })
}
