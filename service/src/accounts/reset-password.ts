import { timingSafeEqual } from 'node:crypto'
import { Type } from 'typebox'
import { errorResponses, ShopError } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { AccountParts } from './account-parts.ts'
import { closedObject, NewPassword, SessionView, Username } from './account-schemas.ts'
import { lockAccountByName, replacePassword } from './account-store.ts'
import { checkNewPassword } from './password-rules.ts'
import { hashResetCode } from './reset-code.ts'
import { countResetAttempt, useResetCode } from './reset-store.ts'
import { revokeSessions } from './session-store.ts'
import { answerSession, startSession } from './sessions.ts'

export function resetPassword(app: ShopApp, { shop, guard, hasher, limits }: AccountParts): void {
  app.route({
    method: 'POST',
    url: '/api/auth/reset-password',
    schema: {
      tags: ['accounts'],
      summary: 'Set a new password with a code from staff',
      description: 'Ends every session of the account and answers with a new one.',
      body: closedObject({
        username: Username,
        code: Type.String({
          pattern: '^[A-Za-z0-9 -]{10,20}$',
          description: 'Works once, for 15 minutes, 5 attempts.',
        }),
        newPassword: NewPassword,
      }),
      response: { 200: SessionView, ...errorResponses(['wrong_credentials', 'weak_password']) },
    },
    handler: async (request, reply) => {
      const { username, code, newPassword } = request.body
      checkNewPassword(newPassword, { username, field: 'newPassword' })
      await limits.check(request, username)
      const attempt = await countResetAttempt(shop.database, username)
      if (!attempt || !timingSafeEqual(attempt.codeHash, hashResetCode(code))) {
        request.log.warn({ accountId: attempt?.accountId ?? null }, 'reset code refused')
        await limits.failed(request, username)
        throw new ShopError('wrong_credentials')
      }
      const passwordHash = await hasher.hash(newPassword)
      const { changed, session } = await shop.database.transaction(async (sql) => {
        const account = await lockAccountByName(sql, username)
        const changed = account && (await replacePassword(sql, account, passwordHash))
        if (!changed || !(await useResetCode(sql, attempt.id))) throw new ShopError('wrong_credentials')
        await revokeSessions(sql, changed.id, 'password_changed')
        return { changed, session: await startSession(sql, shop, changed) }
      })
      guard.forget(changed.id)
      request.log.info({ accountId: changed.id }, 'password reset')
      return answerSession({ app, shop, reply }, changed, session)
    },
  })
}
