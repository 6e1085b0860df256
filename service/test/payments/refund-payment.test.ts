import { test } from 'tap'
import { settlePayment } from '../../src/payments/settle-payment.ts'
import { placeOrder, stockShelf, traces } from '../harness/orders.ts'
import { useShop } from '../harness/shop.ts'
import { signIn } from '../harness/sign-in.ts'

test('money that no order could use goes back once, by an admin, with a trace', async (t) => {
  const test = await useShop(t)
  const { app, shop, sql } = test
  await stockShelf(sql, { 'TEA-1': 5 })
  const [admin, staff] = [await signIn(test, 'admin'), await signIn(test, 'staff')]
  const { id: orderId, totalPoisha: amountPoisha } = await placeOrder(sql, { paymentMethod: 'local' })
  const other = await placeOrder(sql)
  for (const reference of ['first', 'second']) {
    const event = { eventId: reference, reference, orderId, amountPoisha, currency: 'BDT', status: 'paid' as const }
    await settlePayment(shop.database, 'local', event)
  }
  const rows = await sql<{ id: string; reference: string }[]>`select id, reference from payments`
  const idOf = (wanted: string) => rows.find(({ reference }) => reference === wanted)?.id
  const refund = (paymentId: string | undefined, { of = orderId, headers = admin.headers } = {}) =>
    app.inject({
      method: 'POST',
      url: `/api/admin/orders/${of}/payments/${paymentId}/refunded`,
      headers,
      payload: { reason: 'Sent back by bank transfer' },
    })

  t.equal((await refund(idOf('second'), { headers: staff.headers })).statusCode, 403)
  t.equal((await refund(idOf('second'), { of: other.id })).statusCode, 404, 'not a payment of that order')
  const counted = await refund(idOf('first'))
  t.equal(counted.statusCode, 409)
  t.match(counted.json(), { code: 'payment_state', message: /settled/ })
  const twice = await Promise.all([refund(idOf('second')), refund(idOf('second'))])
  t.same(twice.map(({ statusCode }) => statusCode).sort(), [200, 409])
  const done = twice.find(({ statusCode }) => statusCode === 200)
  t.match(done?.json(), {
    status: 'placed',
    paidPoisha: amountPoisha,
    refundedPoisha: 0,
    payments: [
      { reference: 'first', status: 'settled' },
      { reference: 'second', status: 'refunded' },
    ],
  })
  t.same(await traces(sql, orderId, 'payment.refunded'), { audited: 1, told: 1 })
})
