import { test } from 'tap'
import { readOrderNumber } from '../../src/orders/order-number.ts'
import { placeOrder, stockShelf } from '../harness/orders.ts'
import { useShop } from '../harness/shop.ts'

test('an order number is read as people write it, and one misheard digit is noticed', async (t) => {
  const { sql } = await useShop(t)
  const rows = await sql<{ number: string }[]>`select order_number_v1(n) as number from generate_series(1, 300) n`
  for (const { number } of rows) {
    if (readOrderNumber(number) !== number) t.fail(`${number} is not read`)
    for (let place = 0; place < number.length; place++) {
      const misheard =
        number.slice(0, place) + ((Number(number[place]) + 1 + (place % 9)) % 10) + number.slice(place + 1)
      if (misheard !== number && readOrderNumber(misheard)) t.fail(`${misheard} passes for ${number}`)
    }
  }
  const number = rows[0]?.number ?? ''
  const [a, b, c] = [number.slice(0, 3), number.slice(3, 6), number.slice(6)]
  const bengali = number.replace(/\d/g, (digit) => String.fromCharCode('০'.charCodeAt(0) + Number(digit)))
  for (const text of [`${a} ${b} ${c}`, `${a}-${b}-${c}`, ` ${number} `, bengali])
    t.equal(readOrderNumber(text), number)
  for (const text of ['', '12345678', `${number}0`, 'abcdefghi', `${a}.${b}.${c}`])
    t.equal(readOrderNumber(text), undefined)
})

test('a guest finds an order by number and phone; a wrong phone and an unknown number get the same answer', async (t) => {
  const { app, sql } = await useShop(t)
  await stockShelf(sql, { 'TEA-1': 5 })
  const { id, number } = await placeOrder(sql, { phone: '01712345678' })
  const lookUp = (body: object) => app.inject({ method: 'POST', url: '/api/orders/lookup', payload: body })
  for (const phone of ['01712345678', '+8801712345678', '8801712345678', '০১৭১২-৩৪৫৬৭৮', '017 1234 5678']) {
    const found = await lookUp({ number, phone })
    t.equal(found.statusCode, 200, `${phone}: ${found.body}`)
    t.match(found.json(), { id, number, events: [{ status: 'placed' }] })
    t.equal(found.headers['cache-control'], 'no-store')
  }
  const [unknown] = await sql<{ number: string }[]>`select order_number_v1(999999) as number`
  const answers = await Promise.all([
    lookUp({ number, phone: '01712345679' }),
    lookUp({ number, phone: '00000000000' }),
    lookUp({ number: unknown?.number, phone: '01712345678' }),
  ])
  for (const answer of answers) {
    const { requestId: _, ...body } = answer.json()
    t.equal(answer.statusCode, 404)
    t.same(body, { code: 'not_found', message: 'There is nothing here.' })
  }
  const misread = await lookUp({ number: `${number.slice(0, 8)}${(Number(number[8]) + 1) % 10}`, phone: '01712345678' })
  t.equal(misread.statusCode, 400)
  t.match(misread.json(), { code: 'invalid_request', field: 'number' })
})

test('number and phone read an order, and do not cancel it', async (t) => {
  const { app, sql } = await useShop(t)
  await stockShelf(sql, { 'TEA-1': 5 })
  const { id, number } = await placeOrder(sql)
  const found = await app.inject({
    method: 'POST',
    url: '/api/orders/lookup',
    payload: { number, phone: '01712345678' },
  })
  t.notMatch(found.body, /token/i)
  t.equal((await app.inject({ method: 'POST', url: `/api/orders/${id}/cancel` })).statusCode, 404)
})

test('look-ups of one number are limited, whoever asks', async (t) => {
  const { app, sql } = await useShop(t, { settings: { ORDER_LOOKUPS_MAX: '3', TRUST_PROXY: '127.0.0.1' } })
  await stockShelf(sql, { 'TEA-1': 5 })
  const { number } = await placeOrder(sql)
  const statuses: number[] = []
  for (let guess = 0; guess < 4; guess++) {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/orders/lookup',
      headers: { 'x-forwarded-for': `203.0.113.${guess}` },
      payload: { number, phone: `0171234560${guess}` },
    })
    statuses.push(answer.statusCode)
  }
  t.same(statuses, [404, 404, 404, 429])
})
