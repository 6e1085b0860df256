import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sql } from 'postgres'
import { test } from 'tap'
import { migrate, newestVersion, schemaVersion } from '../../src/database/migrate.ts'
import { makeUsers } from '../../src/database/users.ts'
import { type ManagedServer, tokenRole, useManagedServer } from './managed-server.ts'

const insufficientPrivilege = '42501'

/** Everything about users and rights that a run could change. */
async function rightsOf({ sql, users, master }: ManagedServer): Promise<unknown> {
  const names = [users.migrator, users.shop, master]
  return {
    roles:
      await sql`select rolname, rolcanlogin, rolcreaterole, rolcreatedb, rolsuper from pg_roles where rolname in ${sql(names)} order by 1`,
    members: await sql`select g.rolname as "in", u.rolname as who, m.admin_option from pg_auth_members m
      join pg_roles g on g.oid = m.roleid join pg_roles u on u.oid = m.member where u.rolname in ${sql(names)} order by 1, 2`,
    database: await sql`select datacl::text from pg_database where datname = current_database()`,
    schema: await sql`select nspacl::text from pg_namespace where nspname = 'public'`,
    tables:
      await sql`select relname, relowner, relacl::text from pg_class where relnamespace = 'public'::regnamespace order by 1`,
    functions:
      await sql`select proname, proowner, proacl::text from pg_proc where pronamespace = 'public'::regnamespace order by 1, oid`,
    defaults: await sql`select defaclobjtype, defaclacl::text from pg_default_acl order by 1`,
  }
}

async function refused(sql: Sql, statement: string): Promise<string> {
  return sql.unsafe(statement).then(
    () => 'done',
    (error: { code: string }) => error.code,
  )
}

/** Puts a rule before all others of who may log in; empty: takes it away. */
async function firstRuleOf(sql: Sql, rule: string): Promise<void> {
  const [{ file = '' } = {}] = await sql<{ file: string }[]>`select current_setting('hba_file') as file`
  await sql.unsafe(
    `copy (select '${rule} # rule') to program '{ cat; grep -v "# rule" ${file}; } > ${file}.new; mv ${file}.new ${file}'`,
  )
  await sql`select pg_reload_conf()`
}

test('the first run makes both users as the master and migrates by token; a second one reads no secret and changes nothing', async (t) => {
  const server = await useManagedServer(t)
  const said = await server.migrate()
  t.match(said, [
    /^migrator_\w+ is not let in: the users are made as the master/,
    /log in by token\.$/,
    /^Migrated to 1 /,
  ])
  t.equal(await schemaVersion(server.sql), await newestVersion())
  const owners = await server.sql`select distinct pg_get_userbyid(relowner) as owner from pg_class
    where relnamespace = 'public'::regnamespace`
  t.same([...owners], [{ owner: server.users.migrator }])
  t.equal(server.secretReads, 1)

  const before = await rightsOf(server)
  t.same(await server.migrate(), [])
  t.equal(server.secretReads, 1)
  t.same(await rightsOf(server), before)
})

test('the shop reads and writes rows, calls functions, and makes, changes and drops nothing', async (t) => {
  const server = await useManagedServer(t)
  await server.migrate()
  const shop = await server.connectAs(server.users.shop)
  await shop`insert into categories (slug, name_en, name_bn) values ('a', 'A', 'A')`
  await shop`update categories set name_en = 'B' where slug = 'a'`
  await shop`delete from categories where slug = 'a'`
  await shop`select cart_read_v1(null, gen_random_uuid())`
  t.equal(await schemaVersion(shop), await newestVersion(), 'the server reads the version at its start')
  for (const statement of [
    'create table x ()',
    'create temporary table x ()',
    'create schema x',
    'create function x() returns integer language sql as $$ select 1 $$',
    'create extension hstore',
    'alter table orders add column x text',
    'alter table orders disable trigger all',
    'drop table carts cascade',
    'drop function cart_read_v1',
    'truncate orders cascade',
    'create index on orders (id)',
    'create trigger x before insert on orders for each row execute function audit_log_is_append_only()',
    "insert into schema_version (version, name, md5) values (999, 'x', 'x')",
    'delete from schema_version',
    `set role ${server.users.migrator}`,
    `set role ${server.master}`,
    'create role x',
    `grant ${tokenRole} to ${server.master}`,
    'copy orders to program $$true$$',
    'select * from pg_authid',
  ]) {
    t.equal(await refused(shop, statement), insufficientPrivilege, statement)
  }
})

test('the master belongs to neither user, so his password still opens the door', async (t) => {
  const server = await useManagedServer(t)
  await server.migrate()
  for (const user of [server.users.migrator, server.users.shop]) {
    const [row] = await server.sql`select pg_has_role(${server.master}, ${user}, 'usage') as inherits`
    t.same(row, { inherits: false }, user)
  }
  const master = await server.connectAs(server.master)
  t.equal(await refused(master, 'select 1'), 'done')
  t.equal(await refused(master, 'select * from orders'), insufficientPrivilege, 'he does not read the orders either')
})

