import type { IncomingHttpHeaders } from 'node:http'

/** What a provider must know to take the money for an order. */
export interface PayableOrder {
  id: string
  number: string
  totalPoisha: number
  currency: string
}

export interface StartedPayment {
  /** The provider's name for this payment; the same again when the same order is started again. */
  reference: string
  /** Where the shopper pays; null when there is no such page. */
  payUrl: string | null
}

/** What a provider tells, once its signature was checked. What it claims is then held against the order. */
export interface PaymentEvent {
  /** Unique at the provider: a second delivery has the same. */
  eventId: string
  reference: string
  orderId: string
  amountPoisha: number
  currency: string
  status: 'paid' | 'failed'
}

/**
 * The port to whoever takes money before delivery. Cash on delivery is no provider: nobody outside the shop has a part in it.
 * A provider keeps no state here; what it says is believed only if it signed it.
 */
export interface PaymentProvider {
  /** As in the path of its webhook and in an order's payment method. */
  name: string
  /** Begins a payment. Called outside of any transaction, for it may go over the network. */
  start(order: PayableOrder): Promise<StartedPayment>
  /**
   * Reads a delivery to the webhook, byte for byte as it came.
   * @throws invalid_signature when the provider did not sign it, or too long ago; invalid_request when it signed something else.
   */
  readWebhook(rawBody: Buffer, headers: IncomingHttpHeaders, now: Date): PaymentEvent
}
