import { randomUUID } from 'node:crypto'
import { signAccessToken } from '../../src/accounts/access-token.ts'
import type { Role } from '../../src/accounts/role.ts'
import type { TestShop } from './shop.ts'

export interface SignedIn {
  id: string
  headers: { authorization: string }
}

/** A new account of a role with a session, without the cost of a password. */
export async function signIn({ app, shop, sql }: TestShop, role: Role = 'shopper'): Promise<SignedIn> {
  const username = `u_${randomUUID().replaceAll('-', '').slice(0, 16)}`
  const [account] = await sql`
    insert into accounts (username, password_hash, role) values (${username}, 'none', ${role}) returning id, version`
  const [session] = await sql`
    insert into sessions (account_id, expires_at) values (${account?.id}, now() + interval '1 day') returning id`
  const claims = { accountId: account?.id, sessionId: session?.id, version: account?.version }
  return { id: account?.id, headers: { authorization: `Bearer ${signAccessToken(app, shop, claims)}` } }
}
