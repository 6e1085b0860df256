import { test } from 'tap'
import { useLimitedApp } from './limited-app.ts'

const small = { RATE_LIMIT_SHOPPER_MAX: '3', RATE_LIMIT_ADDRESS_MAX: '5' }
const headersOf = (answer: { headers: Record<string, unknown> }) => [
  answer.headers['ratelimit-limit'],
  answer.headers['ratelimit-remaining'],
  answer.headers['ratelimit-reset'],
]

test('a shopper who used up the limit is told when to come back', async (t) => {
  const { get, cartToken } = await useLimitedApp(t, { settings: small, now: () => 0 })
  const headers = { 'x-cart-token': cartToken() }
  for (const remaining of ['2', '1', '0']) {
    const answer = await get('/basket', { headers })
    t.equal(answer.statusCode, 200)
    t.same(headersOf(answer), ['3', remaining, '900'])
  }
  const refused = await get('/basket', { headers })
  t.equal(refused.statusCode, 429)
  t.same(headersOf(refused), ['3', '0', '900'])
  t.equal(refused.headers['retry-after'], '900')
  t.equal(refused.headers['cache-control'], 'no-store')
  t.match(refused.json(), { code: 'rate_limited', message: String, requestId: String })
})

test('one counter for a shopper, whatever the route', async (t) => {
  const { get, accountToken } = await useLimitedApp(t, { settings: small })
  const headers = { authorization: `Bearer ${accountToken()}` }
  for (const url of ['/basket', '/orders', '/basket']) t.equal((await get(url, { headers })).statusCode, 200)
  t.equal((await get('/orders', { headers })).statusCode, 429)
})

test('the account counts before the cart, the cart before the address', async (t) => {
  const { get, accountToken, cartToken } = await useLimitedApp(t, { settings: small })
  const cart = { 'x-cart-token': cartToken() }
  const both = { ...cart, authorization: `Bearer ${accountToken()}` }
  for (let n = 0; n < 3; n++) await get('/basket', { headers: both })
  t.equal((await get('/basket', { headers: both })).statusCode, 429, 'the account is used up')
  t.equal((await get('/basket', { headers: cart })).headers['ratelimit-remaining'], '2', 'its cart is not')
  t.equal((await get('/basket')).headers['ratelimit-remaining'], '4', 'nor is the address')
})

test('an invented token counts on the address', async (t) => {
  const { get, cartToken } = await useLimitedApp(t, { settings: small })
  const invented = (n: number) => [
    { 'x-cart-token': `test.${n}.invented` },
    { authorization: `Bearer invented${n}` },
    { 'x-cart-token': cartToken().replace(/..$/, 'zz') },
  ]
  const answers: number[] = []
  for (let n = 0; n < 2; n++) {
    for (const headers of invented(n)) answers.push((await get('/basket', { headers })).statusCode)
  }
  t.same(answers, [200, 200, 200, 200, 200, 429], 'five in all, then the address is used up')
})

test('a hundred shoppers behind one address do not limit each other', async (t) => {
  const { get, cartToken } = await useLimitedApp(t, { settings: small })
  const carts = Array.from({ length: 100 }, () => ({ 'x-cart-token': cartToken() }))
  for (const headers of carts) {
    const statuses = await Promise.all([1, 2, 3, 4].map(async () => (await get('/basket', { headers })).statusCode))
    t.same(statuses.sort(), [200, 200, 200, 429])
  }
  t.equal((await get('/basket')).headers['ratelimit-remaining'], '4', 'and the address itself was not counted on')
})

test('IPv6: another address of the same /64 is no new shopper', async (t) => {
  const { get } = await useLimitedApp(t, { settings: small })
  const statuses: number[] = []
  for (let n = 1; n <= 6; n++) statuses.push((await get('/basket', { remoteAddress: `2001:db8:7:7::${n}` })).statusCode)
  t.same(statuses, [200, 200, 200, 200, 200, 429])
  t.equal((await get('/basket', { remoteAddress: '2001:db8:7:8::1' })).statusCode, 200)
})

