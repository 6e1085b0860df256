import type { ISql, TransactionSql } from 'postgres'
import type { Database } from '../database/database.ts'
import { ShopError } from '../errors.ts'
import type { Role } from './role.ts'

/** An account as it is stored; the password as its argon2id hash. */
export interface AccountRecord {
  id: string
  username: string
  passwordHash: string
  role: Role
  version: number
}

/** The account of that name, in any case of letters. */
export async function findAccountByName(database: Database, username: string): Promise<AccountRecord | undefined> {
  const [row] = await database.query(
    (sql) => sql<AccountRecord[]>`
      select id, username, password_hash as "passwordHash", role, version
      from accounts where lower(username) = lower(${username})`,
  )
  return row
}

export async function findAccount(database: Database, id: string): Promise<AccountRecord | undefined> {
  const [row] = await database.query(
    (sql) => sql<AccountRecord[]>`
      select id, username, password_hash as "passwordHash", role, version from accounts where id = ${id}`,
  )
  return row
}

/** The account of that name, kept from changing until the transaction ends. */
export async function lockAccountByName(sql: TransactionSql, username: string): Promise<AccountRecord | undefined> {
  const [row] = await sql<AccountRecord[]>`
    select id, username, password_hash as "passwordHash", role, version
    from accounts where lower(username) = lower(${username}) for update`
  return row
}

/** @throws ShopError `username_taken` */
export async function insertAccount(
  sql: ISql,
  account: { username: string; passwordHash: string; role: Role },
): Promise<AccountRecord> {
  const { username, passwordHash, role } = account
  const rows = await sql<AccountRecord[]>`
    insert into accounts (username, password_hash, role) values (${username}, ${passwordHash}, ${role})
    on conflict (lower(username)) do nothing
    returning id, username, password_hash as "passwordHash", role, version`
  if (!rows[0]) throw new ShopError('username_taken', { field: 'username' })
  return rows[0]
}

/**
 * Replaces the password and raises the version. Undefined when the account has changed since `account` was read: another
 * password, a log-out everywhere, another role.
 */
export async function replacePassword(
  sql: TransactionSql,
  account: AccountRecord,
  passwordHash: string,
): Promise<AccountRecord | undefined> {
  const [row] = await sql<AccountRecord[]>`
    update accounts set password_hash = ${passwordHash}, version = version + 1, updated_at = now()
    where id = ${account.id} and version = ${account.version}
    returning id, username, password_hash as "passwordHash", role, version`
  return row
}

export async function setRole(sql: TransactionSql, accountId: string, role: Role): Promise<void> {
  await sql`update accounts set role = ${role}, version = version + 1, updated_at = now() where id = ${accountId}`
}

/** Ends every token that carries the version so far. */
export async function raiseVersion(sql: TransactionSql, accountId: string): Promise<void> {
  await sql`update accounts set version = version + 1, updated_at = now() where id = ${accountId}`
}