test('later migrations run as the migrator, and what they make is the shop’s to use at once', async (t) => {
  const server = await useManagedServer(t)
  await server.migrate()
  const directory = await mkdtemp(join(tmpdir(), 'dhakacart-migrations-'))
  t.teardown(() => rm(directory, { recursive: true }))
  const migrator = await server.connectAs(server.users.migrator)
  const shop = await server.connectAs(server.users.shop)
  const from = (await newestVersion()) + 1
  await writeFile(
    join(directory, `${from}.do.later.sql`),
    'create table later (id bigint generated always as identity, n serial); alter table carts add column later text;',
  )
  await writeFile(
    join(directory, `${from + 1}.do.function.sql`),
    '-- no transaction\ncreate function later_v1() returns bigint language sql as $$ insert into later default values returning id $$',
  )
  await migrator`drop table schema_version`
  // Between the files and the rights that follow them: an old pod may be faster.
  await migrate({ sql: migrator, directory })
  t.same([...(await shop`select later_v1() as id`)], [{ id: '1' }], 'by the default privileges alone')
  await shop`select later from carts`
  t.equal(await refused(shop, 'drop table later'), insufficientPrivilege)
})

test('two first runs at once: the users are made once, the files run once', async (t) => {
  const server = await useManagedServer(t)
  const runs = await Promise.all([server.migrate(), server.migrate(), server.migrate()])
  const files = runs.flat().filter((sentence) => sentence.startsWith('Migrated to'))
  t.equal(files.length, await newestVersion())
})

test('a first run that was cut off is finished by the second', async (t) => {
  const server = await useManagedServer(t)
  const { users, sql } = server
  const master = await server.connectAs(server.master)
  await master`create role ${master(users.shop)} nologin`
  await server.rotate()
  await server.migrate()
  t.equal(await schemaVersion(sql), await newestVersion())

  const again = await server.connectAs(server.master)
  await again.unsafe(`revoke ${tokenRole} from ${users.shop}`)
  await server.rotate()
  t.match(await server.migrate(), [/^A user is not whole: the users are made as the master/, /log in by token/])
  await sql.unsafe(`revoke create on schema public from ${users.migrator}`)
  t.match(await server.migrate(), [/^A user is not whole/, /log in by token/])
  t.same(await server.migrate(), [])
})

test('users that are made but for an error leave nothing half made', async (t) => {
  const server = await useManagedServer(t)
  const master = await server.connectAs(server.master)
  await server.sql.unsafe(`alter database ${server.database} owner to current_user`)
  await t.rejects(makeUsers(master, server.users), /its owner must be the master/)
  t.same(
    [...(await server.sql`select rolname from pg_roles where rolname in ${server.sql(Object.values(server.users))}`)],
    [],
  )
})

test('a password that was changed while we read it: the secret is read once more', async (t) => {
  const server = await useManagedServer(t)
  server.secretHolds('the one before', 1)
  await server.migrate()
  t.equal(server.secretReads, 2)
})

test('a restored database has both users and another secret: nothing is made, and nothing asks for the secret', async (t) => {
  const server = await useManagedServer(t)
  await server.migrate()
  server.secretHolds('of another database')
  t.same(await server.migrate(), [])
})

test('what cannot be right is said in a sentence that shows no password', async (t) => {
  const server = await useManagedServer(t)
  server.secretHolds('s3cret-of-another')
  const message = (attempt: Promise<unknown>) =>
    attempt.then(
      () => 'done',
      (error: Error) => error.message,
    )
  const wrong = await message(server.migrate())
  t.match(wrong, /^The master master_\w+ is not let in .* look whether DATABASE_MASTER_SECRET_ID/)
  t.notMatch(wrong, 's3cret')
  t.match(
    await message(server.migrate({ DATABASE_MASTER_SECRET_ID: 'another' })),
    /^The secret another .* cannot be read/,
  )
  const url = `postgres://${server.master}@localhost:1/x`
  t.match(
    await message(server.migrate({ DATABASE_URL: url })),
    /^DATABASE_URL names the user master_\w+; .* must be migrator/,
  )
})

test('a master who is locked out by what he made: the tokens are taken back, and it is said', async (t) => {
  const server = await useManagedServer(t)
  const { users, sql, master } = server
  // From PostgreSQL 16 on, who makes a role is a member of it, if only to administer it. RDS does not count that; this server does.
  const [{ version = 0 } = {}] = await sql`select current_setting('server_version_num')::integer as version`
  if (version < 160_000) return t.pass(`PostgreSQL ${version} makes nobody a member`)
  await firstRuleOf(sql, `host all +${users.shop} all reject`)
  t.teardown(() => firstRuleOf(sql, ''))
  await t.rejects(
    server.migrate(),
    /^The master master_\w+ could not log in any more \(.*rejects.*\): .* taken out of rds_iam again/,
  )
  t.same(
    [
      ...(await sql`select u.rolname from pg_auth_members m join pg_roles g on g.oid = m.roleid
    join pg_roles u on u.oid = m.member where g.rolname = ${tokenRole} and u.rolname <> ${master}`),
    ],
    [],
  )
})

test('a server without rds_iam is told from RDS, and nothing is made there', async (t) => {
  const server = await useManagedServer(t)
  await server.sql.unsafe(`alter role ${tokenRole} rename to rds_iam_elsewhere`)
  t.teardown(() => server.sql.unsafe(`alter role rds_iam_elsewhere rename to ${tokenRole}`))
  await t.rejects(server.migrate(), /no role rds_iam: it is not RDS, or IAM authentication is not switched on/)
  t.same([...(await server.sql`select from pg_roles where rolname = ${server.users.shop}`)], [])
})

test('things that somebody else made in the schema are named, not stumbled over', async (t) => {
  const server = await useManagedServer(t)
  const master = await server.connectAs(server.master)
  await master`create table left_behind ()`
  await server.rotate()
  await t.rejects(server.migrate(), /^left_behind belongs to master_\w+; all in the schema must belong to migrator/)
})
