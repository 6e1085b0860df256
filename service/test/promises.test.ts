/*
 * What the earlier projects promised their readers, one promise a test, over real HTTP. Details have tests of their own, beside
 * their subjects; this file is for reading.
 */
import { once } from 'node:events'
import { connect } from 'node:net'
import { type Test, test } from 'tap'
import type { SessionView } from '../src/accounts/account-schemas.ts'
import { stopShop } from '../src/process/stop.ts'
import { stockGoods } from './harness/goods.ts'
import { until } from './harness/poll.ts'
import { type TestShop, useShop } from './harness/shop.ts'

const origin = 'https://dhakacart.com'
const credentials = { username: 'rahima_7', password: 'a quiet harbour at dawn' }

async function openShop(t: Test, settings: Record<string, string> = {}): Promise<TestShop> {
  return useShop(t, { listen: true, settings: { CORS_ORIGINS: origin, ...settings } })
}

function post({ url }: TestShop, path: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
}

const register = (shop: TestShop, body: object) => post(shop, '/api/auth/register', body)
const login = (shop: TestShop, body: object) => post(shop, '/api/auth/login', body)

function me({ url }: TestShop, authorization?: string): Promise<Response> {
  return fetch(`${url}/api/auth/me`, { headers: authorization === undefined ? {} : { authorization } })
}

async function tokenOf(shop: TestShop): Promise<string> {
  const answer = await register(shop, credentials)
  const { accessToken } = (await answer.json()) as SessionView
  return accessToken
}

test('the shop says that it lives', async (t) => {
  const shop = await openShop(t)
  const answer = await fetch(`${shop.url}/health`)
  t.equal(answer.status, 200)
  t.same(await answer.json(), { status: 'ok' })
})

test('the shop reaches its database', async (t) => {
  const { shop, operations } = await openShop(t)
  t.same(await shop.database.query((sql) => sql`select 1 as one`), [{ one: 1 }])
  t.equal((await operations.inject('/ready')).statusCode, 200)
})

test('an account is made with a username and a password', async (t) => {
  const answer = await register(await openShop(t), credentials)
  t.equal(answer.status, 201)
  t.match(await answer.json(), { account: { username: 'rahima_7', role: 'shopper' } })
})

test('a username of two characters is refused', async (t) => {
  const answer = await register(await openShop(t), { ...credentials, username: 'ab' })
  t.equal(answer.status, 400)
  t.match(await answer.json(), { code: 'invalid_request', field: 'username' })
})

test('a username with special characters is refused', async (t) => {
  const shop = await openShop(t)
  for (const username of ['rahima@7', 'rahima 7', '<script>', "x' or 1=1", 'রহিমা']) {
    const answer = await register(shop, { ...credentials, username })
    t.equal(answer.status, 400, username)
    t.match(await answer.json(), { code: 'invalid_request', field: 'username' })
  }
})

test('a missing password is refused', async (t) => {
  const answer = await register(await openShop(t), { username: credentials.username })
  t.equal(answer.status, 400)
  t.match(await answer.json(), { code: 'invalid_request', field: 'password', message: 'password is missing.' })
})

test('a password of seven characters is refused', async (t) => {
  const answer = await register(await openShop(t), { ...credentials, password: '7 chars' })
  t.equal(answer.status, 400)
  t.match(await answer.json(), { code: 'invalid_request', field: 'password' })
})

test('a login gives a token: a JWT in three parts, signed with HS256, for 24 hours', async (t) => {
  const shop = await openShop(t)
  await register(shop, credentials)
  const answer = await login(shop, credentials)
  t.equal(answer.status, 200)
  const { accessToken, expiresInSeconds } = (await answer.json()) as SessionView
  const parts = accessToken.split('.')
  t.equal(parts.length, 3)
  const [header, claims] = parts.slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()))
  t.match(header, { alg: 'HS256', typ: 'JWT' })
  t.equal(claims.exp - claims.iat, 24 * 60 * 60)
  t.equal(expiresInSeconds, 24 * 60 * 60)
})

test('a wrong password is answered 401, and so is a username that nobody has', async (t) => {
  const shop = await openShop(t)
  await register(shop, credentials)
  for (const wrong of [{ password: 'not that one' }, { username: 'nobody_7' }]) {
    const answer = await login(shop, { ...credentials, ...wrong })
    t.equal(answer.status, 401)
    t.match(await answer.json(), { code: 'wrong_credentials' })
  }
})

test('after five wrong passwords the sixth login is answered 429, and says when to come back', async (t) => {
  const shop = await openShop(t)
  await register(shop, credentials)
  for (let n = 0; n < 5; n++) t.equal((await login(shop, { ...credentials, password: 'wrong' })).status, 401)
  const refused = await login(shop, credentials)
  t.equal(refused.status, 429)
  t.match(await refused.json(), { code: 'rate_limited' })
  const seconds = Number(refused.headers.get('retry-after'))
  t.ok(seconds > 0 && seconds <= 15 * 60, `Retry-After: ${seconds}`)
})

