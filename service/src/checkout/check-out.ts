import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import type { Guard } from '../accounts/guard.ts'
import { cartOwnerOf, refuseForeignCartToken } from '../cart/cart-owner.ts'
import { cartSecurity } from '../cart/cart-schemas.ts'
import { readRecipient } from '../delivery/recipient.ts'
import { errorResponses, ShopError } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import { proveId } from '../tokens/signed-id.ts'
import { CheckoutHeaders, CheckoutReceipt, checkoutRequest, RefusalDetails } from './checkout-schemas.ts'
import type { OrderRequest } from './decision.ts'
import { receiptOf } from './decision-answer.ts'
import { readIdempotencyKey } from './idempotency-key.ts'
import { offeredPaymentMethods, paymentWindowMs } from './payment-methods.ts'
import type { PlaceOrder } from './place-order.ts'
import { hashRequest } from './request-hash.ts'

type CheckoutBody = Static<ReturnType<typeof checkoutRequest>>

export function checkOutRoute(app: ShopApp, shop: Shop, guard: Guard, placeOrder: PlaceOrder): void {
  const { settings, keys, metrics } = shop
  app.route({
    method: 'POST',
    url: '/api/checkout',
    schema: {
      tags: ['checkout'],
      summary: 'Makes an order of the cart',
      description:
        'Placed once for each Idempotency-Key: a repeated request gets the first answer again, with `Idempotent-Replayed: true`. A refusal takes nothing and may be tried again with the same key.',
      security: cartSecurity,
      headers: CheckoutHeaders,
      body: checkoutRequest(offeredPaymentMethods(settings)),
      response: {
        201: CheckoutReceipt,
        ...errorResponses(
          [
            'unauthenticated',
            'idempotency_key_missing',
            'idempotency_key_reused',
            'in_progress',
            'cart_empty',
            'cart_changed',
            'cart_limit',
            'sold_out',
            'price_changed',
            'unknown_district',
          ],
          { 409: RefusalDetails },
        ),
      },
    },
    // Before the schema, which would call a missing key a missing header.
    preValidation: async ({ headers }) => void readIdempotencyKey(headers['idempotency-key']),
    preHandler: [guard.optional, refuseForeignCartToken],
    async handler(request, reply) {
      reply.header('cache-control', 'no-store')
      const order = readOrder(request, request.body)
      const decided = await placeOrder(order)
      metrics.orders.inc({ decision: decided.decision })
      const receipt = receiptOf(decided)
      if (decided.decision === 'replayed') {
        metrics.idempotencyReplays.inc()
        reply.header('idempotent-replayed', 'true')
      }
      reply.code(201)
      return order.accountId ? receipt : { ...receipt, orderToken: proveId(keys, 'order-token', receipt.id) }
    },
  })

  function readOrder(request: FastifyRequest, body: CheckoutBody): OrderRequest {
    const { cartVersion, expectedTotalPoisha, paymentMethod } = body
    const recipient = readRecipient(body.delivery)
    const owner = cartOwnerOf(request)
    // A guest without a token has no cart, nor anybody whose key it could be.
    if (owner.accountId === null && owner.cartId === null) throw new ShopError('cart_empty')
    return {
      ...owner,
      cartVersion,
      expectedTotalPoisha,
      paymentMethod,
      paymentWindowMs: paymentWindowMs(paymentMethod, settings),
      recipient,
      idempotencyKey: readIdempotencyKey(request.headers['idempotency-key']),
      requestHash: hashRequest({ cartVersion, expectedTotalPoisha, paymentMethod, recipient }),
      requestId: request.id,
    }
  }
}
