import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import { listDistricts } from './list-districts.ts'

/** Where orders can be delivered to. */
export function deliveryRoutes(app: ShopApp, shop: Shop): void {
  listDistricts(app, shop)
}
