import { test } from 'tap'
import { product, shelf } from '../catalogue/support.ts'
import { type Call, useStaffedShop } from './support.ts'

const things = [shelf([product('thing')])]
const name = { en: 'New', bn: 'নতুন' }

const reads = ['/api/admin/products', '/api/admin/products/thing', '/api/admin/stock']
const adjust = ['POST', '/api/admin/stock/THING/adjustments', { delta: 1, reason: 'counted' }] as const
const adminsOnly = [
  ['GET', '/api/admin/audit', undefined],
  ['POST', '/api/admin/products', { slug: 'new', category: 'things', name }],
  ['PATCH', '/api/admin/products/thing', { version: 1, name }],
  ['POST', '/api/admin/products/thing/variants', { sku: 'NEW', name: null, pricePoisha: 100_00 }],
  ['PATCH', '/api/admin/variants/THING', { version: 1, pricePoisha: 100_00 }],
] as const

test('staff see everything and adjust stock; products, prices and the audit trail are for admins', async (t) => {
  const { as, guest } = await useStaffedShop(t, things)
  const everything = [...reads.map((url) => ['GET', url, undefined] as const), adjust, ...adminsOnly]
  const refusedAll = async (call: Call, status: number, code: string, requests: typeof everything) => {
    for (const [method, url, body] of requests) {
      const answer = await call(method, url, body)
      t.match(answer, { status, body: { code } }, `${code}: ${method} ${url}`)
    }
  }
  await refusedAll(guest, 401, 'unauthenticated', everything)
  await refusedAll(as.shopper, 403, 'forbidden', everything)
  await refusedAll(as.staff, 403, 'forbidden', [...adminsOnly])
  for (const role of ['staff', 'admin'] as const) {
    for (const url of reads) t.equal((await as[role]('GET', url)).status, 200, `${role}: ${url}`)
    t.equal((await as[role](...adjust)).status, 200, `${role}: adjusts`)
  }
  for (const [method, url, body] of adminsOnly) {
    t.ok((await as.admin(method, url, body)).status < 300, `admin: ${method} ${url}`)
  }
})

test('what was refused has changed nothing', async (t) => {
  const { as, guest, sql } = await useStaffedShop(t, things)
  for (const call of [guest, as.shopper, as.staff]) {
    for (const [method, url, body] of adminsOnly) await call(method, url, body)
  }
  for (const call of [guest, as.shopper]) await call(...adjust)
  const [state] = await sql`select (select count(*)::int from outbox) as events,
    (select count(*)::int from audit_log where subject like 'product:%' or subject like 'sku:%') as audited,
    (select max(version) from products) as version, (select on_hand from stock) as on_hand`
  t.same(state, { events: 0, audited: 0, version: 1, on_hand: 10 })
})
