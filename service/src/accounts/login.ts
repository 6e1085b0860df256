import { errorResponses, ShopError } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { AccountParts } from './account-parts.ts'
import { closedObject, Password, SessionView, Username } from './account-schemas.ts'
import { findAccountByName } from './account-store.ts'
import { answerSession, startSession } from './sessions.ts'

export function login(app: ShopApp, parts: AccountParts): void {
  const { shop, hasher, limits } = parts
  app.route({
    method: 'POST',
    url: '/api/auth/login',
    schema: {
      tags: ['accounts'],
      summary: 'Log in',
      description: 'A guest cart that is named by X-Cart-Token is merged into the cart of the account.',
      body: closedObject({ username: Username, password: Password }),
      response: { 200: SessionView, ...errorResponses(['wrong_credentials']) },
    },
    handler: async (request, reply) => {
      const { username, password } = request.body
      await limits.check(request, username)
      const account = await findAccountByName(shop.database, username)
      // Also for nobody's account, so that an unknown username takes as long.
      const matches = await hasher.verify(account?.passwordHash, password)
      if (!account || !matches) {
        request.log.warn({ accountId: account?.id ?? null }, 'login failed')
        await limits.failed(request, username)
        throw new ShopError('wrong_credentials')
      }
      if (request.cartId) await parts.onLogin?.(account.id, request.cartId)
      const session = await shop.database.query((sql) => startSession(sql, shop, account))
      request.log.info({ accountId: account.id }, 'logged in')
      return answerSession({ app, shop, reply }, account, session)
    },
  })
}
