import { test } from 'tap'
import { DatabaseUnavailableError } from '../../src/database/database.ts'
import { codeOf } from '../../src/database/errors.ts'
import { useEmptyDatabase } from '../harness/database.ts'
import { openDatabase, rejection } from './open-database.ts'

test('two transactions that deadlock both succeed in the end', async (t) => {
  const { url, sql: plain } = await useEmptyDatabase(t)
  await plain`create table stock (sku text primary key, on_hand int)`
  await plain`insert into stock values ('a', 10), ('b', 10)`
  const database = await openDatabase(t, url, { lockTimeoutMs: 4_000, deadlineMs: 10_000 })
  const firstLocked = Promise.withResolvers<void>()
  const secondLocked = Promise.withResolvers<void>()
  let attempts = 0

  async function take(
    first: string,
    second: string,
    mine: typeof firstLocked,
    other: typeof firstLocked,
  ): Promise<void> {
    await database.transaction(async (sql) => {
      attempts += 1
      await sql`update stock set on_hand = on_hand - 1 where sku = ${first}`
      mine.resolve()
      await other.promise
      await sql`update stock set on_hand = on_hand - 1 where sku = ${second}`
    })
  }

  await Promise.all([take('a', 'b', firstLocked, secondLocked), take('b', 'a', secondLocked, firstLocked)])
  t.equal(attempts, 3, 'the victim ran twice')
  t.same(await plain`select sku, on_hand from stock order by sku`, [
    { sku: 'a', on_hand: 8 },
    { sku: 'b', on_hand: 8 },
  ])
})

test('what cannot be serialised is tried three times in all, then the database is busy', async (t) => {
  const { url } = await useEmptyDatabase(t)
  const database = await openDatabase(t, url)
  let attempts = 0
  const error = await rejection(
    database.transaction(async (sql) => {
      attempts += 1
      await sql`do $$ begin raise exception using errcode = 'serialization_failure'; end $$`
    }),
    DatabaseUnavailableError,
  )
  t.equal(attempts, 3)
  t.equal(error.reason, 'deadline')
  t.equal(codeOf(error.cause), '40001')
})

test('an error of the body rolls back and stays what it is', async (t) => {
  const { url, sql: plain } = await useEmptyDatabase(t)
  await plain`create table stock (on_hand int constraint stock_not_oversold check (on_hand >= 0))`
  const database = await openDatabase(t, url)
  const soldOut = new Error('sold out')
  await t.rejects(
    database.transaction(async (sql) => {
      await sql`insert into stock values (1)`
      throw soldOut
    }),
    soldOut,
  )
  await t.rejects(
    database.transaction((sql) => sql`insert into stock values (-1)`),
    { name: 'PostgresError', code: '23514', constraint_name: 'stock_not_oversold' },
  )
  t.same(await plain`select from stock`, [])
})

// PostgreSQL answers the COMMIT of a failed transaction with ROLLBACK and no error: an acknowledged write would be lost.
test('a body that swallows the error of a statement is not told that it committed', async (t) => {
  const { url, sql: plain } = await useEmptyDatabase(t)
  await plain`create table written (id int primary key)`
  const database = await openDatabase(t, url)
  await t.rejects(
    database.transaction(async (sql) => {
      await sql`insert into written values (1)`
      await sql`select 1 / 0`.catch(() => undefined)
    }),
    /rolled back/,
  )
  t.same(await plain`select from written`, [])
})

test('a savepoint keeps what was before it', async (t) => {
  const { url, sql: plain } = await useEmptyDatabase(t)
  await plain`create table written (id int primary key)`
  const database = await openDatabase(t, url)
  await database.transaction(async (sql) => {
    await sql`insert into written values (1)`
    await t.rejects(sql.savepoint((inner) => inner`insert into written values (2), (1)`))
    await sql`insert into written values (3)`
  })
  t.same(await plain`select id from written order by id`, [{ id: 1 }, { id: 3 }])
})

test('a statement that outlives its transaction does not land in the next one', async (t) => {
  const { url, sql: plain } = await useEmptyDatabase(t)
  await plain`create table written (id int primary key)`
  const database = await openDatabase(t, url, { transactionsMax: 1 })
  const over = Promise.withResolvers<void>()
  let straggler: Promise<unknown> = Promise.resolve()
  await database.transaction(async (sql) => {
    await sql`insert into written values (1)`
    straggler = over.promise.then(() => sql`insert into written values (2)`)
  })
  await database.transaction(async (sql) => {
    await sql`insert into written values (3)`
    over.resolve()
    await t.rejects(straggler, { message: /^this call of the database is over/ })
  })
  t.same(await plain`select id from written order by id`, [{ id: 1 }, { id: 3 }])
})
