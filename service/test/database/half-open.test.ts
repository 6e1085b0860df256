import { test } from 'tap'
import { DatabaseUnavailableError } from '../../src/database/database.ts'
import { useEmptyDatabase } from '../harness/database.ts'
import { until } from '../harness/poll.ts'
import { useTcpProxy } from '../harness/tcp-proxy.ts'
import { createLog, openDatabase, rejection } from './open-database.ts'

// postgres.js waits for ever on a connection whose other end is gone without a word, whatever its timeouts (#1089, #608).
test('a connection that stops answering is given up with its pool, and the next call is answered', async (t) => {
  const { url } = await useEmptyDatabase(t)
  const proxy = await useTcpProxy(t, url)
  const log = createLog()
  const database = await openDatabase(t, proxy.url, { deadlineMs: 300, graceMs: 100, statementsMax: 2, log })
  await Promise.all([readOne(), readOne()])
  proxy.freeze()

  const error = await rejection(readOne(), DatabaseUnavailableError)
  t.equal(error.reason, 'deadline')
  t.equal(database.stats().statements.inUse, 1, 'the permit is held while the connection may still answer')
  await until('the pool is replaced', () => database.stats().statements.replacements === 1)
  t.match(await readOne(), [{ one: 1 }])
  t.equal(database.stats().statements.deadlines, 1, 'the other frozen connection cost nobody a deadline')
  t.ok(log.lines.some(({ level, message }) => level === 'warn' && message.includes('replaced')))

  function readOne(): Promise<unknown> {
    return database.query((sql) => sql`select 1 as one`)
  }
})

test('who is in flight on a healthy connection may finish when the pool is replaced', async (t) => {
  const { url, sql: plain } = await useEmptyDatabase(t)
  const proxy = await useTcpProxy(t, url)
  const database = await openDatabase(t, proxy.url, { statementsMax: 2, graceMs: 100, deadlineMs: 20_000 })
  await database.query((sql) => sql`select 1`)
  proxy.freeze()
  const frozen = database.query((sql) => sql`select 1`, { deadlineMs: 300 })

  const [lock] = await plain<{ reserved: true }[]>`select true as reserved`
  t.ok(lock)
  const release = Promise.withResolvers<void>()
  const holder = plain.begin(async (sql) => {
    await sql`select pg_advisory_lock(1)`
    await release.promise
    await sql`select pg_advisory_unlock(1)`
  })
  await until(
    'the lock is held',
    async () => (await plain`select from pg_locks where locktype = 'advisory'`).length === 1,
  )
  const healthy = database.query((sql) => sql<{ done: number }[]>`select 7 as done from pg_advisory_xact_lock(1)`)

  await rejection(frozen, DatabaseUnavailableError)
  await until('the pool is replaced', () => database.stats().statements.replacements === 1)
  t.equal(database.stats().statements.inUse, 0, 'the new gate has all its permits')
  release.resolve()
  await holder
  t.match(await healthy, [{ done: 7 }])
})

test('a transaction that is frozen halfway leaves nothing, and the next one runs', async (t) => {
  const { url, sql: plain } = await useEmptyDatabase(t)
  await plain`create table written (id int primary key)`
  const proxy = await useTcpProxy(t, url)
  const database = await openDatabase(t, proxy.url, { deadlineMs: 300, graceMs: 100, transactionsMax: 1 })
  const stuck = database.transaction(async (sql) => {
    await sql`insert into written values (1)`
    proxy.freeze()
    await sql`insert into written values (2)`
  })
  t.equal((await rejection(stuck, DatabaseUnavailableError)).reason, 'deadline')
  await until('the pool is replaced', () => database.stats().transactions.replacements === 1)
  await database.transaction((sql) => sql`insert into written values (3)`)
  t.same(await plain`select id from written`, [{ id: 3 }])
})
