import { Type } from 'typebox'
import { errorResponses, ShopError } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { AccountParts } from './account-parts.ts'
import { closedObject, SessionView } from './account-schemas.ts'
import { rotateRefreshToken } from './session-store.ts'
import { answerSession, hashRefreshToken, makeRefreshToken } from './sessions.ts'

export function refresh(app: ShopApp, { shop, guard }: AccountParts): void {
  app.route({
    method: 'POST',
    url: '/api/auth/refresh',
    schema: {
      tags: ['accounts'],
      summary: 'Exchange a refresh token for new tokens',
      description:
        'A refresh token works once. Using it again ends the session, and with it every token that came from it.',
      body: closedObject({ refreshToken: Type.String({ minLength: 1, maxLength: 1_024 }) }),
      response: { 200: SessionView, ...errorResponses(['invalid_refresh_token']) },
    },
    handler: async (request, reply) => {
      const next = makeRefreshToken()
      const usedHash = hashRefreshToken(request.body.refreshToken)
      // The outcome is thrown only after the transaction: inside, it would roll the revocation back.
      const refreshed = await shop.database.transaction((sql) =>
        rotateRefreshToken(sql, { usedHash, nextHash: next.hash }),
      )
      if (refreshed.outcome === 'reused') {
        guard.forget(refreshed.accountId)
        const { accountId, sessionId } = refreshed
        request.log.warn({ accountId, sessionId }, 'refresh token used twice: its session is revoked')
      }
      if (refreshed.outcome !== 'rotated') throw new ShopError('invalid_refresh_token')
      const { account, sessionId } = refreshed
      return answerSession({ app, shop, reply }, account, { sessionId, refreshToken: next.token })
    },
  })
}
