import { Type } from 'typebox'
import { writeAudit } from '../audit/audit-store.ts'
import { errorResponses, ShopError } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { AccountParts } from './account-parts.ts'
import { closedObject, Username } from './account-schemas.ts'
import { lockAccountByName } from './account-store.ts'
import { accountOf } from './guard.ts'
import { hashResetCode, makeResetCode } from './reset-code.ts'
import { insertResetCode } from './reset-store.ts'
import type { Role } from './role.ts'

/** Whose password a role may reset. Nobody resets an admin's over the network. */
const mayReset: Record<Role, Role[]> = { shopper: [], staff: ['shopper'], admin: ['shopper', 'staff'] }

export function issueResetCode(app: ShopApp, { shop, guard }: AccountParts): void {
  app.route({
    method: 'POST',
    url: '/api/admin/accounts/:username/reset-code',
    schema: {
      tags: ['admin'],
      summary: 'Make a code for somebody who lost the password',
      description: 'Staff read it out to a shopper whom they have recognised. It replaces an earlier code.',
      security: [{ account: [] }],
      params: closedObject({ username: Username }),
      response: {
        200: closedObject({ code: Type.String(), expiresAt: Type.String({ format: 'date-time' }) }),
        ...errorResponses(['unauthenticated', 'forbidden', 'not_found']),
      },
    },
    preHandler: guard.require('staff', 'admin'),
    handler: async (request, reply) => {
      const actor = accountOf(request)
      const code = makeResetCode()
      const expiresAt = await shop.database.transaction(async (sql) => {
        const account = await lockAccountByName(sql, request.params.username)
        if (!account) throw new ShopError('not_found')
        if (!mayReset[actor.role].includes(account.role)) {
          request.log.warn({ accountId: actor.id, subjectId: account.id }, 'role refused: reset of this account')
          throw new ShopError('forbidden')
        }
        const expiresAt = await insertResetCode(sql, {
          accountId: account.id,
          codeHash: hashResetCode(code),
          createdBy: actor.id,
        })
        const subject = `account:${account.id}`
        await writeAudit(sql, [{ actor, action: 'account.reset_code_issued', subject, requestId: request.id }])
        return expiresAt
      })
      reply.header('cache-control', 'no-store')
      return { code, expiresAt: expiresAt.toISOString() }
    },
  })
}
