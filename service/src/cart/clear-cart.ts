import type { Guard } from '../accounts/guard.ts'
import { errorResponses } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import { showCart } from './cart-answer.ts'
import { cartOwnerOf, refuseForeignCartToken } from './cart-owner.ts'
import { Cart, CartHeaders, cartSecurity } from './cart-schemas.ts'
import { clearCart } from './cart-store.ts'

export function clearCartRoute(app: ShopApp, shop: Shop, guard: Guard): void {
  app.route({
    method: 'DELETE',
    url: '/api/cart',
    schema: {
      tags: ['cart'],
      summary: 'Empties the cart',
      security: cartSecurity,
      headers: CartHeaders,
      response: { 200: Cart, ...errorResponses(['unauthenticated']) },
    },
    preHandler: [guard.optional, refuseForeignCartToken],
    async handler(request, reply) {
      const owner = cartOwnerOf(request)
      const decided = await clearCart(shop.database, owner)
      return showCart(shop, reply, owner, decided.decision === 'changed' ? decided.cart : undefined)
    },
  })
}
