import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { test } from 'tap'
import { checkTextSearch } from '../../src/database/text-search-check.ts'
import { openCluster } from '../../src/embedded/cluster.ts'
import { readLockFile } from '../../src/embedded/lock-file.ts'
import { binaries, clusterDirectory, open, query } from './support.ts'

test('a cluster keeps its data over stop and start, and its server is gone in between', async (t) => {
  const directory = clusterDirectory(t)
  const first = await open(t, directory)
  t.equal(first.adopted, false)
  await query(first.url, (sql) => sql`create table kept as select 'শাড়ি' as word`)
  await Promise.all([first.stop(), first.stop()])
  t.equal(await readLockFile(join(directory, 'data')), undefined)
  await t.rejects(
    query(first.url, (sql) => sql`select 1`),
    { code: 'ECONNREFUSED' },
  )

  const second = await open(t, directory)
  t.equal(second.adopted, false)
  t.same(await query(second.url, (sql) => sql`select word from kept`), [{ word: 'শাড়ি' }])
  t.same(second.said, [], 'nothing unusual is said')
})

test('the remains of a killed initdb are no obstacle', async (t) => {
  const directory = clusterDirectory(t)
  await mkdir(join(directory, 'new.c0ffee', 'data'), { recursive: true })
  await writeFile(join(directory, 'new.c0ffee', 'data', 'PG_VERSION'), 'half')
  const cluster = await open(t, directory)
  t.same(await query(cluster.url, (sql) => sql`select 1 as n`), [{ n: 1 }])
  t.same(
    (await readdir(directory)).filter((name) => name.startsWith('new.')),
    [],
  )
})

test('the server listens on 127.0.0.1 alone, below the ephemeral ports, and only with the password', async (t) => {
  const cluster = await open(t, clusterDirectory(t))
  t.ok(cluster.port < 32_768, `port ${cluster.port}`)
  const settings = await query(
    cluster.url,
    (sql) => sql`
    select current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets`,
  )
  t.same(settings, [{ addresses: '127.0.0.1', sockets: '' }])
  const others = Object.values(networkInterfaces())
    .flatMap((found) => found ?? [])
    .filter(({ address }) => address !== '127.0.0.1')
  for (const { address, scopeid } of others) {
    const host = scopeid ? `${address}%${scopeid}` : address
    await t.rejects(connect(host, cluster.port), `nothing answers on ${address}`)
  }
  const wrong = new URL(cluster.url)
  wrong.password = 'guessed'
  await t.rejects(
    query(wrong.href, (sql) => sql`select 1`),
    { code: '28P01' },
  )
})

test('a new cluster finds trigrams in Bangla', async (t) => {
  const cluster = await open(t, clusterDirectory(t))
  await query(cluster.url, async (sql) => {
    await sql`create extension pg_trgm`
    await checkTextSearch(sql)
    const [row] = await sql`select cardinality(show_trgm('শাড়ি')) as n`
    t.ok(row?.n > 0)
  })
})

test('data of another major version are refused, and both versions named', async (t) => {
  const directory = clusterDirectory(t)
  const cluster = await open(t, directory)
  await cluster.stop()
  await writeFile(join(directory, 'data', 'PG_VERSION'), '12\n')
  const [major] = cluster.version.split('.')
  await t.rejects(open(t, directory), {
    message: new RegExp(`made by PostgreSQL 12, and .* is PostgreSQL ${major}.*POSTGRES_BIN.*move .* away`),
  })
  await writeFile(join(directory, 'data', 'PG_VERSION'), `${major}\n`)
  t.equal((await open(t, directory)).adopted, false, 'a refused start holds nothing')
})

test('a cluster whose password is lost says so', async (t) => {
  const directory = clusterDirectory(t)
  const cluster = await open(t, directory)
  await cluster.stop()
  await rm(join(directory, 'password'))
  await t.rejects(open(t, directory), { message: /password of the database in .* cannot be read .* move .* away/ })
})

test('a server that does not start is shown with the end of its log', async (t) => {
  const directory = clusterDirectory(t)
  const settings = { shared_buffers: 'plenty' }
  await t.rejects(openCluster({ directory, durable: false, binaries, settings, log: () => undefined }), {
    message: /ended with code 1 instead of starting[\s\S]*invalid value for parameter "shared_buffers": "plenty"/,
  })
})

test('POSTGRES_BIN that names no PostgreSQL is refused by name', async (t) => {
  const directory = clusterDirectory(t)
  await t.rejects(openCluster({ directory, binaries: '/usr/share', log: () => undefined }), {
    message: /POSTGRES_BIN is \/usr\/share, which holds no initdb and postgres/,
  })
})

test('a platform without an embedded PostgreSQL is told to set DATABASE_URL', async (t) => {
  t.intercept(process, 'arch', { value: 'mips' })
  await t.rejects(openCluster({ directory: clusterDirectory(t), log: () => undefined }), {
    message: /no embedded PostgreSQL for \w+-mips .*set DATABASE_URL/,
  })
})

async function connect(host: string, port: number): Promise<void> {
  const socket = createConnection({ host, port, timeout: 2000 })
  return new Promise((resolve, reject) => {
    socket.once('connect', () => {
      socket.destroy()
      resolve()
    })
    socket.once('error', reject)
    socket.once('timeout', () => socket.destroy(new Error('no answer')))
  })
}
