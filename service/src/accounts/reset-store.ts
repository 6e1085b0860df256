import type { TransactionSql } from 'postgres'
import type { Database } from '../database/database.ts'

const validMinutes = 15
const attemptsMax = 5

/** Stores the code's hash as the account's only one; when it expires. */
export async function insertResetCode(
  sql: TransactionSql,
  { accountId, codeHash, createdBy }: { accountId: string; codeHash: Buffer; createdBy: string },
): Promise<Date> {
  await dropResetCodes(sql, accountId)
  const [row] = await sql<[{ expiresAt: Date }]>`
    insert into password_resets (account_id, code_hash, created_by, expires_at)
    values (${accountId}, ${codeHash}, ${createdBy}, now() + make_interval(mins => ${validMinutes}))
    returning expires_at as "expiresAt"`
  return row.expiresAt
}

/** Ends the codes of an account: they were made for the password, and the role, that it had. */
export async function dropResetCodes(sql: TransactionSql, accountId: string): Promise<void> {
  await sql`delete from password_resets where account_id = ${accountId} and used_at is null`
}

export interface ResetAttempt {
  id: string
  accountId: string
  codeHash: Buffer
}

/** Counts one attempt at the account's code; undefined when there is no code to try, or no attempt left. */
export async function countResetAttempt(database: Database, username: string): Promise<ResetAttempt | undefined> {
  const [row] = await database.query(
    (sql) => sql<ResetAttempt[]>`
      update password_resets r set attempts = attempts + 1
      from accounts a
      where lower(a.username) = lower(${username}) and r.account_id = a.id
        and r.used_at is null and r.expires_at > now() and r.attempts < ${attemptsMax}
      returning r.id, r.account_id as "accountId", r.code_hash as "codeHash"`,
  )
  return row
}

/** Uses the code up; false when somebody else was faster, or it was replaced. */
export async function useResetCode(sql: TransactionSql, id: string): Promise<boolean> {
  const { count } = await sql`update password_resets set used_at = now() where id = ${id} and used_at is null`
  return count === 1
}

/** Deletes codes that expired more than a day ago, at most `limit`; the number deleted. */
export async function pruneResetCodes(database: Database, limit: number): Promise<number> {
  const { count } = await database.query(
    (sql) => sql`
      with old as materialized (
        select id from password_resets where expires_at < now() - interval '1 day' limit ${limit} for update skip locked)
      delete from password_resets using old where password_resets.id = old.id`,
  )
  return count
}
