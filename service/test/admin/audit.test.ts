import { test } from 'tap'
import { product, shelf } from '../catalogue/support.ts'
import { useStaffedShop } from './support.ts'

const things = [shelf([product('thing'), product('other')])]

test('the audit trail in pages, the latest first, and of one subject', async (t) => {
  const { as, sql, accountIds } = await useStaffedShop(t, things)
  for (const delta of [1, 2, 3, 4, 5]) {
    await as.staff('POST', '/api/admin/stock/THING/adjustments', { delta, reason: `delivery ${delta}` })
    await as.staff('POST', '/api/admin/stock/OTHER/adjustments', { delta, reason: `delivery ${delta}` })
  }
  const read = async (query: string) => {
    const { body } = await as.admin('GET', `/api/admin/audit?${query}`)
    return { entries: body.entries as Record<string, unknown>[], next: body.next as string | null }
  }
  const first = await read('subject=sku:THING&limit=3')
  t.match(first.entries, [
    {
      action: 'stock.adjusted',
      subject: 'sku:THING',
      actorId: accountIds.staff,
      actorRole: 'staff',
      reason: 'delivery 5',
      before: { onHand: 20 },
      after: { onHand: 25 },
    },
    { reason: 'delivery 4' },
    { reason: 'delivery 3' },
  ])
  const second = await read(`subject=sku:THING&limit=3&after=${first.next}`)
  t.same(
    second.entries.map(({ reason }) => reason),
    ['delivery 2', 'delivery 1'],
  )
  t.equal(second.next, null)
  t.same((await read('subject=sku:UNKNOWN')).entries, [])
  const [counted] = await sql`select count(*)::int as entries from audit_log`
  t.equal((await read('limit=50')).entries.length, counted?.entries, 'without a subject: everything')
  for (const query of ['after=nonsense', 'subject=', 'subject=%00', 'subject=a&subject=b', 'limit=51', 'actor=me']) {
    t.equal((await as.admin('GET', `/api/admin/audit?${query}`)).status, 400, query)
  }
})

test('nothing in the audit trail can be changed or taken away, in the database itself', async (t) => {
  const { as, sql } = await useStaffedShop(t, things)
  await as.staff('POST', '/api/admin/stock/THING/adjustments', { delta: 1, reason: 'delivery' })
  const before = await sql`select * from audit_log order by id`
  await t.rejects(sql`update audit_log set reason = 'another'`, /append-only/)
  await t.rejects(sql`update audit_log set reason = 'another' where false`, /append-only/)
  await t.rejects(sql`delete from audit_log`, /append-only/)
  await t.rejects(sql`truncate audit_log`, /append-only/)
  t.same(await sql`select * from audit_log order by id`, before)
})

test('a change whose audit cannot be written does not happen', async (t) => {
  const { as, sql } = await useStaffedShop(t, things)
  await sql`alter table audit_log add constraint audit_is_full check (action <> 'stock.adjusted') not valid`
  const answer = await as.staff('POST', '/api/admin/stock/THING/adjustments', { delta: 1, reason: 'delivery' })
  t.match(answer, { status: 500, body: { code: 'internal_error' } })
  const [stock] = await sql`select on_hand from stock where sku = 'THING'`
  t.equal(stock?.on_hand, 10)
})
