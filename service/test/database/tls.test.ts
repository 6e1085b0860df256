import { test } from 'tap'
import { DatabaseUnavailableError } from '../../src/database/database.ts'
import { codeOf } from '../../src/database/errors.ts'
import { useEmptyDatabase } from '../harness/database.ts'
import { openDatabase, rejection } from './open-database.ts'
import { useTlsCluster } from './tls-cluster.ts'

// `ssl: 'require'` of postgres.js, and `?sslmode=require`, encrypt to anybody who answers.
test('a certificate of the right authority for the right name is accepted, and the connection encrypted', async (t) => {
  const { url, caFile } = await useTlsCluster(t)
  const database = await openDatabase(t, url, { credentials: { tls: 'verify', caFile } })
  t.same(await database.query((sql) => sql`select ssl from pg_stat_ssl where pid = pg_backend_pid()`), [{ ssl: true }])
  t.same(await database.transaction((sql) => sql`select ssl from pg_stat_ssl where pid = pg_backend_pid()`), [
    { ssl: true },
  ])
  const slow = database.query((sql) => sql`select pg_sleep(60)`, { deadlineMs: 200 })
  t.equal((await rejection(slow, DatabaseUnavailableError)).reason, 'deadline')
  await database.end(5_000)
  t.equal(database.stats().statements.replacements, 0, 'a cancel travels encrypted, too')
})

test('another authority of the same name is refused', async (t) => {
  const { url, otherCaFile } = await useTlsCluster(t)
  const database = await openDatabase(t, url, { credentials: { tls: 'verify', caFile: otherCaFile } })
  const error = await rejection(
    database.query((sql) => sql`select 1`),
    DatabaseUnavailableError,
  )
  t.equal(codeOf(error.cause), 'TLS_REFUSED')
})

test('a certificate for another name is refused, also when the other name is an address', async (t) => {
  const { url, caFile } = await useTlsCluster(t)
  const byAddress = new URL(url)
  byAddress.hostname = '127.0.0.1'
  const database = await openDatabase(t, byAddress.href, { credentials: { tls: 'verify', caFile } })
  const error = await rejection(
    database.query((sql) => sql`select 1`),
    DatabaseUnavailableError,
  )
  t.equal(codeOf(error.cause), 'TLS_REFUSED')
  t.match(error.message, '127.0.0.1')
})

test('a server without TLS is not spoken to in plain text', async (t) => {
  const { caFile } = await useTlsCluster(t)
  const { url } = await useEmptyDatabase(t)
  const database = await openDatabase(t, url, { credentials: { tls: 'verify', caFile } })
  const error = await rejection(
    database.query((sql) => sql`select 1`),
    DatabaseUnavailableError,
  )
  t.equal(codeOf(error.cause), 'TLS_NOT_OFFERED')
})
