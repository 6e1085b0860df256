import type { FastifyRequest, preHandlerAsyncHookHandler } from 'fastify'
import type { Database } from '../database/database.ts'
import { ShopError } from '../errors.ts'
import type { Role } from './role.ts'
import { createSessionCache } from './session-cache.ts'
import { findLiveSession } from './session-store.ts'

/** Who asks: looked up, at most 2 s ago. */
export interface Account {
  id: string
  role: Role
  sessionId: string
}

export interface Guard {
  /**
   * preHandler: 401 unless the access token is valid now (account version, session; looked up at most 2 s ago);
   * 403 unless the role is one of these (none named: any); 503 when the database cannot say. Sets request.account.
   */
  require(...roles: Role[]): preHandlerAsyncHookHandler
  /** preHandler: the same for a request that has an Authorization header; without one request.account stays null. */
  optional: preHandlerAsyncHookHandler
  /** Makes a revocation or a new role of the account count at once in this process; other processes see it within 2 s. */
  forget(accountId: string): void
}

export interface GuardOptions {
  database: Database
  /** Milliseconds; for tests. */
  now?: () => number
}

/** The guard of one process. */
export function createGuard({ database, now }: GuardOptions): Guard {
  const sessions = createSessionCache({ find: (claims) => findLiveSession(database, claims), now })

  async function lookUp({ claims }: FastifyRequest): Promise<Account> {
    if (!claims) throw new ShopError('unauthenticated')
    const session = await sessions.look(claims)
    if (session?.version !== claims.version) throw new ShopError('unauthenticated')
    return { id: claims.accountId, role: session.role, sessionId: claims.sessionId }
  }

  return {
    require(...roles) {
      return async (request) => {
        const account = await lookUp(request)
        request.account = account
        if (roles.length === 0 || roles.includes(account.role)) return
        request.log.warn({ accountId: account.id, role: account.role, wanted: roles }, 'role refused')
        throw new ShopError('forbidden')
      }
    },
    async optional(request) {
      if (request.headers.authorization !== undefined) request.account = await lookUp(request)
    },
    forget: sessions.forget,
  }
}

/**
 * The account of a request that a guard let through.
 * @throws ShopError `unauthenticated` when there is none.
 */
export function accountOf(request: FastifyRequest): Account {
  if (!request.account) throw new ShopError('unauthenticated')
  return request.account
}
