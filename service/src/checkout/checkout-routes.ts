import type { Guard } from '../accounts/guard.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import { checkOutRoute } from './check-out.ts'
import { createPlaceOrder, type PlaceOrderOptions } from './place-order.ts'

/** From a cart to an order. */
export function checkoutRoutes(
  app: ShopApp,
  shop: Shop,
  guard: Guard,
  options: Pick<PlaceOrderOptions, 'releaseExpired' | 'twinWaitMs'>,
): void {
  checkOutRoute(app, shop, guard, createPlaceOrder({ database: shop.database, ...options }))
}
