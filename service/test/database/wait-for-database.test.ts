import { test } from 'tap'
import { DatabaseRefusedError, DatabaseUnavailableError } from '../../src/database/database.ts'
import { waitForDatabase } from '../../src/database/wait-for-database.ts'
import { useEmptyDatabase } from '../harness/database.ts'
import { useTcpProxy } from '../harness/tcp-proxy.ts'
import { openDatabase, rejection } from './open-database.ts'

test('a database that comes up late is waited for', async (t) => {
  const { url } = await useEmptyDatabase(t)
  const proxy = await useTcpProxy(t, url)
  await proxy.refuse()
  const database = await openDatabase(t, proxy.url)
  const waiting = waitForDatabase(database, { timeoutMs: 30_000 })
  await rejection(
    database.query((sql) => sql`select 1`),
    DatabaseUnavailableError,
  )
  await proxy.accept()
  await t.resolves(waiting)
})

test('a database that never comes up is given up, as unreachable', async (t) => {
  const { url } = await useEmptyDatabase(t)
  const proxy = await useTcpProxy(t, url)
  await proxy.refuse()
  const database = await openDatabase(t, proxy.url)
  const error = await rejection(waitForDatabase(database, { timeoutMs: 300 }), DatabaseUnavailableError)
  t.equal(error.reason, 'connection')
})

test('a database that refuses us is not waited for, and the message names the setting', async (t) => {
  const { url } = await useEmptyDatabase(t)
  const wrong = (change: (url: URL) => void) => {
    const other = new URL(url)
    change(other)
    return other.href
  }
  const cases: [string, RegExp][] = [
    [
      wrong((other) => {
        other.password = 'wrong'
      }),
      /password authentication failed.*DATABASE_PASSWORD/,
    ],
    [
      wrong((other) => {
        other.username = 'nobody'
      }),
      /nobody.*DATABASE_URL/,
    ],
    [
      wrong((other) => {
        other.pathname = '/nowhere'
      }),
      /nowhere.*the database of DATABASE_URL/,
    ],
  ]
  for (const [wrongUrl, message] of cases) {
    const database = await openDatabase(t, wrongUrl)
    const error = await rejection(waitForDatabase(database, { timeoutMs: 600_000 }), DatabaseRefusedError)
    t.match(error.message, message)
  }
})
