import { Type } from 'typebox'
import { errorResponses, ShopError } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import type { PaymentProviders } from './providers.ts'
import { settlePayment } from './settle-payment.ts'

/** POST /api/webhooks/payments/:provider */
export function receiveWebhook(app: ShopApp, shop: Shop, providers: PaymentProviders): void {
  app.register(async (scope: ShopApp) => {
    // What was signed are the bytes, so they are kept as they came; here only, for everybody else's body is JSON of a known shape.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

    scope.route({
      method: 'POST',
      url: '/api/webhooks/payments/:provider',
      schema: {
        tags: ['payments'],
        summary: 'What a payment provider tells us',
        description:
          'The body is signed by the provider, in the form that is its own. An event is booked once: a second delivery is answered 200 and has no effect.',
        params: Type.Object(
          { provider: Type.String({ minLength: 1, maxLength: 40 }) },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object(
            { outcome: Type.Enum(['duplicate', 'failed', 'placed', 'refund_due']) },
            { additionalProperties: false },
          ),
          ...errorResponses(['invalid_signature', 'not_found', 'payment_mismatch']),
        },
      },
      // A provider sends from few addresses and repeats what we refuse: a limit would delay money, and the signature is checked
      // before anything is looked up.
      config: { limit: 'none' },
      handler: async (request, reply) => {
        const provider = providers.find(request.params.provider)
        if (!provider) throw new ShopError('not_found')
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        const event = provider.readWebhook(body, request.headers, new Date())
        const outcome = await settlePayment(shop.database, provider.name, event, request.id)
        if (outcome === 'mismatched') throw new ShopError('payment_mismatch')
        reply.header('cache-control', 'no-store')
        return { outcome }
      },
    })
  })
}
