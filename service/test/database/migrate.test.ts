import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { type Test, test } from 'tap'
import { migrate, newestVersion, schemaVersion } from '../../src/database/migrate.ts'
import { createLogger } from '../../src/process/logger.ts'
import { migrateDatabase } from '../../src/process/open-database.ts'
import { readDatabaseSettings } from '../../src/settings/settings.ts'
import { useEmptyDatabase } from '../harness/database.ts'
import { until } from '../harness/poll.ts'

async function migrationFiles(t: Test, files: Record<string, string>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'dhakacart-migrations-'))
  t.teardown(() => rm(directory, { recursive: true }))
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(directory, name), text)))
  return directory
}

function connect(t: Test, url: string): Sql {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  t.teardown(() => sql.end({ timeout: 1 }))
  return sql
}

test("this version's migrations run once, and a second time do nothing", async (t) => {
  const { url } = await useEmptyDatabase(t)
  const sql = connect(t, url)
  t.equal(await schemaVersion(sql), 0, 'an empty database was never migrated')
  const newest = await newestVersion()
  t.ok(newest >= 6)
  t.equal(await migrate({ sql }), newest)
  const said: string[] = []
  t.equal(await migrate({ sql, log: (sentence) => said.push(sentence) }), newest)
  t.same(said, [])
  t.equal(await schemaVersion(sql), newest)
})

test('time-outs that the server sets for everybody do not end a migration', async (t) => {
  const { url, sql: observer } = await useEmptyDatabase(t)
  // Every file takes longer than this; the shop's own sessions say what they want at connect.
  await observer.unsafe(`alter database "${new URL(url).pathname.slice(1)}" set statement_timeout = '1ms'`)
  const settings = readDatabaseSettings({ DATABASE_URL: url, DATABASE_TLS: 'off' })
  t.equal(await migrateDatabase(settings, createLogger('silent'), () => {}), await newestVersion())
})

test('two migrators and a concurrent index: one works, the other waits, neither deadlocks', async (t) => {
  const { url, sql: observer } = await useEmptyDatabase(t)
  const directory = await migrationFiles(t, {
    '001.do.rows.sql': 'create table rows (id integer); insert into rows select generate_series(1, 50000);',
    '002.do.index.sql': '-- no transaction\ncreate index concurrently row_by_id on rows (id)',
    '003.do.done.sql': 'create table done ();',
  })
  const said: string[] = []
  const log = (sentence: string) => said.push(sentence)
  const migrators = Array.from({ length: 4 }, () => migrate({ sql: connect(t, url), directory, log }))
  t.same(await Promise.all(migrators), [3, 3, 3, 3])
  t.equal(said.filter((sentence) => sentence.startsWith('Migrated to')).length, 3, 'each file ran once')
  t.same(await observer`select indisvalid from pg_index where indexrelid = 'row_by_id'::regclass`, [
    { indisvalid: true },
  ])
})

test('a migrator that waits holds no snapshot that a concurrent index would wait for', async (t) => {
  const { url, sql: observer } = await useEmptyDatabase(t)
  const directory = await migrationFiles(t, { '001.do.done.sql': 'create table done ();' })
  const holder = connect(t, url)
  await holder`create table rows (id integer)`
  await holder`select pg_advisory_lock(7235139915193999730)`
  const said: string[] = []
  const waiting = migrate({ sql: connect(t, url), directory, log: (sentence) => said.push(sentence) })
  await until('the other migrator waits', () => said.length > 0)
  await holder`create index concurrently row_by_id on rows (id)`
  t.equal(await schemaVersion(observer), 0, 'the other has not begun')
  await holder`select pg_advisory_unlock(7235139915193999730)`
  t.equal(await waiting, 1)
  t.match(said[0], /Another process is migrating/)
})

test('a migrator gives up on a lock that is never released, and says where to look', async (t) => {
  const { url } = await useEmptyDatabase(t)
  const directory = await migrationFiles(t, { '001.do.done.sql': 'create table done ();' })
  const holder = connect(t, url)
  await holder`select pg_advisory_lock(7235139915193999730)`
  await t.rejects(migrate({ sql: connect(t, url), directory, lockTimeoutMs: 1 }), { message: /see pg_locks/ })
})

test('a file that fails leaves nothing of itself, and those before it stay', async (t) => {
  const { url, sql: observer } = await useEmptyDatabase(t)
  const directory = await migrationFiles(t, {
    '001.do.good.sql': 'create table good ();',
    '002.do.bad.sql': 'create table half (); select 1 / 0;',
  })
  const sql = connect(t, url)
  await t.rejects(migrate({ sql, directory }), { message: 'The migration 2 (bad) failed: division by zero' })
  t.same(await observer`select to_regclass('good')::text as good, to_regclass('half')::text as half`, [
    { good: 'good', half: null },
  ])
  t.equal(await schemaVersion(sql), 1)
  await writeFile(join(directory, '002.do.bad.sql'), 'create table half ();')
  t.equal(await migrate({ sql, directory }), 2, 'mended, it runs, and the lock was given back')
})

test('a file that changed after it ran is refused', async (t) => {
  const { url } = await useEmptyDatabase(t)
  const directory = await migrationFiles(t, { '001.do.good.sql': 'create table good ();' })
  const sql = connect(t, url)
  await migrate({ sql, directory })
  await writeFile(join(directory, '001.do.good.sql'), 'create table better ();')
  await t.rejects(migrate({ sql, directory }), { message: /MD5 checksum failed for migration \[1\]/ })
})

test('a concurrent index that an earlier attempt left invalid is made again', async (t) => {
  const { url, sql: observer } = await useEmptyDatabase(t)
  const directory = await migrationFiles(t, {
    '001.do.rows.sql': 'create table rows (id integer); insert into rows values (1), (1);',
    '002.do.index.sql': '-- no transaction\ncreate unique index concurrently row_once on rows (id)',
  })
  const sql = connect(t, url)
  await t.rejects(migrate({ sql, directory }), { message: /could not create unique index/ })
  await observer`delete from rows`
  const said: string[] = []
  t.equal(await migrate({ sql, directory, log: (sentence) => said.push(sentence) }), 2)
  t.match(said[0], /Dropping the index row_once/)
})

test('a migration waits for a busy table in short attempts, so that nobody queues behind it for long', async (t) => {
  const { url, sql: observer } = await useEmptyDatabase(t)
  const directory = await migrationFiles(t, { '001.do.alter.sql': 'alter table rows add column name text;' })
  await observer`create table rows (id integer)`
  const reader = connect(t, url)
  await reader`begin`
  await reader`select from rows`
  const sql = connect(t, url)
  const altering = migrate({ sql, directory })
  // It asks for the lock, gives up after its lock_timeout, and asks again: the second wait shows that the first ended.
  await untilWaiting(observer, 2)
  await reader`commit`
  t.equal(await altering, 1)
})

/** Resolves when so many different attempts to lock the table have been seen waiting. */
async function untilWaiting(observer: Sql, attempts: number): Promise<void> {
  const seen = new Set<string>()
  while (seen.size < attempts) {
    const rows = await observer<{ started: string }[]>`
      select xact_start::text as started from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
    for (const { started } of rows) seen.add(started)
  }
}
