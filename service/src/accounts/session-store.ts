import type { Database } from '../database/database.ts'
import type { Role } from './guard.ts'

/** What a session stands for at the moment it is read. */
export interface LiveSession {
  role: Role
  version: number
}

/** The session of this account, while it is neither revoked nor expired. */
export async function findLiveSession(
  database: Database,
  { accountId, sessionId }: { accountId: string; sessionId: string },
): Promise<LiveSession | undefined> {
  const [row] = await database.query(
    (sql) => sql<LiveSession[]>`
      select a.role, a.version
      from sessions s join accounts a on a.id = s.account_id
      where s.id = ${sessionId} and a.id = ${accountId} and s.revoked_at is null and s.expires_at > now()`,
  )
  return row
}
