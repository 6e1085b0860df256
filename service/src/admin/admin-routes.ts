import type { Guard } from '../accounts/guard.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import { adjustStock } from './adjust-stock.ts'
import { changeProduct } from './change-product.ts'
import { changeVariant } from './change-variant.ts'
import { createProduct } from './create-product.ts'
import { createVariant } from './create-variant.ts'
import { listAudit } from './list-audit.ts'
import { listAllProducts } from './list-products.ts'
import { listStock } from './list-stock.ts'
import { readAnyProduct } from './read-product.ts'

/** For staff: everything on the shelves, and adjusting it. For admins besides: products, prices and the audit trail. */
export function adminRoutes(app: ShopApp, shop: Shop, guard: Guard): void {
  listAllProducts(app, shop, guard)
  readAnyProduct(app, shop, guard)
  listStock(app, shop, guard)
  adjustStock(app, shop, guard)

  createProduct(app, shop, guard)
  changeProduct(app, shop, guard)
  createVariant(app, shop, guard)
  changeVariant(app, shop, guard)
  listAudit(app, shop, guard)
}
