import { randomBytes } from 'node:crypto'
import { test } from 'tap'
import { openConnectionSource } from '../../src/database/credentials.ts'
import { createDatabase, DatabaseUnavailableError } from '../../src/database/database.ts'
import { codeOf } from '../../src/database/errors.ts'
import { iamSigner } from '../../src/database/iam-token.ts'
import { until } from '../harness/poll.ts'
import { createLog, rejection } from './open-database.ts'
import { useTlsCluster } from './tls-cluster.ts'

const region = 'ap-southeast-1'

test('every new connection signs in with a token of its own', async (t) => {
  const { url, caFile, sql: plain } = await useTlsCluster(t)
  const role = `iam_${randomBytes(6).toString('hex')}`
  await plain.unsafe(`create role ${role} login`)
  const address = new URL(url)
  address.username = role
  address.password = ''
  const tokens: string[] = []
  let stsIsAway = false
  const log = createLog()
  const source = await openConnectionSource({
    url: address.href,
    auth: 'iam',
    region,
    tls: 'verify',
    caFile,
    log,
    async signer(login) {
      if (stsIsAway) throw new Error('no credentials from the metadata service')
      t.match(login, { host: 'localhost', port: Number(address.port), user: role })
      const token = randomBytes(12).toString('hex')
      tokens.push(token)
      // The part that RDS plays: it knows the token that was made a moment ago, and no other.
      await plain.unsafe(`alter role ${role} password '${token}'`)
      return token
    },
  })
  const database = createDatabase({ source, log, statementsMax: 1 })
  t.teardown(() => database.end(1_000))
  const read = () => database.query((sql) => sql`select 1 as one`)

  await read()
  await read()
  t.equal(tokens.length, 1, 'an open connection needs no other')
  await plain`select pg_terminate_backend(pid, 10000) from pg_stat_activity where usename = ${role}`
  await until('the connection is gone', () => database.stats().statements.size === 0)
  await read()
  t.equal(new Set(tokens).size, 2)

  stsIsAway = true
  await plain`select pg_terminate_backend(pid, 10000) from pg_stat_activity where usename = ${role}`
  await until('the connection is gone', () => database.stats().statements.size === 0)
  const error = await rejection(read(), DatabaseUnavailableError)
  t.equal(codeOf(error.cause), 'CREDENTIALS_UNAVAILABLE')
  t.match((error.cause as Error).cause, { message: /metadata service/ })
})

test('@aws-sdk/rds-signer makes a token without asking anybody', async (t) => {
  const before = { ...process.env }
  t.teardown(() => {
    process.env = before
  })
  process.env.AWS_ACCESS_KEY_ID = 'AKIDEXAMPLE'
  process.env.AWS_SECRET_ACCESS_KEY = 'an-example-that-opens-nothing'
  const sign = await iamSigner(region)
  const token = await sign({ host: 'db.example.com', port: 5432, user: 'shop' })
  const url = new URL(`https://${token}`)
  t.equal(url.host, 'db.example.com:5432')
  t.match(Object.fromEntries(url.searchParams), {
    Action: 'connect',
    DBUser: 'shop',
    'X-Amz-Expires': '900',
    'X-Amz-Credential': /^AKIDEXAMPLE\/\d{8}\/ap-southeast-1\/rds-db\/aws4_request$/,
    'X-Amz-Signature': /^[0-9a-f]{64}$/,
  })
})

test('a region is needed', async (t) => {
  const { url, caFile } = await useTlsCluster(t)
  const options = { url, caFile, auth: 'iam', tls: 'verify', log: createLog() } as const
  await t.rejects(openConnectionSource(options), { message: /^AWS_REGION is not set/ })
})
