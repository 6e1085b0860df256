import { Type } from 'typebox'
import type { Guard } from '../accounts/guard.ts'
import { errorResponses } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import { changedCart, showCart } from './cart-answer.ts'
import { cartOwnerOf, refuseForeignCartToken } from './cart-owner.ts'
import { Cart, CartHeaders, cartSecurity, Quantity, SkuLimits, SkuPath } from './cart-schemas.ts'
import { setItem } from './cart-store.ts'

export function setItemRoute(app: ShopApp, shop: Shop, guard: Guard): void {
  app.route({
    method: 'PATCH',
    url: '/api/cart/items/:sku',
    schema: {
      tags: ['cart'],
      summary: 'Sets the quantity of a line of the cart',
      security: cartSecurity,
      headers: CartHeaders,
      params: SkuPath,
      body: Type.Object({ quantity: Quantity }, { additionalProperties: false }),
      response: { 200: Cart, ...errorResponses(['unauthenticated', 'not_found', 'cart_limit'], { 409: SkuLimits }) },
    },
    preHandler: [guard.optional, refuseForeignCartToken],
    async handler(request, reply) {
      const owner = cartOwnerOf(request)
      const { sku } = request.params
      const decided = await setItem(shop.database, owner, sku, request.body.quantity)
      return showCart(shop, reply, owner, changedCart(decided, sku))
    },
  })
}
