import { errorResponses, ShopError } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { AccountParts } from './account-parts.ts'
import { AccountView } from './account-schemas.ts'
import { findAccount } from './account-store.ts'
import { accountOf } from './guard.ts'

export function me(app: ShopApp, { shop, guard }: AccountParts): void {
  app.route({
    method: 'GET',
    url: '/api/auth/me',
    schema: {
      tags: ['accounts'],
      summary: 'Who is logged in',
      security: [{ account: [] }],
      response: { 200: AccountView, ...errorResponses(['unauthenticated']) },
    },
    preHandler: guard.require(),
    handler: async (request, reply) => {
      const account = await findAccount(shop.database, accountOf(request).id)
      if (!account) throw new ShopError('unauthenticated')
      reply.header('cache-control', 'no-store')
      return { id: account.id, username: account.username, role: account.role }
    },
  })
}
