import type { Guard } from '../accounts/guard.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import { adminListOrders } from './admin-list-orders.ts'
import { adminMoveOrder } from './admin-move-order.ts'
import { adminReadOrder } from './admin-read-order.ts'
import { cancelOwnOrder } from './cancel-own-order.ts'
import { listOwnOrders } from './list-own-orders.ts'
import { type LookupLimit, lookUpOrder } from './look-up-order.ts'
import { readOwnOrder } from './read-own-order.ts'

/** What became of an order, for those who placed it and for those who send it. */
export function orderRoutes(app: ShopApp, shop: Shop, guard: Guard, lookupLimit: LookupLimit): void {
  listOwnOrders(app, shop, guard)
  readOwnOrder(app, shop, guard)
  cancelOwnOrder(app, shop, guard)
  lookUpOrder(app, shop, lookupLimit)

  adminListOrders(app, shop, guard)
  adminReadOrder(app, shop, guard)
  adminMoveOrder(app, shop, guard)
}
