import { test } from 'tap'
import { DatabaseUnavailableError } from '../../src/database/database.ts'
import { useEmptyDatabase } from '../harness/database.ts'
import { until } from '../harness/poll.ts'
import { openDatabase, rejection } from './open-database.ts'

test('the queue is bounded by length and by age', async (t) => {
  const { url, sql: plain } = await useEmptyDatabase(t)
  const database = await openDatabase(t, url, { statementsMax: 1, queueMax: 2, queueMaxAgeMs: 100 })
  const release = Promise.withResolvers<void>()
  const holder = plain.begin(async (sql) => {
    await sql`select pg_advisory_xact_lock(1)`
    await release.promise
  })
  await until(
    'the lock is held',
    async () => (await plain`select from pg_locks where locktype = 'advisory'`).length === 1,
  )

  const inside = database.query((sql) => sql`select pg_advisory_xact_lock(1)`)
  await until('one is inside', () => database.stats().statements.inUse === 1)
  const settled: string[] = []
  const waiting = [1, 2].map(() => ask('waiting'))
  const refused = ask('refused')
  t.equal(database.stats().statements.waiting, 2)

  t.strictSame(
    [(await refused).reason, ...(await Promise.all(waiting)).map(({ reason }) => reason)],
    ['queue_full', 'queue_timeout', 'queue_timeout'],
  )
  t.strictSame(settled, ['refused', 'waiting', 'waiting'], 'the one beyond the length is refused at once')
  t.match(database.stats().statements, { inUse: 1, waiting: 0, refusals: 3 })
  release.resolve()
  await holder
  await inside

  async function ask(name: string): Promise<DatabaseUnavailableError> {
    const error = await rejection(
      database.query((sql) => sql`select 1`),
      DatabaseUnavailableError,
    )
    settled.push(name)
    return error
  }
})

test('ending lets those under way finish, refuses newcomers, and closes every connection', async (t) => {
  const { url, sql: plain } = await useEmptyDatabase(t)
  const database = await openDatabase(t, url, { statementsMax: 1, applicationName: 'ending' })
  const underWay = [1, 2, 3].map((n) => database.query((sql) => sql`select ${n}::int as n from pg_sleep(0.05)`))
  const ended = database.end(10_000)
  t.equal(
    (
      await rejection(
        database.query((sql) => sql`select 1`),
        DatabaseUnavailableError,
      )
    ).reason,
    'closed',
  )
  t.match(await Promise.all(underWay), [[{ n: 1 }], [{ n: 2 }], [{ n: 3 }]])
  await ended
  await until('no connection is left', async () => {
    return (await plain`select from pg_stat_activity where application_name = 'ending'`).length === 0
  })
})

test('ending does not wait longer than it was told to', async (t) => {
  const { url } = await useEmptyDatabase(t)
  const database = await openDatabase(t, url)
  const slow = database.query((sql) => sql`select pg_sleep(60)`)
  await until('the statement is under way', () => database.stats().statements.size === 1)
  await Promise.all([
    database.end(50),
    rejection(slow, DatabaseUnavailableError).then((error) => t.equal(error.reason, 'connection')),
  ])
})
