import type { FastifyReply } from 'fastify'
import { ShopError } from '../errors.ts'
import type { Shop } from '../shop.ts'
import { sealId } from '../tokens/signed-id.ts'
import type { CartOwner } from './cart-owner.ts'
import type { Cart } from './cart-schemas.ts'
import type { CartDecision, StoredCart, StoredLine } from './cart-store.ts'

/**
 * A cart as the shopper sees it. A guest's brings its token, in the body and as X-Cart-Token: for a new cart it is the only way
 * back, and for an old one it is sealed with the key that is active now, so that a cart outlives the rotation of keys.
 */
export function showCart(
  { settings, keys }: Pick<Shop, 'settings' | 'keys'>,
  reply: FastifyReply,
  owner: CartOwner,
  cart: StoredCart | undefined,
): Cart {
  reply.header('cache-control', 'no-store')
  if (!cart) return { version: 0, lines: [], itemCount: 0, subtotalPoisha: 0 }
  const shown = {
    version: cart.version,
    lines: cart.lines.map(({ free, ...line }) => ({
      ...line,
      availability: availabilityOf(free, line.quantity, settings.lowStockUnits),
    })),
    itemCount: cart.lines.reduce((sum, line) => sum + line.quantity, 0),
    subtotalPoisha: cart.lines.reduce((sum, line) => sum + line.linePoisha, 0),
  }
  if (owner.accountId !== null) return shown
  const cartToken = sealId(keys, 'cart-token', cart.id)
  reply.header('x-cart-token', cartToken)
  return { ...shown, cartToken }
}

function availabilityOf(free: StoredLine['free'], quantity: number, lowStockUnits: number): 'in_stock' | 'low' | 'out' {
  if (free === null || free < quantity) return 'out'
  return free <= lowStockUnits ? 'low' : 'in_stock'
}

/**
 * The cart that a change of this SKU led to.
 * @throws ShopError `not_found`; `cart_limit` with the maximum.
 */
export function changedCart(decided: CartDecision, sku: string): StoredCart {
  switch (decided.decision) {
    case 'changed':
      return decided.cart
    case 'not_found':
      throw new ShopError('not_found', { field: 'sku', message: `There is no ${sku} here.` })
    case 'sku_limit':
      throw new ShopError('cart_limit', {
        message: `One order may hold at most ${decided.maximum} of ${sku}.`,
        details: { limits: [{ sku, maxPerOrder: decided.maximum }] },
      })
    case 'line_limit':
      throw new ShopError('cart_limit', {
        message: `A cart may hold at most ${decided.maximum} different things.`,
        details: { maxLines: decided.maximum },
      })
  }
}
