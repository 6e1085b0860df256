import { errorResponses, ShopError } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { AccountParts } from './account-parts.ts'
import { closedObject, NewPassword, Password, SessionView } from './account-schemas.ts'
import { findAccount, replacePassword } from './account-store.ts'
import { accountOf } from './guard.ts'
import { checkNewPassword } from './password-rules.ts'
import { dropResetCodes } from './reset-store.ts'
import { revokeSessions } from './session-store.ts'
import { answerSession, startSession } from './sessions.ts'

export function changePassword(app: ShopApp, { shop, guard, hasher, limits }: AccountParts): void {
  app.route({
    method: 'POST',
    url: '/api/auth/password',
    schema: {
      tags: ['accounts'],
      summary: 'Change the password',
      description: 'Ends every session of the account and answers with a new one.',
      security: [{ account: [] }],
      body: closedObject({ currentPassword: Password, newPassword: NewPassword }),
      response: { 200: SessionView, ...errorResponses(['unauthenticated', 'wrong_credentials', 'weak_password']) },
    },
    preHandler: guard.require(),
    handler: async (request, reply) => {
      const { currentPassword, newPassword } = request.body
      const account = await findAccount(shop.database, accountOf(request).id)
      if (!account) throw new ShopError('unauthenticated')
      checkNewPassword(newPassword, { username: account.username, field: 'newPassword' })
      // Or a stolen access token would be a way to guess the password without limit.
      await limits.check(request, account.username)
      if (!(await hasher.verify(account.passwordHash, currentPassword))) {
        request.log.warn({ accountId: account.id }, 'password not changed: the current one was wrong')
        await limits.failed(request, account.username)
        throw new ShopError('wrong_credentials', { field: 'currentPassword' })
      }
      const passwordHash = await hasher.hash(newPassword)
      const { changed, session } = await shop.database.transaction(async (sql) => {
        const changed = await replacePassword(sql, account, passwordHash)
        if (!changed) throw new ShopError('unauthenticated')
        await revokeSessions(sql, account.id, 'password_changed')
        await dropResetCodes(sql, account.id)
        return { changed, session: await startSession(sql, shop, changed) }
      })
      guard.forget(account.id)
      request.log.info({ accountId: account.id }, 'password changed')
      return answerSession({ app, shop, reply }, changed, session)
    },
  })
}
