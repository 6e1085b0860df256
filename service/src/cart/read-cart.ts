import type { Guard } from '../accounts/guard.ts'
import { errorResponses } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import { showCart } from './cart-answer.ts'
import { cartOwnerOf, refuseForeignCartToken } from './cart-owner.ts'
import { Cart, CartHeaders, cartSecurity } from './cart-schemas.ts'
import { readCart } from './cart-store.ts'

export function readCartRoute(app: ShopApp, shop: Shop, guard: Guard): void {
  app.route({
    method: 'GET',
    url: '/api/cart',
    schema: {
      tags: ['cart'],
      summary: 'The cart, at the prices of now',
      description: 'Who has none yet gets an empty one of version 0; only adding to it makes it.',
      security: cartSecurity,
      headers: CartHeaders,
      response: { 200: Cart, ...errorResponses(['unauthenticated']) },
    },
    preHandler: [guard.optional, refuseForeignCartToken],
    async handler(request, reply) {
      const owner = cartOwnerOf(request)
      return showCart(shop, reply, owner, await readCart(shop.database, owner))
    },
  })
}
