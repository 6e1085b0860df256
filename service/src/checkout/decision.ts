import type { Recipient } from '../delivery/recipient.ts'
import type { Receipt } from '../orders/order-schemas.ts'

/** All that an order is decided from. */
export interface OrderRequest {
  /** The account whose cart is ordered; null: `cartId` is a guest's. */
  accountId: string | null
  cartId: string | null
  /** The version of the cart that the shopper saw. */
  cartVersion: number
  /** The total that the shopper saw. It is compared and never charged. */
  expectedTotalPoisha: number
  paymentMethod: string
  /** For how long the stock is reserved until it is paid, in milliseconds; null: it is taken now. */
  paymentWindowMs: number | null
  recipient: Recipient
  idempotencyKey: string
  /** SHA-256 of the payload. */
  requestHash: Buffer
  requestId: string
}

/** How it was decided. Whatever is not `placed` has written nothing. */
export type Decision =
  | { decision: 'placed' | 'replayed'; receipt: Receipt }
  | { decision: 'in_progress' | 'key_reused' | 'cart_empty' | 'unknown_district' }
  | { decision: 'cart_changed'; cartVersion: number }
  | { decision: 'cart_limit'; limits: { sku: string; maxPerOrder: number }[] }
  | { decision: 'sold_out'; skus: string[]; releasable: boolean }
  | {
      decision: 'price_changed'
      lines: Receipt['lines']
      subtotalPoisha: number
      shippingPoisha: number
      totalPoisha: number
    }
