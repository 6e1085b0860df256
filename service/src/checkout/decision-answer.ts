import { ShopError } from '../errors.ts'
import type { Receipt } from '../orders/order-schemas.ts'
import type { Decision } from './decision.ts'

/**
 * The receipt of an order that was placed, now or by an earlier request with the same key.
 * @throws ShopError for every refusal, with what the shopper needs to go on.
 */
export function receiptOf(decided: Decision): Receipt {
  switch (decided.decision) {
    case 'placed':
    case 'replayed':
      return decided.receipt
    case 'in_progress':
      throw new ShopError('in_progress', { retryAfterSeconds: 1 })
    case 'key_reused':
      throw new ShopError('idempotency_key_reused', { field: 'idempotency-key' })
    case 'cart_empty':
      throw new ShopError('cart_empty')
    case 'unknown_district':
      throw new ShopError('unknown_district', { field: 'delivery.district' })
    case 'cart_changed':
      throw new ShopError('cart_changed', {
        field: 'cartVersion',
        details: { cartVersion: decided.cartVersion },
      })
    case 'cart_limit':
      throw new ShopError('cart_limit', { details: { limits: decided.limits } })
    case 'sold_out':
      throw new ShopError('sold_out', { details: { skus: decided.skus } })
    case 'price_changed': {
      const { decision: _, ...details } = decided
      throw new ShopError('price_changed', { field: 'expectedTotalPoisha', details })
    }
  }
}
