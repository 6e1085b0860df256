import { test } from 'tap'
import { createLocalProvider, type LocalProvider } from '../../src/payments/local-provider.ts'
import type { PaymentEvent } from '../../src/payments/provider.ts'
import { proveId } from '../../src/tokens/signed-id.ts'
import { checkBooks, historyOf, letExpire, placeOrder, stockShelf } from '../harness/orders.ts'
import { type TestShop, useShop } from '../harness/shop.ts'

function providerOf({ shop }: TestShop): LocalProvider {
  return createLocalProvider(() => shop.secret('paymentWebhookSecret'))
}

function eventOf(order: { id: string; totalPoisha: number }, claim: Partial<PaymentEvent> = {}): PaymentEvent {
  return {
    eventId: 'event-1',
    reference: `local-${order.id}`,
    orderId: order.id,
    amountPoisha: order.totalPoisha,
    currency: 'BDT',
    status: 'paid',
    ...claim,
  }
}

function deliver({ app }: TestShop, { body, headers }: { body: string; headers: Record<string, string> }) {
  return app.inject({ method: 'POST', url: '/api/webhooks/payments/local', headers, payload: body })
}

test('the whole way of a payment: start it, pay at the local provider, be told by its webhook', async (t) => {
  const test = await useShop(t)
  const { app, shop, sql } = test
  await stockShelf(sql, { 'TEA-1': 5 })
  const { id } = await placeOrder(sql, { paymentMethod: 'local' })
  const headers = { 'x-order-token': proveId(shop.keys, 'order-token', id) }
  const start = () => app.inject({ method: 'POST', url: `/api/orders/${id}/pay`, headers })
  const started = await start()
  t.equal(started.statusCode, 200, started.body)
  t.same((await start()).json(), started.json(), 'asked again, it is the same payment')
  const { reference } = started.json()
  const complete = (outcome: string, of = reference) =>
    app.inject({ method: 'POST', url: `/api/payments/local/${of}/complete`, payload: { outcome } })
  t.same((await complete('failed')).json(), { webhookStatus: 200 })
  t.match((await app.inject({ url: `/api/orders/${id}`, headers })).json(), { status: 'awaiting_payment' })
  t.same((await complete('paid')).json(), { webhookStatus: 200 })
  t.match((await app.inject({ url: `/api/orders/${id}`, headers })).json(), { status: 'placed', cancellable: true })
  const late = await start()
  t.equal(late.statusCode, 409)
  t.match(late.json(), { code: 'order_state', details: { status: 'placed' } })
  t.equal((await complete('paid', 'unknown')).statusCode, 404)
  await checkBooks(t, sql, { 'TEA-1': 5 })
})

test('a webhook is believed only with a fresh signature over its very bytes', async (t) => {
  const test = await useShop(t)
  await stockShelf(test.sql, { 'TEA-1': 5 })
  const order = await placeOrder(test.sql, { paymentMethod: 'local' })
  const provider = providerOf(test)
  const minutes = (count: number) => new Date(Date.now() + count * 60_000)
  const good = provider.sign(eventOf(order), new Date())
  const stranger = createLocalProvider(() => 'x'.repeat(32)).sign(eventOf(order), new Date())
  const signature = String(good.headers['x-payment-signature'])
  const signed = (text: string) => ({ ...good, headers: { ...good.headers, 'x-payment-signature': text } })
  const refused = {
    'no signature': { ...good, headers: { 'content-type': 'application/json' } },
    'an empty one': signed(''),
    'of a stranger': stranger,
    'of another body': { ...good, body: JSON.stringify(eventOf(order, { amountPoisha: 1 })) },
    'with one more space': { ...good, body: `${good.body} ` },
    'with another time': signed(signature.replace(/^t=\d+/, `t=${Math.floor(Date.now() / 1000) + 1}`)),
    'cut short': signed(signature.slice(0, -1)),
    'six minutes old': provider.sign(eventOf(order), minutes(-6)),
    'six minutes ahead': provider.sign(eventOf(order), minutes(6)),
  }
  for (const [what, delivery] of Object.entries(refused)) {
    const answer = await deliver(test, delivery)
    t.equal(answer.statusCode, 401, what)
    t.match(answer.json(), { code: 'invalid_signature' }, what)
  }
  t.same(await test.sql`select from payment_events`, [])
  t.same(await historyOf(test.sql, order.id), ['awaiting_payment'])
  t.same((await deliver(test, provider.sign(eventOf(order), minutes(-4)))).json(), { outcome: 'placed' })
  t.same((await deliver(test, good)).json(), { outcome: 'duplicate' })
})

test('a payment that does not match is answered 422, an unknown order 404, a body that is no event 400', async (t) => {
  const test = await useShop(t)
  await stockShelf(test.sql, { 'TEA-1': 5 })
  const order = await placeOrder(test.sql, { paymentMethod: 'local' })
  const provider = providerOf(test)
  const send = (claim: object) => deliver(test, provider.sign({ ...eventOf(order), ...claim }, new Date()))
  const wrong = await send({ eventId: 'a', amountPoisha: order.totalPoisha - 1 })
  t.equal(wrong.statusCode, 422)
  t.match(wrong.json(), { code: 'payment_mismatch' })
  t.equal((await send({ eventId: 'a', amountPoisha: order.totalPoisha - 1 })).statusCode, 200, 'a duplicate')
  t.equal((await send({ eventId: 'b', currency: 'USD' })).statusCode, 422)
  t.equal((await send({ eventId: 'c', orderId: '00000000-0000-4000-8000-000000000000' })).statusCode, 404)
  for (const claim of [
    { amountPoisha: 1.5 },
    { amountPoisha: -1 },
    { amountPoisha: '1' },
    { status: 'maybe' },
    { more: 1 },
  ]) {
    t.equal((await send({ eventId: 'd', ...claim })).statusCode, 400, JSON.stringify(claim))
  }
  t.same(await historyOf(test.sql, order.id), ['awaiting_payment'])
})

test('a payment after the expiry that finds no stock left is answered 200: we owe the money, and know it', async (t) => {
  const test = await useShop(t)
  await stockShelf(test.sql, { 'TEA-1': 1 })
  const order = await placeOrder(test.sql, { paymentMethod: 'local' })
  await letExpire(test.sql, order.id)
  await test.sql`update orders set status = 'expired', stock_held = 'none' where id = ${order.id}`
  await test.sql`delete from reservations`
  await test.sql`update stock set reserved = 0`
  await placeOrder(test.sql)
  const answer = await deliver(test, providerOf(test).sign(eventOf(order), new Date()))
  t.equal(answer.statusCode, 200)
  t.same(answer.json(), { outcome: 'refund_due' })
  await checkBooks(t, test.sql, { 'TEA-1': 1 })
})

test('without PAYMENT_LOCAL nobody can pay at the local provider', async (t) => {
  const test = await useShop(t, { settings: { PAYMENT_LOCAL: 'off' } })
  await stockShelf(test.sql, { 'TEA-1': 5 })
  const order = await placeOrder(test.sql, { paymentMethod: 'local' })
  t.equal((await deliver(test, providerOf(test).sign(eventOf(order), new Date()))).statusCode, 404)
  const url = `/api/payments/local/local-${order.id}/complete`
  t.equal((await test.app.inject({ method: 'POST', url, payload: { outcome: 'paid' } })).statusCode, 404)
})
