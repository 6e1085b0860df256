import postgres from 'postgres'
import { test } from 'tap'
import { checkTextSearch } from '../../src/database/text-search-check.ts'
import { useCluster, useEmptyDatabase } from '../harness/database.ts'

test('a database that finds trigrams in Bangla passes', async (t) => {
  const { sql } = await useEmptyDatabase(t)
  await sql`create extension pg_trgm`
  await t.resolves(checkTextSearch(sql))
})

test('a database without pg_trgm is sent to the migrations', async (t) => {
  const { sql } = await useEmptyDatabase(t)
  await t.rejects(checkTextSearch(sql), {
    message: /has no function show_trgm, which extension pg_trgm brings: run the migrations/,
  })
})

for (const [encoding, ctype] of [
  ['UTF8', 'C'],
  ['SQL_ASCII', 'C'],
  ['LATIN1', 'C'],
] as const) {
  test(`a database in ${encoding} with LC_CTYPE ${ctype} is refused, and told what would be right`, async (t) => {
    const { adminUrl } = await useCluster()
    const name = `test_${process.pid}_${encoding.toLowerCase()}`
    const admin = postgres(adminUrl, { max: 1 })
    await admin.unsafe(
      `create database ${name} template template0 encoding '${encoding}' lc_collate '${ctype}' lc_ctype '${ctype}'`,
    )
    const url = new URL(adminUrl)
    url.pathname = `/${name}`
    const sql = postgres(url.href, { max: 1 })
    t.teardown(async () => {
      await sql.end()
      await admin`drop database ${admin(name)}`
      await admin.end()
    })
    await sql`create extension pg_trgm`
    await t.rejects(checkTextSearch(sql), {
      message: new RegExp(
        `^Database ${name} .* encoding is ${encoding} .* LC_CTYPE is ${ctype}, where UTF8 .* C\\.UTF-8`,
      ),
    })
  })
}
