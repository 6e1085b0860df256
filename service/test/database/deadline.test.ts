import { test } from 'tap'
import { DatabaseUnavailableError } from '../../src/database/database.ts'
import { codeOf } from '../../src/database/errors.ts'
import { useEmptyDatabase } from '../harness/database.ts'
import { until } from '../harness/poll.ts'
import { openDatabase, rejection } from './open-database.ts'

const pid = async (query: Promise<readonly { pid: number }[]>): Promise<number | undefined> => (await query)[0]?.pid

test('a transaction past its deadline does not commit', async (t) => {
  const { url, sql: plain } = await useEmptyDatabase(t)
  await plain`create table written (id int primary key)`
  const database = await openDatabase(t, url)
  const told = Promise.withResolvers<void>()
  let after: unknown
  const late = database.transaction(
    async (sql) => {
      await sql`insert into written values (1)`
      await told.promise
      after = await rejection((async () => sql`insert into written values (2)`)(), DatabaseUnavailableError)
      return 'would commit'
    },
    { deadlineMs: 200 },
  )
  t.equal((await rejection(late, DatabaseUnavailableError)).reason, 'deadline')
  t.equal(database.stats().transactions.inUse, 1, 'the permit is held until the transaction has ended')
  told.resolve()
  await until('the transaction has ended', () => database.stats().transactions.inUse === 0)
  t.match(after, { reason: 'deadline' }, 'its later statements are refused')
  t.same(await plain`select id from written`, [])
  t.equal(database.stats().transactions.replacements, 0)
})

test('a body that never ends loses its connection, not the pool', async (t) => {
  const { url, sql: plain } = await useEmptyDatabase(t)
  await plain`create table written (id int primary key)`
  const database = await openDatabase(t, url, { transactionsMax: 1, graceMs: 50 })
  const never = Promise.withResolvers<void>()
  const late = database.transaction(
    async (sql) => {
      await sql`insert into written values (1)`
      await never.promise
    },
    { deadlineMs: 100 },
  )
  await rejection(late, DatabaseUnavailableError)
  await database.transaction((sql) => sql`insert into written values (2)`)
  t.same(await plain`select id from written`, [{ id: 2 }])
  t.equal(database.stats().transactions.replacements, 0)
  never.resolve()
})

test('a statement past its deadline is cancelled at the server, and its connection serves the next caller', async (t) => {
  const { url, sql: plain } = await useEmptyDatabase(t)
  const database = await openDatabase(t, url, { statementsMax: 1 })
  const before = await pid(database.query((sql) => sql<{ pid: number }[]>`select pg_backend_pid() as pid`))
  for (let round = 0; round < 5; round += 1) {
    const slow = database.query((sql) => sql`select pg_sleep(60)`, { deadlineMs: 100 })
    t.equal((await rejection(slow, DatabaseUnavailableError)).reason, 'deadline')
    // Waits in the queue until the cancelled statement has settled; a cancel that came late would hit this one.
    const next = await pid(
      database.query((sql) => sql<{ pid: number }[]>`select pg_backend_pid() as pid, pg_sleep(0.02)`),
    )
    t.equal(next, before, 'the same connection')
  }
  t.same(
    await plain`select from pg_stat_activity where query like '%pg_sleep(60)%' and state = 'active' and pid = ${before ?? 0}`,
    [],
  )
  t.equal(database.stats().statements.deadlines, 5)
  t.equal(database.stats().statements.replacements, 0)
})

test('the server gives up before the deadline, and that is a deadline too', async (t) => {
  const { url } = await useEmptyDatabase(t)
  const database = await openDatabase(t, url, { deadlineMs: 4_000 })
  const error = await rejection(
    database.query((sql) => sql`select pg_sleep(60)`),
    DatabaseUnavailableError,
  )
  t.equal(error.reason, 'deadline')
  t.equal(codeOf(error.cause), '57014', 'statement_timeout')
})

test('a transaction may be given more time than the server gives a statement', async (t) => {
  const { url } = await useEmptyDatabase(t)
  const database = await openDatabase(t, url, { deadlineMs: 200 })
  await t.resolves(database.transaction((sql) => sql`select pg_sleep(0.4)`, { deadlineMs: 20_000 }))
})

test('who waits for a lock too long is told that the database is busy', async (t) => {
  const { url, sql: plain } = await useEmptyDatabase(t)
  await plain`create table stock (sku text primary key)`
  await plain`insert into stock values ('hot')`
  const database = await openDatabase(t, url, { lockTimeoutMs: 50 })
  await plain.begin(async (sql) => {
    await sql`select from stock for update`
    const error = await rejection(
      database.transaction((sql) => sql`select from stock for update`),
      DatabaseUnavailableError,
    )
    t.equal(error.reason, 'deadline')
    t.equal(codeOf(error.cause), '55P03')
  })
})
