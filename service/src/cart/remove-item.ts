import type { Guard } from '../accounts/guard.ts'
import { errorResponses } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import { changedCart, showCart } from './cart-answer.ts'
import { cartOwnerOf, refuseForeignCartToken } from './cart-owner.ts'
import { Cart, CartHeaders, cartSecurity, SkuPath } from './cart-schemas.ts'
import { setItem } from './cart-store.ts'

export function removeItemRoute(app: ShopApp, shop: Shop, guard: Guard): void {
  app.route({
    method: 'DELETE',
    url: '/api/cart/items/:sku',
    schema: {
      tags: ['cart'],
      summary: 'Takes a line out of the cart',
      security: cartSecurity,
      headers: CartHeaders,
      params: SkuPath,
      response: { 200: Cart, ...errorResponses(['unauthenticated', 'not_found']) },
    },
    preHandler: [guard.optional, refuseForeignCartToken],
    async handler(request, reply) {
      const owner = cartOwnerOf(request)
      const { sku } = request.params
      const decided = await setItem(shop.database, owner, sku, 0)
      return showCart(shop, reply, owner, changedCart(decided, sku))
    },
  })
}
