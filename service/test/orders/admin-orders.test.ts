import { test } from 'tap'
import { placeOrder, stockShelf } from '../harness/orders.ts'
import { useShop } from '../harness/shop.ts'
import { signIn } from '../harness/sign-in.ts'

test('staff take an order to the door and see its whole history', async (t) => {
  const test = await useShop(t)
  const { app, sql } = test
  await stockShelf(sql, { 'TEA-1': 5 })
  const staff = await signIn(test, 'staff')
  const { id, totalPoisha } = await placeOrder(sql)
  const move = (to: string, reason?: string) =>
    app.inject({
      method: 'POST',
      url: `/api/admin/orders/${id}/moves`,
      headers: staff.headers,
      payload: { to, ...(reason && { reason }) },
    })
  for (const to of ['confirmed', 'packed', 'shipped']) t.equal((await move(to)).json().status, to)
  const wrong = await move('placed')
  t.equal(wrong.statusCode, 409)
  t.match(wrong.json(), {
    code: 'order_state',
    details: { status: 'shipped', moves: ['delivered', 'delivery_failed'] },
  })
  const failed = await move('delivery_failed', 'Nobody at home')
  t.match(failed.json(), { status: 'delivery_failed', moves: ['shipped', 'returned'] })
  await move('shipped')
  t.match((await move('delivered')).json(), { paidPoisha: totalPoisha, moves: ['returned'] })

  const read = await app.inject({ url: `/api/admin/orders/${id}`, headers: staff.headers })
  t.equal(read.statusCode, 200, read.body)
  t.match(read.json(), {
    status: 'delivered',
    stockHeld: 'taken',
    accountId: null,
    payments: [],
    events: [
      { from: null, to: 'placed', actorRole: 'guest' },
      { from: 'placed', to: 'confirmed', actorRole: 'staff', actorId: staff.id },
      {},
      {},
      { to: 'delivery_failed', note: 'Nobody at home' },
      {},
      { to: 'delivered' },
    ],
  })
})

test('only an admin records that money went back', async (t) => {
  const test = await useShop(t)
  const { app, sql } = test
  await stockShelf(sql, { 'TEA-1': 5 })
  const [staff, admin] = [await signIn(test, 'staff'), await signIn(test, 'admin')]
  const { id } = await placeOrder(sql)
  await sql`update orders set status = 'returned', stock_held = 'none', paid_poisha = total_poisha where id = ${id}`
  const move = (to: string, headers: object) =>
    app.inject({ method: 'POST', url: `/api/admin/orders/${id}/moves`, headers: { ...headers }, payload: { to } })
  t.equal((await move('refund_due', staff.headers)).statusCode, 200)
  t.equal((await move('refunded', staff.headers)).statusCode, 403)
  t.match((await move('refunded', admin.headers)).json(), { status: 'refunded', moves: [] })
})

test("staff list everybody's orders, by state and page by page; nobody else does", async (t) => {
  const test = await useShop(t)
  const { app, sql } = test
  await stockShelf(sql, { 'TEA-1': 9 })
  const [staff, shopper] = [await signIn(test, 'staff'), await signIn(test)]
  const placed = []
  for (let i = 0; i < 3; i++) placed.push(await placeOrder(sql, i === 0 ? { accountId: shopper.id } : {}))
  const waiting = await placeOrder(sql, { paymentMethod: 'local' })
  const list = async (query: string) => {
    const answer = await app.inject({ url: `/api/admin/orders?${query}`, headers: staff.headers })
    t.equal(answer.statusCode, 200, answer.body)
    const { items, next }: { items: { id: string }[]; next: string | null } = answer.json()
    return { ids: items.map(({ id }) => id), next }
  }
  t.same((await list('status=awaiting_payment')).ids, [waiting.id])
  const first = await list('status=placed&limit=2')
  const last = await list(`status=placed&limit=2&after=${first.next}`)
  t.same([...first.ids, ...last.ids].sort(), placed.map(({ id }) => id).sort())
  t.equal(last.next, null)
  t.equal((await list('')).ids.length, 4)

  const { id } = waiting
  for (const [method, url, payload] of [
    ['GET', '/api/admin/orders'],
    ['GET', `/api/admin/orders/${id}`],
    ['POST', `/api/admin/orders/${id}/moves`, { to: 'cancelled' }],
  ] as const) {
    t.equal((await app.inject({ method, url, payload })).statusCode, 401, url)
    t.equal((await app.inject({ method, url, payload, headers: shopper.headers })).statusCode, 403, url)
  }
  const unknown = `/api/admin/orders/00000000-0000-4000-8000-000000000000`
  t.equal((await app.inject({ url: unknown, headers: staff.headers })).statusCode, 404)
  for (const payload of [{}, { to: 'sold' }, { to: 'packed', status: 'packed' }, { to: 'packed', reason: '' }]) {
    const answer = await app.inject({
      method: 'POST',
      url: `/api/admin/orders/${id}/moves`,
      headers: staff.headers,
      payload,
    })
    t.equal(answer.statusCode, 400, JSON.stringify(payload))
  }
})
