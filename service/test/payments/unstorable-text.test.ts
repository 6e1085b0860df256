import { test } from 'tap'
import { createLocalProvider } from '../../src/payments/local-provider.ts'
import { stockGoods } from '../harness/goods.ts'
import { useShop } from '../harness/shop.ts'
import { createGuest } from '../harness/shopper.ts'
import { signIn } from '../harness/sign-in.ts'

const unstorable = 'a\u0000b'

test('U+0000, which PostgreSQL cannot store, is refused and no error of ours', async (t) => {
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
  await post(`/api/admin/orders/${id}/moves`, { to: 'cancelled', reason: unstorable })
  await post(`/api/admin/orders/${id}/payments/${id}/refunded`, { reason: unstorable })
  await post('/api/payments/local/a%00b/complete', { outcome: 'paid' })

  const provider = createLocalProvider(() => shop.secret('paymentWebhookSecret'))
  const event = { orderId: id, amountPoisha: totalPoisha, currency: 'BDT', status: 'paid' as const }
  for (const names of [
    { eventId: unstorable, reference: `local-${id}` },
    { eventId: 'event-1', reference: unstorable },
  ]) {
    const { body, headers } = provider.sign({ ...event, ...names }, new Date())
    const answer = await app.inject({ method: 'POST', url: '/api/webhooks/payments/local', headers, payload: body })
    t.equal(answer.statusCode, 400, JSON.stringify(names))
  }
})
