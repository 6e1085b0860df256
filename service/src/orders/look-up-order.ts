import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { normalizePhone } from '../delivery/phone.ts'
import { errorResponses, ShopError } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import { toOrder } from './order-answers.ts'
import { readOrderNumber } from './order-number.ts'
import { readOrderByNumber } from './order-reads-store.ts'
import { Order } from './order-schemas.ts'

/** Counts a look-up of an order number from an address. @throws rate_limited when either has been tried too often. */
export type LookupLimit = (request: FastifyRequest, number: string) => Promise<void>

/** POST /api/orders/lookup: a body rather than a query, because numbers and phones do not belong into anybody's access log. */
export function lookUpOrder(app: ShopApp, shop: Shop, lookupLimit: LookupLimit): void {
  app.route({
    method: 'POST',
    url: '/api/orders/lookup',
    schema: {
      tags: ['orders'],
      summary: 'An order, for whoever knows its number and the phone it was placed with',
      description: 'Reading only: cancelling needs the account or the order token.',
      body: Type.Object(
        {
          number: Type.String({
            minLength: 9,
            maxLength: 40,
            description: 'Nine digits, Bengali ones too, with spaces or dashes wherever they were written.',
          }),
          phone: Type.String({ minLength: 11, maxLength: 40 }),
        },
        { additionalProperties: false },
      ),
      response: { 200: Order, ...errorResponses(['not_found']) },
    },
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const number = readOrderNumber(request.body.number)
      if (!number) {
        throw new ShopError('invalid_request', {
          field: 'number',
          message: 'number must be nine digits, and these have a misread one.',
        })
      }
      await lookupLimit(request, number)
      // A phone that cannot be one is answered like a wrong one.
      const phone = normalizePhone(request.body.phone)
      const order = phone ? await readOrderByNumber(shop.database, number, phone) : undefined
      if (!order) throw new ShopError('not_found')
      return toOrder(order)
    },
  })
}
