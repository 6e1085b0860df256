import { Type } from 'typebox'
import type { Guard } from '../accounts/guard.ts'
import { errorResponses } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import { changedCart, showCart } from './cart-answer.ts'
import { cartOwnerOf, refuseForeignCartToken } from './cart-owner.ts'
import { Cart, CartHeaders, cartSecurity, LineLimit, Quantity, Sku, SkuLimits } from './cart-schemas.ts'
import { addItem } from './cart-store.ts'

export function addItemRoute(app: ShopApp, shop: Shop, guard: Guard): void {
  app.route({
    method: 'POST',
    url: '/api/cart/items',
    schema: {
      tags: ['cart'],
      summary: 'Adds to the cart',
      description: 'A guest without a cart gets one, and its token. Adds to what is there of the SKU already.',
      security: cartSecurity,
      headers: CartHeaders,
      body: Type.Object({ sku: Sku, quantity: Quantity }, { additionalProperties: false }),
      response: {
        200: Cart,
        ...errorResponses(['unauthenticated', 'not_found', 'cart_limit'], { 409: Type.Union([SkuLimits, LineLimit]) }),
      },
    },
    preHandler: [guard.optional, refuseForeignCartToken],
    async handler(request, reply) {
      const owner = cartOwnerOf(request)
      const { sku, quantity } = request.body
      const decided = await addItem(shop.database, owner, sku, quantity)
      return showCart(shop, reply, owner, changedCart(decided, sku))
    },
  })
}
