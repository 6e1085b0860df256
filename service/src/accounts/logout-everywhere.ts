import { errorResponses } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { AccountParts } from './account-parts.ts'
import { NoContent } from './account-schemas.ts'
import { raiseVersion } from './account-store.ts'
import { accountOf } from './guard.ts'
import { revokeSessions } from './session-store.ts'

export function logoutEverywhere(app: ShopApp, { shop, guard }: AccountParts): void {
  app.route({
    method: 'POST',
    url: '/api/auth/logout-everywhere',
    schema: {
      tags: ['accounts'],
      summary: 'Log out everywhere',
      description: 'Ends every session of the account, on every device, within two seconds.',
      security: [{ account: [] }],
      response: { 204: NoContent, ...errorResponses(['unauthenticated']) },
    },
    preHandler: guard.require(),
    handler: async (request, reply) => {
      const { id } = accountOf(request)
      await shop.database.transaction(async (sql) => {
        await raiseVersion(sql, id)
        await revokeSessions(sql, id, 'logout_everywhere')
      })
      guard.forget(id)
      request.log.info({ accountId: id }, 'logged out everywhere')
      return reply.code(204).send(null)
    },
  })
}
