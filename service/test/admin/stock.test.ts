import { test } from 'tap'
import { product, shelf, variant } from '../catalogue/support.ts'
import { traces, useStaffedShop } from './support.ts'

const things = [shelf([product('thing', { variants: [variant('THING', { onHand: 10 })] })])]
const url = '/api/admin/stock/THING/adjustments'

test('an adjustment says what there is now, who made it and why', async (t) => {
  const shop = await useStaffedShop(t, things)
  await shop.sql`update stock set reserved = 3`
  const answer = await shop.as.staff('POST', url, { delta: -4, reason: 'water damage' })
  t.same(answer, { status: 200, body: { sku: 'THING', onHand: 6, reserved: 3, free: 3 } })
  const { audit, events } = await traces(shop, 'sku:THING')
  t.same(audit, [
    {
      actor_id: shop.accountIds.staff,
      actor_role: 'staff',
      action: 'stock.adjusted',
      before: { onHand: 10, reserved: 3 },
      after: { onHand: 6, reserved: 3 },
      reason: 'water damage',
      has_request: true,
    },
  ])
  t.same(events, [{ topic: 'stock.adjusted', payload: { sku: 'THING', delta: -4, onHand: 6, reserved: 3 } }])
})

test('adjustments made at once add up, and so do their traces', async (t) => {
  const shop = await useStaffedShop(t, things)
  const deltas = Array.from({ length: 40 }, (_, i) => (i % 3 === 0 ? -1 : 2))
  const answers = await Promise.all(deltas.map((delta) => shop.as.staff('POST', url, { delta, reason: 'counting' })))
  t.ok(answers.every(({ status }) => status === 200))
  const [stock] = await shop.sql`select on_hand from stock`
  const sum = deltas.reduce((total, delta) => total + delta, 10)
  t.equal(stock?.on_hand, sum)
  const { audit } = await traces(shop, 'sku:THING')
  t.equal(audit.length, 40)
  t.ok(
    audit.every(({ before }, i) => before.onHand === (i === 0 ? 10 : audit[i - 1]?.after.onHand)),
    'each begins where the one before it ended',
  )
  t.equal(audit.at(-1)?.after.onHand, sum)
})

test('what is reserved cannot be adjusted away', async (t) => {
  const shop = await useStaffedShop(t, things)
  await shop.sql`update stock set reserved = 7`
  t.match(await shop.as.staff('POST', url, { delta: -4, reason: 'lost some' }), {
    status: 409,
    body: { code: 'stock_conflict', field: 'delta' },
  })
  t.match(await shop.as.staff('POST', url, { delta: -3, reason: 'lost some' }), { status: 200, body: { free: 0 } })
  t.match(await shop.as.staff('POST', url, { delta: -100_000, reason: 'lost all' }), { status: 409 })
  const [stock] = await shop.sql`select on_hand, reserved from stock`
  t.same(stock, { on_hand: 7, reserved: 7 })
  t.equal((await traces(shop, 'sku:THING')).audit.length, 1, 'what was refused is not written down as done')
})

test('no shelf grows beyond what a column holds', async (t) => {
  const { as, sql } = await useStaffedShop(t, things)
  await sql`update stock set on_hand = 9999999`
  t.match(await as.staff('POST', url, { delta: 100_000, reason: 'too many' }), {
    status: 409,
    body: { code: 'stock_conflict' },
  })
  t.match(await as.staff('POST', url, { delta: 1, reason: 'the last' }), { status: 200, body: { onHand: 10_000_000 } })
})

test('an adjustment and buyers: nobody is sold what was taken off the shelf', async (t) => {
  const { as, sql } = await useStaffedShop(t, things)
  const sell = () =>
    sql`update stock set on_hand = on_hand - 1 where sku = 'THING' and on_hand - reserved >= 1 returning 1`
  const [sold, ...adjusted] = await Promise.all([
    Promise.all(Array.from({ length: 12 }, sell)),
    ...Array.from({ length: 4 }, () => as.staff('POST', url, { delta: -1, reason: 'broken' })),
  ])
  const units = sold.flat().length + adjusted.filter(({ status }) => status === 200).length
  const [stock] = await sql`select on_hand from stock`
  t.equal(units + Number(stock?.on_hand), 10)
  t.ok(adjusted.every(({ status }) => status === 200 || status === 409))
})

test('the list of stock in pages, and what of it is low', async (t) => {
  const levels = [0, 1, 5, 6, 20]
  const { as, sql } = await useStaffedShop(t, [
    shelf([product('thing', { variants: levels.map((onHand) => variant(`T-${onHand}`, { onHand })) })]),
  ])
  await sql`update stock set reserved = 16 where sku = 'T-20'`
  const list = async (query: string) => {
    const { body } = await as.staff('GET', `/api/admin/stock?${query}`)
    return { skus: (body.stock as { sku: string }[]).map(({ sku }) => sku), next: body.next as string | null }
  }
  t.same((await list('')).skus, ['T-0', 'T-1', 'T-20', 'T-5', 'T-6'])
  t.same((await list('low=true')).skus, ['T-0', 'T-1', 'T-20', 'T-5'])
  t.same((await list('low=false')).skus.length, 5)
  const first = await list('limit=2&low=true')
  t.same(first.skus, ['T-0', 'T-1'])
  const second = await list(`limit=2&low=true&after=${first.next}`)
  t.same(second, { skus: ['T-20', 'T-5'], next: null })
  t.match(await as.staff('GET', '/api/admin/stock?after=nonsense'), { status: 400, body: { field: 'after' } })
  const { body } = await as.staff('GET', '/api/admin/stock?limit=1')
  t.match(body.stock, [
    { sku: 'T-0', product: 'thing', name: { en: 'Thing thing' }, variant: null, active: true, onHand: 0 },
  ])
})
