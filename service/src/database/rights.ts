import type { Sql } from 'postgres'

/**
 * What the shop will be allowed on things that are made from now on, from the moment they are there: a migration that makes a function
 * anew must not lock out the pods that call it. As the migrator, before its files.
 * @throws when something in the schema is another's: rights on it could not be given.
 */
export async function promiseRights(sql: Sql, shop: string): Promise<void> {
  await needOwnership(sql)
  const to = sql(shop)
  await sql`alter default privileges in schema public grant select, insert, update, delete on tables to ${to}`
  await sql`alter default privileges in schema public grant usage, select on sequences to ${to}`
  await sql`alter default privileges in schema public grant execute on functions to ${to}`
}

/** The same on all that is there already. As the migrator, after its files. */
export async function giveRights(sql: Sql, shop: string): Promise<void> {
  const to = sql(shop)
  await sql`begin`
  try {
    await sql`grant select, insert, update, delete on all tables in schema public to ${to}`
    await sql`grant usage, select on all sequences in schema public to ${to}`
    await sql`grant execute on all functions in schema public to ${to}`
    // The server reads the version of the schema at its start; who wrote it could make migrations be skipped.
    await sql`revoke insert, update, delete on schema_version from ${to}`
    await sql`commit`
  } catch (error) {
    await sql`rollback`
    throw error
  }
}

async function needOwnership(sql: Sql): Promise<void> {
  const [other] = await sql<{ name: string; owner: string; me: string }[]>`
    select c.relname as name, pg_get_userbyid(c.relowner) as owner, current_user as me from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
      and c.relowner <> (select oid from pg_roles where rolname = current_user)
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    limit 1`
  if (!other) return
  throw new Error(
    `${other.name} belongs to ${other.owner}; all in the schema must belong to ${other.me}, who migrates it: reassign what ${other.owner} owns here.`,
  )
}
