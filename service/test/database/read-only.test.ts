import { test } from 'tap'
import { type Database, DatabaseUnavailableError } from '../../src/database/database.ts'
import { codeOf } from '../../src/database/errors.ts'
import { useEmptyDatabase } from '../harness/database.ts'
import { until } from '../harness/poll.ts'
import { openDatabase, rejection } from './open-database.ts'

const pidOf = async (database: Database) =>
  (await database.query((sql) => sql<{ pid: number }[]>`select pg_backend_pid() as pid`))[0]?.pid

// Drivers keep connections to a primary that has become read only (efcore.pg #1306, node-mysql2 #2050): every write then fails.
test('a server that says it is read only loses every connection, and writes go to a new one', async (t) => {
  const { url, sql: plain } = await useEmptyDatabase(t)
  await plain`create table written (id int primary key)`
  const database = await openDatabase(t, url)
  const before = await pidOf(database)
  const error = await rejection(
    database.transaction(async (sql) => {
      await sql`set transaction read only`
      await sql`insert into written values (1)`
    }),
    DatabaseUnavailableError,
  )
  t.equal(error.reason, 'connection')
  t.equal(codeOf(error.cause), '25006')
  t.match(database.stats(), { statements: { replacements: 1 }, transactions: { replacements: 1 } })
  t.not(await pidOf(database), before)
  await database.transaction((sql) => sql`insert into written values (1)`)
})

test('a server that becomes read only is noticed by what it reports, before a write fails', async (t) => {
  const { url } = await useEmptyDatabase(t)
  const database = await openDatabase(t, url, { statementsMax: 1 })
  const before = await pidOf(database)
  const told = database.query((sql) => sql`set session characteristics as transaction read only`)
  await told.catch((error) => t.equal(codeOf(error.cause), 'READ_ONLY_SERVER'))
  await until('another connection serves', async () => (await pidOf(database).catch(() => before)) !== before)
})

test('a server that is read only to begin with is not used', async (t) => {
  const { url, sql: plain } = await useEmptyDatabase(t)
  const name = new URL(url).pathname.slice(1)
  await plain`alter database ${plain(name)} set default_transaction_read_only = on`
  const database = await openDatabase(t, url)
  const error = await rejection(pidOf(database), DatabaseUnavailableError)
  t.equal(codeOf(error.cause), 'READ_ONLY_SERVER')
  t.equal(database.stats().statements.replacements, 0, 'a connection that never was any good says nothing about others')
  await plain.unsafe(
    `set default_transaction_read_only = off; alter database "${name}" reset default_transaction_read_only`,
  )
  await until('it is used once it can be written to', () =>
    pidOf(database).then(
      () => true,
      () => false,
    ),
  )
})
