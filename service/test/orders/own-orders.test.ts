import { test } from 'tap'
import { proveId } from '../../src/tokens/signed-id.ts'
import { checkBooks, historyOf, placeOrder, shelf, stockShelf } from '../harness/orders.ts'
import { type TestShop, useShop } from '../harness/shop.ts'
import { signIn } from '../harness/sign-in.ts'

const nobodys = '00000000-0000-4000-8000-000000000000'

function tokenOf({ shop }: TestShop, id: string) {
  return { 'x-order-token': proveId(shop.keys, 'order-token', id) }
}

test('an account reads its order, with its lines and what became of it', async (t) => {
  const test = await useShop(t)
  await stockShelf(test.sql, { 'TEA-1': 5, 'CUP-1': 5 })
  const shopper = await signIn(test)
  const receipt = await placeOrder(test.sql, { accountId: shopper.id, lines: { 'TEA-1': 2, 'CUP-1': 1 } })
  const answer = await test.app.inject({ url: `/api/orders/${receipt.id}`, headers: shopper.headers })
  t.equal(answer.statusCode, 200, answer.body)
  t.equal(answer.headers['cache-control'], 'no-store')
  const { events, cancellable, paidPoisha, refundedPoisha, updatedAt, ...same } = answer.json()
  t.same(same, receipt, 'the receipt of the checkout is what every reading begins with')
  t.match(
    { events, cancellable, paidPoisha, refundedPoisha, updatedAt },
    {
      events: [{ status: 'placed', by: 'shopper', at: String }],
      cancellable: true,
      paidPoisha: 0,
      refundedPoisha: 0,
      updatedAt: String,
    },
  )
})

test("somebody else's order is as if there were none: read, cancel, pay, enumerate", async (t) => {
  const test = await useShop(t)
  const { app, sql } = test
  await stockShelf(sql, { 'TEA-1': 9 })
  const [owner, other] = [await signIn(test), await signIn(test)]
  const mine = await placeOrder(sql, { accountId: owner.id, paymentMethod: 'local' })
  const guests = await placeOrder(sql)
  const others = await placeOrder(sql, { accountId: other.id })
  const older = await placeOrder(sql, { accountId: owner.id })
  await sql`update orders set placed_at = placed_at - interval '1 hour' where id = ${older.id}`

  const strangers = [
    {},
    other.headers,
    (await signIn(test, 'admin')).headers,
    tokenOf(test, others.id),
    { 'x-order-token': 'test.AAAA' },
    { 'x-order-token': tokenOf(test, mine.id)['x-order-token'].replace(/^test/, 'other') },
    { 'x-order-token': `${tokenOf(test, mine.id)['x-order-token'].slice(0, -1)}_` },
  ]
  for (const headers of strangers) {
    for (const id of [mine.id, nobodys]) {
      for (const [method, url] of [
        ['GET', `/api/orders/${id}`],
        ['POST', `/api/orders/${id}/cancel`],
        ['POST', `/api/orders/${id}/pay`],
      ] as const) {
        const answer = await app.inject({ method, url, headers })
        t.equal(answer.statusCode, 404, `${method} ${url} with ${JSON.stringify(headers).slice(0, 60)}`)
        t.match(answer.json(), { code: 'not_found', message: 'There is nothing here.' })
      }
    }
  }
  t.same(await historyOf(sql, mine.id), ['awaiting_payment'])
  t.equal((await app.inject({ url: `/api/orders/${guests.id}`, headers: owner.headers })).statusCode, 404)

  const list = async (query = '') =>
    (await app.inject({ url: `/api/orders${query}`, headers: other.headers }))
      .json()
      .items.map(({ id }: { id: string }) => id)
  t.same(await list(), [others.id])
  t.same(
    await list(`?after=${mine.id}`),
    await list(`?after=${nobodys}`),
    'a stranger order is no place to read on from',
  )
  t.equal((await app.inject({ url: '/api/orders' })).statusCode, 401)
})

test('a guest reads and cancels with the token of the order, and cancels once', async (t) => {
  const test = await useShop(t)
  await stockShelf(test.sql, { 'TEA-1': 5 })
  const { id } = await placeOrder(test.sql, { lines: { 'TEA-1': 2 } })
  const headers = tokenOf(test, id)
  t.match((await test.app.inject({ url: `/api/orders/${id}`, headers })).json(), {
    status: 'placed',
    cancellable: true,
  })
  const cancelled = await test.app.inject({ method: 'POST', url: `/api/orders/${id}/cancel`, headers })
  t.equal(cancelled.statusCode, 200, cancelled.body)
  t.match(cancelled.json(), {
    status: 'cancelled',
    cancellable: false,
    events: [{}, { status: 'cancelled', by: 'shopper' }],
  })
  t.same(await shelf(test.sql), { onHand: 5, reserved: 0 })
  const again = await test.app.inject({ method: 'POST', url: `/api/orders/${id}/cancel`, headers })
  t.equal(again.statusCode, 409)
  t.match(again.json(), { code: 'order_state', message: /cancelled/, details: { status: 'cancelled', moves: [] } })
  const [entry] =
    await test.sql`select actor_id, actor_role, request_id from audit_log where action = 'order.cancelled'`
  t.match(entry, { actor_id: null, actor_role: 'guest', request_id: String })
  await checkBooks(t, test.sql, { 'TEA-1': 5 })
})

test('a list is read page by page, and an order placed meanwhile shifts nothing', async (t) => {
  const test = await useShop(t)
  await stockShelf(test.sql, { 'TEA-1': 20 })
  const shopper = await signIn(test)
  const ids: string[] = []
  for (let i = 0; i < 7; i++) ids.push((await placeOrder(test.sql, { accountId: shopper.id })).id)
  // Within one microsecond of each other: the id then decides.
  await test.sql`update orders set placed_at = '2026-01-01' where id = any(${ids.slice(2, 5)}::uuid[])`
  const seen: string[] = []
  let after: string | null = null
  for (let page = 0; page < 4; page++) {
    const query: string = after ? `&after=${after}` : ''
    const answer = await test.app.inject({ url: `/api/orders?limit=2${query}`, headers: shopper.headers })
    const body: { items: { id: string; units: number }[]; next: string | null } = answer.json()
    seen.push(...body.items.map(({ id }) => id))
    after = body.next
    await placeOrder(test.sql, { accountId: shopper.id })
  }
  t.equal(after, null)
  t.equal(seen.length, 7)
  t.same([...seen].sort(), [...ids].sort())
  for (const query of ['limit=0', 'limit=51', 'limit=1e1', 'after=1', 'status=placed', 'limit=2&limit=3']) {
    t.equal((await test.app.inject({ url: `/api/orders?${query}`, headers: shopper.headers })).statusCode, 400, query)
  }
})
