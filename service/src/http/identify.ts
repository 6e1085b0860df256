import { type AccessClaims, readAccessToken, registerAccessTokens } from '../accounts/access-token.ts'
import type { Account } from '../accounts/guard.ts'
import type { Shop } from '../shop.ts'
import { openSealedId } from '../tokens/signed-id.ts'
import type { ShopApp } from './app-type.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What the access token says, when it is ours and has not expired. It may have been revoked since: only `account` is to be trusted. */
    claims: AccessClaims | null
    /** The guest cart that X-Cart-Token was issued for. */
    cartId: string | null
    /** Who asks, once a guard has looked the account up. */
    account: Account | null
  }
}

/**
 * Reads who a request says it is, by signatures alone: no query, and never an answer of its own. Added before the limits,
 * which count on an account or a cart only when its token is one of ours.
 */
export async function identifyShoppers(app: ShopApp, shop: Pick<Shop, 'keys' | 'settings'>): Promise<void> {
  await registerAccessTokens(app, shop)
  app.decorateRequest('claims', null)
  app.decorateRequest('cartId', null)
  app.decorateRequest('account', null)
  app.addHook('onRequest', async (request) => {
    const { authorization, 'x-cart-token': cartToken } = request.headers
    if (typeof cartToken === 'string') request.cartId = openSealedId(shop.keys, 'cart-token', cartToken) ?? null
    if (authorization === undefined) return
    request.claims = await readAccessToken(request).catch((error: Error) => {
      request.log.debug({ reason: error.message }, 'access token refused')
      return null
    })
  })
}
