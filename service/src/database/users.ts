import type { Sql } from 'postgres'
import { facts } from '../facts.ts'
import type { Statements } from './handle.ts'

/** Who logs in where nobody has a password. */
export interface Users {
  /** Makes and owns everything; only migrations log in as this one. */
  migrator: string
  /** Reads and writes rows, calls functions, and can change no table. */
  shop: string
}

export const users: Users = facts.database.users

/** RDS has this role while IAM authentication is switched on: who is in it logs in by a token, and by nothing else. */
const tokenRole = 'rds_iam'

/** Whether both users log in by token and the one who asks, the migrator, may make things: then the master is not needed. */
export async function usersAreReady(sql: Statements, { migrator, shop }: Users = users): Promise<boolean> {
  const [row] = await sql<{ ready: boolean }[]>`
    select current_user = ${migrator}
      and has_database_privilege(current_database(), 'create')
      and has_schema_privilege('public', 'create')
      and 2 = (select count(distinct u.oid) from pg_auth_members m
               join pg_roles g on g.oid = m.roleid join pg_roles u on u.oid = m.member
               where g.rolname = ${tokenRole} and u.rolname in (${migrator}, ${shop})) as ready`
  return row?.ready === true
}

/**
 * Makes both users, or what is missing of them, in one transaction; as the master, who owns the database and is no superuser.
 *
 * The master is made a member of neither: whoever is in `rds_iam` by way of another role cannot log in by password any more
 * (movetokube/postgres-operator #315). So it can grant what it owns itself and nothing that the migrator will make: the migrator gives
 * the shop its rights (rights.ts).
 * @throws a sentence when the server has no `rds_iam`, or the database is not the master's.
 */
export async function makeUsers(sql: Sql, { migrator, shop }: Users = users): Promise<void> {
  await sql`begin`
  try {
    await needTokenRole(sql)
    for (const user of [migrator, shop]) await makeUser(sql, user)
    await grantPlace(sql, migrator, shop)
    await sql`grant ${sql(tokenRole)} to ${sql(migrator)}, ${sql(shop)}`
    await sql`commit`
  } catch (error) {
    await sql`rollback`
    throw error
  }
}

/** Takes the token away from both again, so that nobody is a member of `rds_iam` by way of them. */
export async function withdrawTokens(sql: Sql, { migrator, shop }: Users = users): Promise<void> {
  await sql`revoke ${sql(tokenRole)} from ${sql(migrator)}, ${sql(shop)}`
}

async function needTokenRole(sql: Sql): Promise<void> {
  const [role] = await sql`select from pg_roles where rolname = ${tokenRole}`
  if (role) return
  throw new Error(
    `The server has no role ${tokenRole}: it is not RDS, or IAM authentication is not switched on. Switch it on, or leave out DATABASE_MASTER_SECRET_ID.`,
  )
}

async function makeUser(sql: Sql, user: string): Promise<void> {
  const [role] = await sql<{ login: boolean }[]>`select rolcanlogin as login from pg_roles where rolname = ${user}`
  if (!role) await sql`create role ${sql(user)} login`
  else if (!role.login) await sql`alter role ${sql(user)} login`
}

async function grantPlace(sql: Sql, migrator: string, shop: string): Promise<void> {
  const [row] = await sql<{ name: string }[]>`select current_database() as name`
  const database = sql(row?.name ?? '')
  await sql`grant connect, create, temporary on database ${database} to ${sql(migrator)}`
  await sql`grant connect on database ${database} to ${sql(shop)}`
  // Everybody may make temporary tables unless told otherwise, and in databases that began before PostgreSQL 15 any table.
  await sql`revoke temporary on database ${database} from public`
  await sql`revoke create on schema public from public`
  await sql`grant usage, create on schema public to ${sql(migrator)}`
  await sql`grant usage on schema public to ${sql(shop)}`
  // Who owns neither is not refused: the server warns, and grants nothing.
  const [granted] = await sql<{ all: boolean; me: string }[]>`
    select current_user as me, has_database_privilege(${migrator}, current_database(), 'create')
      and has_schema_privilege(${migrator}, 'public', 'create') as all`
  if (granted?.all) return
  throw new Error(
    `${granted?.me} could not let ${migrator} make things in the database ${row?.name}: its owner must be the master of DATABASE_MASTER_SECRET_ID.`,
  )
}
