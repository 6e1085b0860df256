import postgres, { type Sql } from 'postgres'
import { test } from 'tap'
import { useDatabase, useEmptyDatabase } from './database.ts'
import { asShop, shopUser } from './test-cluster.ts'

test('every test has a database of its own, also when many are made at once', async (t) => {
  const databases = await Promise.all(Array.from({ length: 8 }, () => useDatabase(t)))
  for (const [index, { sql }] of databases.entries()) {
    await sql`create table mine as select ${index}::int as n`
  }
  const seen = await Promise.all(databases.map(({ sql }) => sql<{ n: number }[]>`select n from mine`))
  t.same(
    seen.map((rows) => rows.map(({ n }) => n)),
    [[0], [1], [2], [3], [4], [5], [6], [7]],
  )
})

test('a database is dropped when its test ends, even with a client still connected', async (t) => {
  let name = ''
  let forgotten: Sql | undefined
  await t.test('a test that leaves a client behind', async (t) => {
    const { url } = await useDatabase(t)
    name = new URL(url).pathname.slice(1)
    forgotten = postgres(url, { max: 1 })
    t.same(await forgotten`select current_database() as name`, [{ name }])
  })
  const { sql } = await useEmptyDatabase(t)
  t.same(await sql`select from pg_database where datname = ${name}`, [])
  await forgotten?.end()
})

test('the service of a test logs in as a user that can change no table, and every test so shows that it need not', async (t) => {
  const { url } = await useDatabase(t)
  const shop = postgres(asShop(url), { max: 1 })
  t.teardown(() => shop.end({ timeout: 1 }))
  t.same(await shop`select current_user as name`, [{ name: shopUser.name }])
  await t.rejects(shop`alter table orders add column more text`, { code: '42501' })
})
