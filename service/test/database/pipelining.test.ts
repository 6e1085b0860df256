import { test } from 'tap'
import { useEmptyDatabase } from '../harness/database.ts'
import { until } from '../harness/poll.ts'
import { openDatabase } from './open-database.ts'

/*
 * postgres.js pipelines up to 100 statements onto a busy connection. One transaction that held a hot row for 2 s made unrelated
 * reads wait behind the updates of that row: p50 1,908 ms instead of 6 (porsager/postgres #747, #970).
 */
test('a locked row does not stall reads that have nothing to do with it', async (t) => {
  const { url, sql: plain } = await useEmptyDatabase(t)
  await plain`create table stock (sku text primary key, on_hand int)`
  await plain`insert into stock values ('hot', 1000)`
  const database = await openDatabase(t, url, { statementsMax: 4 })
  const finished: string[] = []
  const sell = Promise.withResolvers<void>()

  const holder = plain.begin(async (sql) => {
    await sql`update stock set on_hand = on_hand - 1 where sku = 'hot'`
    await sell.promise
  })
  await until('the row is locked', () => isHeld())
  const updates = Array.from({ length: 3 }, async () => {
    await database.query((sql) => sql`update stock set on_hand = on_hand - 1 where sku = 'hot'`)
    finished.push('update')
  })
  await until('three updates wait for the row', async () => (await waitingForLocks()) === 3)

  await Promise.all(
    Array.from({ length: 30 }, async () => {
      await database.query((sql) => sql`select 1`)
      finished.push('read')
    }),
  )
  t.strictSame(finished, Array(30).fill('read'), 'every read was answered while the updates waited')
  t.equal(await waitingForLocks(), 3)

  sell.resolve()
  await Promise.all([holder, ...updates])
  t.same(await plain`select on_hand from stock`, [{ on_hand: 996 }])

  async function isHeld(): Promise<boolean> {
    const rows = await plain`select from stock for update skip locked`
    return rows.length === 0
  }

  async function waitingForLocks(): Promise<number> {
    const [row] = await plain<{ waiting: number }[]>`
      select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
    return row?.waiting ?? 0
  }
})
