import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import { listCategories } from './list-categories.ts'
import { listProducts } from './list-products.ts'
import { readProduct } from './read-product.ts'

/** What anybody may see of what is for sale. */
export function catalogueRoutes(app: ShopApp, shop: Shop): void {
  listProducts(app, shop)
  readProduct(app, shop)
  listCategories(app, shop)
}
