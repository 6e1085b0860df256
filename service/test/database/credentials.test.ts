import { randomBytes } from 'node:crypto'
import type { Sql } from 'postgres'
import { type Test, test } from 'tap'
import { type CredentialOptions, openConnectionSource } from '../../src/database/credentials.ts'
import type { Database } from '../../src/database/database.ts'
import { useEmptyDatabase } from '../harness/database.ts'
import { until } from '../harness/poll.ts'
import { swapSecret } from '../harness/secret-directory.ts'
import { createLog, openDatabase } from './open-database.ts'

const none = { auth: 'password', tls: 'off', log: createLog() } as const
const open = (options: Partial<CredentialOptions>) => openConnectionSource({ ...none, ...options })

test('the parts of the URL are taken as they are meant', async (t) => {
  const source = await open({ url: 'postgres://sh%40p:p%2Fw@[::1]/dh%C3%A4ka' })
  t.strictSame(await source.login(), {
    host: '::1',
    port: 5432,
    user: 'sh@p',
    password: 'p/w',
    database: 'dhäka',
    tls: null,
  })
  source.close()
})

test('credentials that cannot be right stop the start, and the message names the setting and no secret', async (t) => {
  const directory = t.testdir({ 'ca.pem': 'not a certificate', empty: '' })
  const good = 'postgres://shop:hunter2@db/shop'
  const cases: [Partial<CredentialOptions>, RegExp][] = [
    [{}, /^DATABASE_URL must be of the form/],
    [{ url: 'hunter2' }, /^DATABASE_URL must be of the form/],
    [{ url: 'mysql://shop:hunter2@db/shop' }, /^DATABASE_URL begins with mysql:/],
    [{ url: 'postgres://db/shop' }, /^DATABASE_URL must name user, host and database/],
    [{ url: `${good}?sslmode=require` }, /^DATABASE_URL has the parameter sslmode.*DATABASE_TLS/],
    [{ url: `${good}?max=3` }, /^DATABASE_URL has the parameter max/],
    [{ urlFile: `${directory}/missing` }, /^DATABASE_URL_FILE: .*missing cannot be read/],
    [{ url: good, passwordFile: `${directory}/empty` }, /^DATABASE_PASSWORD_FILE: .*empty is empty/],
    [{ url: good, tls: 'verify' }, /^DATABASE_CA_FILE is not set/],
    [{ url: good, tls: 'verify', caFile: `${directory}/missing` }, /^DATABASE_CA_FILE: .*missing cannot be read/],
    [{ url: good, tls: 'verify', caFile: `${directory}/ca.pem` }, /^DATABASE_CA_FILE: .*holds no certificate/],
    [{ url: good, auth: 'iam', region: 'ap-southeast-1' }, /^DATABASE_TLS is off/],
  ]
  for (const [options, message] of cases) {
    const error = await open(options).then(
      () => new Error('accepted'),
      (thrown: Error) => thrown,
    )
    t.match(error.message, message)
    t.notMatch(error.message, 'hunter2')
  }
})

test('a password that was changed is read from its file for the next connection', async (t) => {
  const { url, sql: plain } = await useEmptyDatabase(t)
  const role = await useRole(t, plain, 'before')
  const directory = t.testdir()
  const passwordFile = await swapSecret(directory, 'before', 'password')
  const database = await openDatabase(t, urlAs(url, role), { statementsMax: 2, credentials: { passwordFile } })
  t.equal(await whoAmI(database), role)

  await plain.unsafe(`alter role ${role} password 'after'`)
  t.equal(await whoAmI(database), role, 'an open connection goes on')
  await swapSecret(directory, 'after', 'password')
  await hangUp(plain, role)
  await until('the new password lets us in', () => answers(database))
  t.equal(await whoAmI(database), role)
})

test('a URL that names another user replaces the connections, without waiting for a new one to be needed', async (t) => {
  const { url, sql: plain } = await useEmptyDatabase(t)
  const [first, second] = [await useRole(t, plain, 'one'), await useRole(t, plain, 'two')]
  const directory = t.testdir()
  const urlFile = await swapSecret(directory, urlAs(url, first, 'one'), 'url')
  const database = await openDatabase(t, '', { credentials: { url: undefined, urlFile, pollMs: 5 } })
  t.equal(await whoAmI(database), first)
  await swapSecret(directory, urlAs(url, second, 'two'), 'url')
  await until('the change is noticed', () => database.stats().statements.replacements === 1)
  t.equal(await whoAmI(database), second)
  await swapSecret(directory, 'not a url', 'url')
  await database.query((sql) => sql`select 1`)
  t.equal(await whoAmI(database), second, 'what cannot be used is not used')
})

async function useRole(t: Test, plain: Sql, password: string): Promise<string> {
  const role = `test_${randomBytes(6).toString('hex')}`
  await plain.unsafe(`create role ${role} login password '${password}'`)
  t.teardown(async () => {
    await hangUp(plain, role)
    await plain.unsafe(`drop role ${role}`)
  })
  return role
}

async function hangUp(plain: Sql, role: string): Promise<void> {
  await plain`select pg_terminate_backend(pid, 10000) from pg_stat_activity where usename = ${role}`
}

function urlAs(url: string, user: string, password = ''): string {
  const other = new URL(url)
  other.username = user
  other.password = password
  return other.href
}

async function whoAmI(database: Database): Promise<string | undefined> {
  const [row] = await database.query((sql) => sql<{ role: string }[]>`select current_user::text as role`)
  return row?.role
}

function answers(database: Database): Promise<boolean> {
  return whoAmI(database).then(
    () => true,
    () => false,
  )
}
