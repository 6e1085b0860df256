import type { FastifyRequest } from 'fastify'
import type { TransactionSql } from 'postgres'
import { Type } from 'typebox'
import { writeAudit } from '../audit/audit-store.ts'
import { errorResponses, ShopError } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { AccountParts } from './account-parts.ts'
import { AccountView, closedObject, Username } from './account-schemas.ts'
import { type AccountRecord, lockAccountByName, setRole } from './account-store.ts'
import { accountOf } from './guard.ts'
import { dropResetCodes } from './reset-store.ts'
import type { Role } from './role.ts'
import { revokeSessions } from './session-store.ts'

export function changeRole(app: ShopApp, { shop, guard }: AccountParts): void {
  app.route({
    method: 'PUT',
    url: '/api/admin/accounts/:username/role',
    schema: {
      tags: ['admin'],
      summary: 'Make somebody staff, or a shopper again',
      description: 'Ends the sessions of the account. The role of an admin cannot be changed here.',
      security: [{ account: [] }],
      params: closedObject({ username: Username }),
      body: closedObject({ role: Type.Enum(['shopper', 'staff']) }),
      response: { 200: AccountView, ...errorResponses(['unauthenticated', 'forbidden', 'not_found']) },
    },
    preHandler: guard.require('admin'),
    handler: async (request) => {
      const { role } = request.body
      const account = await shop.database.transaction(async (sql) => {
        const account = await lockAccountByName(sql, request.params.username)
        if (!account) throw new ShopError('not_found')
        if (account.role === 'admin') {
          request.log.warn(
            { accountId: accountOf(request).id, subjectId: account.id },
            'role refused: change of an admin',
          )
          throw new ShopError('forbidden')
        }
        if (account.role !== role) await giveRole(sql, request, account, role)
        return account
      })
      guard.forget(account.id)
      return { id: account.id, username: account.username, role }
    },
  })
}

async function giveRole(sql: TransactionSql, request: FastifyRequest, account: AccountRecord, role: Role) {
  await setRole(sql, account.id, role)
  await revokeSessions(sql, account.id, 'role_changed')
  await dropResetCodes(sql, account.id)
  await writeAudit(sql, [
    {
      actor: accountOf(request),
      action: 'account.role_changed',
      subject: `account:${account.id}`,
      before: { role: account.role },
      after: { role },
      requestId: request.id,
    },
  ])
}
