import type { ISql, TransactionSql } from 'postgres'
import type { Database } from '../database/database.ts'
import type { AccountRecord } from './account-store.ts'
import type { Role } from './role.ts'

export type RevocationReason = 'logout' | 'logout_everywhere' | 'refresh_reused' | 'password_changed' | 'role_changed'

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

/**
 * A new session with its first refresh token; its id. Undefined when the account has changed since it was read: whoever ends all
 * sessions raises the version first, and so waits for this statement or is seen by it.
 */
export async function insertSession(
  sql: ISql,
  account: Pick<AccountRecord, 'id' | 'version'>,
  { tokenHash, seconds }: { tokenHash: Buffer; seconds: number },
): Promise<string | undefined> {
  const [row] = await sql<{ id: string }[]>`
    with account as (
      select id from accounts where id = ${account.id} and version = ${account.version} for share
    ), session as (
      insert into sessions (account_id, expires_at)
      select id, now() + make_interval(secs => ${seconds}) from account
      returning id
    )
    insert into refresh_tokens (token_hash, session_id)
    select ${tokenHash}::bytea, id from session
    returning session_id as id`
  return row?.id
}

export type Refreshed =
  | { outcome: 'rotated'; sessionId: string; account: Omit<AccountRecord, 'passwordHash'> }
  | { outcome: 'reused'; accountId: string; sessionId: string }
  | { outcome: 'invalid' }

/**
 * Uses up one refresh token and stores the next. A token that was used before revokes its session, with every token that came
 * from it (RFC 9700, 4.14.2): of a thief and the owner, one has used it twice, and nobody can tell which.
 */
export async function rotateRefreshToken(
  sql: TransactionSql,
  { usedHash, nextHash }: { usedHash: Buffer; nextHash: Buffer },
): Promise<Refreshed> {
  const [token] = await sql<{ sessionId: string }[]>`
    update refresh_tokens set used_at = now() where token_hash = ${usedHash} and used_at is null
    returning session_id as "sessionId"`
  if (!token) return revokeReused(sql, usedHash)
  const [account] = await sql<Omit<AccountRecord, 'passwordHash'>[]>`
    select a.id, a.username, a.role, a.version
    from sessions s join accounts a on a.id = s.account_id
    where s.id = ${token.sessionId} and s.revoked_at is null and s.expires_at > now()`
  if (!account) return { outcome: 'invalid' }
  await sql`insert into refresh_tokens (token_hash, session_id) values (${nextHash}, ${token.sessionId})`
  return { outcome: 'rotated', sessionId: token.sessionId, account }
}

async function revokeReused(sql: TransactionSql, usedHash: Buffer): Promise<Refreshed> {
  const [session] = await sql<{ id: string; accountId: string }[]>`
    select s.id, s.account_id as "accountId"
    from refresh_tokens t join sessions s on s.id = t.session_id
    where t.token_hash = ${usedHash}`
  if (!session) return { outcome: 'invalid' }
  await revokeSession(sql, session.id, 'refresh_reused')
  return { outcome: 'reused', accountId: session.accountId, sessionId: session.id }
}

export async function revokeSession(sql: ISql, sessionId: string, because: RevocationReason): Promise<void> {
  await sql`
    update sessions set revoked_at = now(), revoked_because = ${because}
    where id = ${sessionId} and revoked_at is null`
}

/** Revokes every session of the account. Raise its version before, in the same transaction, or a login under way escapes. */
export async function revokeSessions(sql: TransactionSql, accountId: string, because: RevocationReason): Promise<void> {
  await sql`
    update sessions set revoked_at = now(), revoked_because = ${because}
    where account_id = ${accountId} and revoked_at is null`
}

/**
 * Deletes sessions that ended by age more than a day ago, with their refresh tokens: at most `limit`. The number deleted.
 * Safe in many processes at once.
 */
export async function pruneSessions(database: Database, limit: number): Promise<number> {
  const { count } = await database.query(
    (sql) => sql`
      with old as materialized (
        select id from sessions where expires_at < now() - interval '1 day'
        order by expires_at limit ${limit} for update skip locked)
      delete from sessions using old where sessions.id = old.id`,
  )
  return count
}
