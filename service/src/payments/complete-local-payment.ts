import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { errorResponses, ShopError } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import { storableText } from '../http/storable-text.ts'
import type { Shop } from '../shop.ts'
import { type LocalProvider, localProviderName } from './local-provider.ts'
import { findPayment } from './payments-store.ts'

/** POST /api/payments/local/:reference/complete: what a shopper does on the page of a real provider. Only with PAYMENT_LOCAL=on. */
export function completeLocalPayment(app: ShopApp, shop: Shop, provider: LocalProvider): void {
  app.route({
    method: 'POST',
    url: '/api/payments/local/:reference/complete',
    schema: {
      tags: ['payments'],
      summary: 'Play the local payment provider: pay, or fail to',
      description: 'For development. The provider then sends its signed webhook to us, as any other would.',
      params: Type.Object(
        { reference: Type.String({ minLength: 1, maxLength: 100, pattern: storableText }) },
        { additionalProperties: false },
      ),
      body: Type.Object({ outcome: Type.Enum(['paid', 'failed']) }, { additionalProperties: false }),
      response: {
        200: Type.Object(
          { webhookStatus: Type.Integer({ description: 'What our webhook answered the provider.' }) },
          { additionalProperties: false },
        ),
        ...errorResponses(['not_found']),
      },
    },
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const payment = await findPayment(shop.database, localProviderName, request.params.reference)
      if (!payment) throw new ShopError('not_found')
      const { orderId, reference, amountPoisha, currency } = payment
      const { body, headers } = provider.sign(
        { eventId: randomUUID(), reference, orderId, amountPoisha, currency, status: request.body.outcome },
        new Date(),
      )
      const url = `/api/webhooks/payments/${localProviderName}`
      const answer = await app.inject({ method: 'POST', url, headers, payload: body })
      return { webhookStatus: answer.statusCode }
    },
  })
}
