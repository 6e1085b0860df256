import type { Guard } from '../accounts/guard.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import { addItemRoute } from './add-item.ts'
import { clearCartRoute } from './clear-cart.ts'
import { readCartRoute } from './read-cart.ts'
import { removeItemRoute } from './remove-item.ts'
import { setItemRoute } from './set-item.ts'

/** What a shopper, with an account or without, is about to buy. */
export function cartRoutes(app: ShopApp, shop: Shop, guard: Guard): void {
  readCartRoute(app, shop, guard)
  addItemRoute(app, shop, guard)
  setItemRoute(app, shop, guard)
  removeItemRoute(app, shop, guard)
  clearCartRoute(app, shop, guard)
}
