import type { FastifyRequest } from 'fastify'
import { ShopError } from '../errors.ts'

/** Whose cart: an account's (then `cartId` is null), or that of a guest, by its id; a guest without a cart has neither. */
export interface CartOwner {
  accountId: string | null
  cartId: string | null
}

/** Whose cart a request is about. An account that still sends the token of a guest cart uses its own. Behind `guard.optional`. */
export function cartOwnerOf({ account, cartId }: FastifyRequest): CartOwner {
  return account ? { accountId: account.id, cartId: null } : { accountId: null, cartId }
}

/**
 * preHandler: refuses a cart token that we did not make. Without it, a guest whose token was garbled on the way would
 * silently be given an empty cart.
 */
export async function refuseForeignCartToken({ headers, cartId }: FastifyRequest): Promise<void> {
  if (headers['x-cart-token'] === undefined || cartId !== null) return
  throw new ShopError('invalid_request', {
    field: 'x-cart-token',
    message: 'x-cart-token is not a token that this shop issued: leave it out to get a new cart.',
  })
}
