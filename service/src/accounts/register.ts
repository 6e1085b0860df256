import { errorResponses } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { AccountParts } from './account-parts.ts'
import { closedObject, NewPassword, SessionView, Username } from './account-schemas.ts'
import { insertAccount } from './account-store.ts'
import { checkNewPassword } from './password-rules.ts'
import { answerSession, startSession } from './sessions.ts'

export function register(app: ShopApp, parts: AccountParts): void {
  const { shop, hasher } = parts
  app.route({
    method: 'POST',
    url: '/api/auth/register',
    schema: {
      tags: ['accounts'],
      summary: 'Make an account',
      description: 'The account is a shopper. A guest cart that is named by X-Cart-Token becomes its cart.',
      body: closedObject({ username: Username, password: NewPassword }),
      response: { 201: SessionView, ...errorResponses(['username_taken', 'weak_password']) },
    },
    handler: async (request, reply) => {
      const { username, password } = request.body
      checkNewPassword(password, { username, field: 'password' })
      const passwordHash = await hasher.hash(password)
      const { account, session } = await shop.database.transaction(async (sql) => {
        const account = await insertAccount(sql, { username, passwordHash, role: 'shopper' })
        return { account, session: await startSession(sql, shop, account) }
      })
      request.log.info({ accountId: account.id }, 'account registered')
      if (request.cartId) await parts.onLogin?.(account.id, request.cartId)
      reply.code(201)
      return answerSession({ app, shop, reply }, account, session)
    },
  })
}