test('a shopper has 100 requests in a quarter of an hour, is told how many are left, and then gets 429', async (t) => {
  const shop = await openShop(t)
  const authorization = `Bearer ${await tokenOf(shop)}`
  for (let left = 99; left >= 0; left--) {
    const answer = await me(shop, authorization)
    await answer.body?.cancel()
    if (answer.status !== 200 || answer.headers.get('ratelimit-remaining') !== String(left)) {
      t.fail(`with ${left} left: ${answer.status}, ${answer.headers.get('ratelimit-remaining')}`)
    }
  }
  const refused = await me(shop, authorization)
  t.equal(refused.status, 429)
  t.equal(refused.headers.get('ratelimit-limit'), '100')
  t.equal(refused.headers.get('ratelimit-remaining'), '0')
  t.match(refused.headers.get('ratelimit-reset'), /^\d+$/)
  t.match(refused.headers.get('retry-after'), /^[1-9]\d*$/)
})

test('what is protected cannot be read without a token, nor with a bad one, but with a good one', async (t) => {
  const shop = await openShop(t)
  const token = await tokenOf(shop)
  const [header, , signature] = token.split('.')
  const forged = Buffer.from(JSON.stringify({ sub: 'admin' })).toString('base64url')
  const bad = ['Bearer nonsense', `Bearer ${header}.${forged}.${signature}`, `Basic ${token}`, `Bearer ${token}x`]
  for (const authorization of [undefined, ...bad]) {
    const answer = await me(shop, authorization)
    t.equal(answer.status, 401, authorization?.slice(0, 20) ?? 'no token')
    t.match(await answer.json(), { code: 'unauthenticated' })
  }
  const good = await me(shop, `Bearer ${token}`)
  t.equal(good.status, 200)
  t.match(await good.json(), { username: credentials.username })
})

test('pages of an allowed origin may call the API, and no others', async (t) => {
  const { url } = await openShop(t)
  const allowedFor = async (from: string) =>
    (await fetch(`${url}/api/products`, { headers: { origin: from } })).headers.get('access-control-allow-origin')
  t.equal(await allowedFor(origin), origin)
  for (const foreign of [
    'https://evil.example',
    'null',
    'https://evil-dhakacart.com',
    'https://dhakacart.com.evil.example',
    'http://dhakacart.com',
    'https://sub.dhakacart.com',
  ]) {
    t.equal(await allowedFor(foreign), null, foreign)
  }
})

test('everybody may see what is for sale', async (t) => {
  const shop = await openShop(t)
  await stockGoods(shop.sql, { 'TEA-1': { pricePoisha: 25_000 } })
  const answer = await fetch(`${shop.url}/api/products`)
  t.equal(answer.status, 200)
  t.match(await answer.json(), { products: [{ slug: 'tea-1', price: { fromPoisha: 25_000 }, stock: 'in_stock' }] })
})

test('what does not exist is answered 404', async (t) => {
  const { url } = await openShop(t)
  for (const path of ['/api/nothing', '/api/products/nothing', '/nothing']) {
    const answer = await fetch(url + path)
    t.equal(answer.status, 404, path)
    t.match(await answer.json(), { code: 'not_found', message: String, requestId: String })
  }
})

test('every answer carries the headers that keep browsers safe, and none says what it is made with', async (t) => {
  const { url } = await openShop(t)
  for (const path of ['/health', '/api/products', '/api/auth/me', '/nothing']) {
    const { headers } = await fetch(url + path)
    t.equal(headers.get('x-content-type-options'), 'nosniff', path)
    t.equal(headers.get('x-frame-options'), 'DENY', path)
    t.equal(headers.get('referrer-policy'), 'no-referrer', path)
    t.match(headers.get('strict-transport-security'), /max-age=31536000/, path)
    t.match(headers.get('content-security-policy'), /default-src 'none'/, path)
    t.equal(headers.get('x-powered-by'), null, path)
    t.equal(headers.get('server'), null, path)
  }
})

test('a stop lets a request that is under way finish', async (t) => {
  const shop = await openShop(t)
  const body = JSON.stringify(credentials)
  const socket = connect(Number(new URL(shop.url).port), '127.0.0.1')
  let answer = ''
  socket.setEncoding('utf8').on('data', (text: string) => {
    answer += text
  })
  const closed = once(socket, 'close')
  const received = once(shop.app.server, 'request')
  socket.write(
    `POST /api/auth/register HTTP/1.1\r\nhost: shop\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 10)}`,
  )
  await received
  const stopped = stopShop(shop)
  await until('the shop no longer listens', () => !shop.app.server.listening)
  socket.write(body.slice(10))
  await Promise.all([closed, stopped])
  t.match(answer, /^HTTP\/1\.1 201 /)
  t.match(answer, /connection: close/i)
  t.match(answer, /"username":"rahima_7"/)
  t.equal(shop.shop.lifecycle.phase, 'stopped')
})
