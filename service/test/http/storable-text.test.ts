import { test } from 'tap'
import { createLocalProvider } from '../../src/payments/local-provider.ts'
import { stockGoods } from '../harness/goods.ts'
import { useShop } from '../harness/shop.ts'
import { createGuest } from '../harness/shopper.ts'
import { signIn } from '../harness/sign-in.ts'

const unstorable = 'a\u0000b'
const halfCharacter = 'a\ud800b'

test('U+0000 and half a surrogate pair, which PostgreSQL cannot store, are refused and no error of ours', async (t) => {
  const test = await useShop(t)
  const { app, shop } = test
  await stockGoods(test.sql, { 'TEA-1': {} })
  const guest = createGuest(test)
  await guest.add('TEA-1')
  const { id, totalPoisha } = (await guest.checkOut({ body: { paymentMethod: 'local' } })).json()
  const { headers } = await signIn(test, 'admin')
  const post = async (url: string, payload: object) => {
    const answer = await app.inject({ method: 'POST', url, headers, payload })
    t.equal(answer.statusCode, 400, url)
  }
  for (const reason of [unstorable, halfCharacter]) {
    await post(`/api/admin/orders/${id}/moves`, { to: 'cancelled', reason })
    await post(`/api/admin/orders/${id}/payments/${id}/refunded`, { reason })
    await post('/api/admin/stock/TEA-1/adjustments', { delta: 1, reason })
  }
  await post('/api/payments/local/a%00b/complete', { outcome: 'paid' })

  const kept = { to: 'cancelled', reason: 'a 😀 is a whole character' }
  const moved = await app.inject({ method: 'POST', url: `/api/admin/orders/${id}/moves`, headers, payload: kept })
  t.equal(moved.statusCode, 200, moved.body)

  const provider = createLocalProvider(() => shop.secret('paymentWebhookSecret'))
  const event = { orderId: id, amountPoisha: totalPoisha, currency: 'BDT', status: 'paid' as const }
  for (const names of [
    { eventId: unstorable, reference: `local-${id}` },
    { eventId: 'event-1', reference: unstorable },
    { eventId: halfCharacter, reference: `local-${id}` },
  ]) {
    const { body, headers } = provider.sign({ ...event, ...names }, new Date())
    const answer = await app.inject({ method: 'POST', url: '/api/webhooks/payments/local', headers, payload: body })
    t.equal(answer.statusCode, 400, JSON.stringify(names))
  }
})
