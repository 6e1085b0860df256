import { type PaymentMethod, paymentMethods } from '../orders/order-schemas.ts'
import type { Settings } from '../settings/settings.ts'

/** The ways to pay that this shop offers. */
export function offeredPaymentMethods({ paymentLocal }: Pick<Settings, 'paymentLocal'>): PaymentMethod[] {
  return paymentMethods.filter((method) => method !== 'local' || paymentLocal === 'on')
}

/** For how long the stock of an order is reserved until it is paid, in milliseconds; null: paid on delivery, it is taken now. */
export function paymentWindowMs(
  method: PaymentMethod,
  { paymentWindowMs }: Pick<Settings, 'paymentWindowMs'>,
): number | null {
  return method === 'cash_on_delivery' ? null : paymentWindowMs
}
