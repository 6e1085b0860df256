import type { Guard } from '../accounts/guard.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import { adminRefundPayment } from './admin-refund-payment.ts'
import { completeLocalPayment } from './complete-local-payment.ts'
import { payOrder } from './pay-order.ts'
import { createProviders } from './providers.ts'
import { receiveWebhook } from './receive-webhook.ts'

/** Money before delivery: asking a provider for it, and being told by one. */
export function paymentRoutes(app: ShopApp, shop: Shop, guard: Guard): void {
  const providers = createProviders(shop)
  payOrder(app, shop, guard, providers)
  receiveWebhook(app, shop, providers)
  adminRefundPayment(app, shop, guard)
  if (providers.local) completeLocalPayment(app, shop, providers.local)
}
