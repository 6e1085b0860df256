import { LRUCache } from 'lru-cache'
import type { AccessClaims } from './access-token.ts'
import type { LiveSession } from './session-store.ts'

export interface SessionCacheOptions {
  find(claims: AccessClaims): Promise<LiveSession | undefined>
  /** Milliseconds; by default a clock that never goes backwards. */
  now?: () => number
  /** How old an answer may be, counted from when it was asked for. */
  maxAgeMs?: number
}

export interface SessionCache {
  /** The live session that the claims name; undefined when there is none. One query at a time for each session. */
  look(claims: AccessClaims): Promise<LiveSession | undefined>
  /** Drops what is known of the account, and what is just being asked. */
  forget(accountId: string): void
}

interface Entry {
  askedAt: number
  session: Promise<LiveSession | undefined>
}

const accountsMax = 20_000
// Beyond so many, an account starts anew: it costs queries, where keeping them all would cost memory without bound.
const sessionsPerAccountMax = 16

/**
 * What this process knows of sessions. An answer counts from when it was asked for, so that a revocation reaches every process
 * within `maxAgeMs` of its commit. A failed query is not kept.
 */
export function createSessionCache({
  find,
  now = () => performance.now(),
  maxAgeMs = 2_000,
}: SessionCacheOptions): SessionCache {
  const accounts = new LRUCache<string, Map<string, Entry>>({ max: accountsMax })

  function ask(claims: AccessClaims): Promise<LiveSession | undefined> {
    const { accountId, sessionId } = claims
    const known = accounts.get(accountId)
    const sessions = known && known.size < sessionsPerAccountMax ? known : new Map<string, Entry>()
    const entry: Entry = { askedAt: now(), session: find(claims) }
    sessions.set(sessionId, entry)
    accounts.set(accountId, sessions)
    entry.session.catch(() => {
      if (sessions.get(sessionId) === entry) sessions.delete(sessionId)
    })
    return entry.session
  }

  return {
    async look(claims) {
      const known = accounts.get(claims.accountId)?.get(claims.sessionId)
      return known && now() - known.askedAt < maxAgeMs ? known.session : ask(claims)
    },
    forget(accountId) {
      accounts.delete(accountId)
    },
  }
}
