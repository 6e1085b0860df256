import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Sql } from 'postgres'
import t from 'tap'
import { facts } from '../../src/facts.ts'
import { useDatabase } from '../harness/database.ts'
import { placeOrder, stockShelf } from '../harness/orders.ts'

const runbooks = fileURLToPath(new URL('../../../runbooks', import.meta.url))

/** Runs a file of a runbook as psql would: its variables put in, one statement after the other. Returns the rows of each. */
async function runFile(sql: Sql, file: string, variables: Record<string, string> = {}) {
  const text = (await readFile(`${runbooks}/${file}`, 'utf8'))
    .replace(/^--.*$/gm, '')
    .replace(/:(since)\b/g, (whole, name: string) => variables[name] ?? whole)
  const results = []
  for (const statement of text.split(/;\s*$/m).filter((part) => part.trim() !== '')) {
    results.push([...(await sql.unsafe(statement))])
  }
  return results
}

t.test('every query that a runbook brings runs on the schema of today', async (t) => {
  const { sql } = await useDatabase(t)
  const files = (await readdir(runbooks, { recursive: true })).filter((file) => file.endsWith('.sql'))
  t.ok(files.length >= 5, `${files.length} files`)
  for (const file of files) {
    const results = await runFile(sql, file, { since: "'2027-03-15T14:00:00Z'" })
    t.ok(results.length >= 1, `${file}: ${results.length} statements`)
  }
})

t.test('a restored database is judged by what it has', async (t) => {
  const { sql } = await useDatabase(t)
  await stockShelf(sql, { 'TEA-1': 5 })
  await placeOrder(sql)
  const [counts = [], torn, overheld, , seed] = await runFile(sql, 'restore/judge.sql')
  const rows = Object.fromEntries(counts.map(({ what, rows }) => [what, Number(rows)]))
  t.match(rows, { accounts: 0, orders: 1, 'order lines': 1, stock: 1, 'events not yet told': 1 })
  t.match(torn, [{ orders_without_lines: '0' }])
  t.match(overheld, [{ stock_held_more_than_reserved: '0' }])
  t.match(seed, [{ last_value: '1' }])
})

t.test('what the old database alone has is told, and nothing else', async (t) => {
  const { sql } = await useDatabase(t)
  await stockShelf(sql, { 'TEA-1': 5 })
  const before = await placeOrder(sql)
  const [{ since }] = (await sql`select clock_timestamp()::text as since`) as unknown as [{ since: string }]
  const after = await placeOrder(sql, { lines: { 'TEA-1': 2 } })
  const [orders = [], , moves = [], units] = await runFile(sql, 'restore/left-behind.sql', { since: `'${since}'` })
  t.strictSame(
    orders.map(({ number }) => number),
    [after.number],
  )
  t.not(before.number, after.number)
  t.strictSame(moves, [])
  t.match(units, [{ sku: 'TEA-1', units: '2' }])
})

t.test('who has the connections is told by user, and the page knows how many a pod may have', async (t) => {
  const { sql } = await useDatabase(t)
  const [offered, who = []] = await runFile(sql, 'too-many-connections/who.sql')
  t.match(offered, [{ offered: /^\d+$/, taken: /^\d+$/ }])
  t.ok(who.length > 0)
  const { statements, transactions } = facts.database.connections
  const text = await readFile(`${runbooks}/too-many-connections/who.sql`, 'utf8')
  t.match(text, `each pod of the shop has at most ${statements + transactions}.`)
})
