import { test } from 'tap'
import { type Database, DatabaseUnavailableError } from '../../src/database/database.ts'
import { codeOf } from '../../src/database/errors.ts'
import { useEmptyDatabase } from '../harness/database.ts'
import { until } from '../harness/poll.ts'
import { useTcpProxy } from '../harness/tcp-proxy.ts'
import { openDatabase, rejection } from './open-database.ts'

const read = (database: Database) => database.query((sql) => sql`select 1 as one`)
const answers = (database: Database) =>
  read(database).then(
    () => true,
    () => false,
  )

// 45 s without a database left 2,150 callers pending in postgres.js, the slowest for 57.9 s (#824).
test('while the database is away calls fail at once, and soon after it is back they are answered', async (t) => {
  const { url } = await useEmptyDatabase(t)
  const proxy = await useTcpProxy(t, url)
  const database = await openDatabase(t, proxy.url, { deadlineMs: 60_000, queueMaxAgeMs: 60_000 })
  await read(database)

  await proxy.refuse()
  for (let round = 0; round < 3; round += 1) {
    const errors = await Promise.all(
      Array.from({ length: 50 }, () => rejection(read(database), DatabaseUnavailableError)),
    )
    // With a deadline and a queue of a minute, only failing at once gets a caller out in time for this test.
    t.strictSame(new Set(errors.map(({ reason }) => reason)), new Set(['connection']))
  }
  t.match(database.stats().statements, { size: 0, inUse: 0, waiting: 0 })

  await proxy.accept()
  await until('calls are answered again', () => answers(database), 2_000)
  await t.resolves(database.transaction((sql) => sql`select 1`))
})

test('a connection that is lost mid-statement says so, and does not end the process', async (t) => {
  const { url, sql: plain } = await useEmptyDatabase(t)
  await plain`create table written (id int primary key)`
  const proxy = await useTcpProxy(t, url)
  const database = await openDatabase(t, proxy.url)
  for (let round = 0; round < 3; round += 1) {
    const single = database.query((sql) => sql`select pg_sleep(60)`)
    const transaction = database.transaction(async (sql) => {
      await sql`insert into written values (${round})`
      // Its error is swallowed, and the body goes on over a connection that is no more.
      await sql`select pg_sleep(60)`.catch(() => undefined)
      await sql`insert into written values (100)`
    })
    await until('both sleep', async () => {
      const sleeping =
        await plain`select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`
      return sleeping.length === 2
    })
    const errors = Promise.all([single, transaction].map((call) => rejection(call, DatabaseUnavailableError)))
    proxy.cut()
    t.strictSame(
      (await errors).map(({ reason }) => reason),
      ['connection', 'connection'],
    )
    // The server does not look at its connection while it sleeps.
    await plain`select pg_terminate_backend(pid, 10000) from pg_stat_activity
      where datname = current_database() and wait_event = 'PgSleep'`
    await t.resolves(read(database))
  }
  t.same(await plain`select from written`, [])
})

test('a connection that is lost between two statements of a transaction fails the next one', async (t) => {
  const { url, sql: plain } = await useEmptyDatabase(t)
  await plain`create table written (id int primary key)`
  const proxy = await useTcpProxy(t, url)
  const database = await openDatabase(t, proxy.url)
  const error = await rejection(
    database.transaction(async (sql) => {
      await sql`insert into written values (1)`
      proxy.cut()
      await until('the server has seen it', async () => {
        return (
          (
            await plain`select from pg_stat_activity where state = 'idle in transaction'
          and datname = current_database()`
          ).length === 0
        )
      })
      await sql`insert into written values (2)`
    }),
    DatabaseUnavailableError,
  )
  t.equal(error.reason, 'connection')
  t.same(await plain`select from written`, [])
})

test('a server that hangs up on every connection is not redialled in a loop', async (t) => {
  const { url } = await useEmptyDatabase(t)
  const proxy = await useTcpProxy(t, url)
  const database = await openDatabase(t, proxy.url, { deadlineMs: 500, graceMs: 50, statementsMax: 1 })
  proxy.slam()
  const error = await rejection(read(database), DatabaseUnavailableError)
  t.equal(error.reason, 'connection')
  t.equal(proxy.accepted, 1, 'one call, one connection')
  await Promise.all(Array.from({ length: 50 }, () => rejection(read(database), DatabaseUnavailableError)))
  t.equal(proxy.accepted, 1, 'and none for those who come right after')
  await proxy.accept()
  await until('calls are answered again', () => answers(database), 2_000)
})

test('a server that shuts down takes every connection out of use', async (t) => {
  const { url, sql: plain } = await useEmptyDatabase(t)
  const database = await openDatabase(t, url, { applicationName: 'shutting-down' })
  await Promise.all([read(database), read(database), database.transaction((sql) => sql`select 1`)])
  t.equal(database.stats().transactions.size, 1)
  const sleeping = rejection(
    database.query((sql) => sql`select pg_sleep(60)`),
    DatabaseUnavailableError,
  )
  await until('it sleeps', async () => {
    return (
      (await plain`select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`)
        .length === 1
    )
  })
  await plain`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'shutting-down'`
  const error = await sleeping
  t.equal(error.reason, 'connection')
  t.ok(['57P01', 'CONNECTION_CLOSED'].includes(codeOf(error.cause) ?? ''))
  await until('the idle ones are forgotten', () => database.stats().transactions.size === 0)
  await t.resolves(read(database))
})