test('X-Forwarded-For is not believed without TRUST_PROXY', async (t) => {
  const { get } = await useLimitedApp(t, { settings: small })
  for (let n = 0; n < 5; n++) await get('/basket', { headers: { 'x-forwarded-for': `198.51.100.${n}` } })
  t.equal((await get('/basket', { headers: { 'x-forwarded-for': '198.51.100.99' } })).statusCode, 429)
})

test('X-Forwarded-For is believed from TRUST_PROXY only, and only what our proxy wrote', async (t) => {
  const { get } = await useLimitedApp(t, { settings: { ...small, TRUST_PROXY: '10.0.0.0/8' } })
  const from = async (remoteAddress: string, forwarded: string) =>
    (await get('/basket', { remoteAddress, headers: { 'x-forwarded-for': forwarded } })).statusCode
  for (let n = 0; n < 5; n++) t.equal(await from('10.1.1.1', `198.51.100.${n}, 203.0.113.5`), 200)
  t.equal(await from('10.1.1.1', '198.51.100.99, 203.0.113.5'), 429, 'what the client claims makes no difference')
  t.equal(await from('10.1.1.2', '203.0.113.6'), 200, 'another client of the proxy has its own limit')
  for (let n = 0; n < 5; n++) t.equal(await from('192.0.2.8', `203.0.113.${n}`), 200)
  t.equal(await from('192.0.2.8', '203.0.113.77'), 429, 'a stranger is counted as himself, whatever he forwards')
})

test('paths that do not exist are limited too, before their body is read', async (t) => {
  const { get, app, cartToken } = await useLimitedApp(t, { settings: small })
  const headers = { 'x-cart-token': cartToken() }
  for (let n = 0; n < 4; n++) {
    const answer = await get(`/secret/${n}`, { headers })
    t.equal(answer.statusCode, 404)
    t.match(answer.json(), { code: 'not_found', requestId: String })
  }
  const broken = {
    method: 'POST',
    url: '/secret',
    payload: '{',
    headers: { 'content-type': 'application/json' },
  } as const
  t.equal((await app.inject(broken)).statusCode, 400)
  t.equal((await app.inject(broken)).statusCode, 429)
  t.equal((await get('/secret/5', { headers })).statusCode, 429, 'also for who has a cart')
})

test('health is never limited', async (t) => {
  const { get } = await useLimitedApp(t, { settings: { ...small, RATE_LIMIT_ADDRESS_MAX: '1' } })
  for (let n = 0; n < 5; n++) {
    const answer = await get('/health')
    t.equal(answer.statusCode, 200)
    t.notOk(answer.headers['ratelimit-limit'])
  }
  t.equal((await get('/basket')).statusCode, 200, 'and took nothing from the address')
})

test("what a cache may keep counts on the address, and carries nobody's remaining requests", async (t) => {
  const { get, accountToken } = await useLimitedApp(t, { settings: small })
  const headers = { authorization: `Bearer ${accountToken()}` }
  for (let n = 0; n < 5; n++) {
    const answer = await get('/page', { headers })
    t.equal(answer.statusCode, 200)
    t.same(headersOf(answer), [undefined, undefined, undefined])
  }
  const refused = await get('/page', { headers })
  t.equal(refused.statusCode, 429)
  t.match(headersOf(refused), ['5', '0', /^\d+$/])
  t.equal(refused.headers['cache-control'], 'no-store')
  t.equal((await get('/basket')).statusCode, 429, 'the same counter as of all else on the address')
  t.equal((await get('/basket', { headers })).statusCode, 200, "but not the account's")
})

test('a window begins with its first request, ends, and is not prolonged by refusals', async (t) => {
  let time = 0
  const { get, cartToken } = await useLimitedApp(t, { settings: small, now: () => time })
  const headers = { 'x-cart-token': cartToken() }
  const ask = async () => (await get('/basket', { headers })).statusCode
  for (const at of [0, 1, 2]) {
    time = at
    t.equal(await ask(), 200)
  }
  time = 899_999
  t.equal(await ask(), 429)
  time = 900_000
  t.equal(await ask(), 200)
})
