import { errorResponses } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { AccountParts } from './account-parts.ts'
import { NoContent } from './account-schemas.ts'
import { accountOf } from './guard.ts'
import { revokeSession } from './session-store.ts'

export function logout(app: ShopApp, { shop, guard }: AccountParts): void {
  app.route({
    method: 'POST',
    url: '/api/auth/logout',
    schema: {
      tags: ['accounts'],
      summary: 'Log out here',
      description: 'Ends this session: its refresh token, and its access token too.',
      security: [{ account: [] }],
      response: { 204: NoContent, ...errorResponses(['unauthenticated']) },
    },
    preHandler: guard.require(),
    handler: async (request, reply) => {
      const { id, sessionId } = accountOf(request)
      await shop.database.query((sql) => revokeSession(sql, sessionId, 'logout'))
      guard.forget(id)
      request.log.info({ accountId: id }, 'logged out')
      return reply.code(204).send(null)
    },
  })
}
