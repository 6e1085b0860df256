import { type Actor, writeAudit } from '../audit/audit-store.ts'
import type { Database } from '../database/database.ts'
import { ShopError } from '../errors.ts'
import { insertAccount } from './account-store.ts'
import { createPasswordHasher } from './password-hashing.ts'
import { checkNewPassword } from './password-rules.ts'
import type { Role } from './role.ts'

const usernameShape = /^[A-Za-z0-9_]{3,20}$/

export interface NewAccount {
  username: string
  password: string
  role: Role
  /** Who makes it, for the audit trail; the operator unless said otherwise. */
  actor?: Actor
}

/**
 * Makes an account of any role, by somebody who has the database: an operator, or the demo. Its id.
 * @throws ShopError `invalid_request` (username or password of the wrong shape), `weak_password`, `username_taken`.
 */
export async function createAccount(database: Database, account: NewAccount): Promise<string> {
  const { username, password, role, actor = { id: null, role: 'operator' } } = account
  if (!usernameShape.test(username)) {
    const message = `The username "${username}" must be 3 to 20 letters, digits or underscores.`
    throw new ShopError('invalid_request', { field: 'username', message })
  }
  checkNewPassword(password, { username, field: 'password' })
  const passwordHash = await createPasswordHasher().hash(password)
  return database.transaction(async (sql) => {
    const { id } = await insertAccount(sql, { username, passwordHash, role })
    await writeAudit(sql, [{ actor, action: 'account.created', subject: `account:${id}`, after: { username, role } }])
    return id
  })
}
