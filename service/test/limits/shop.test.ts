import { test } from 'tap'
import { redisMissing, useRedis } from '../harness/redis.ts'
import { useShop } from '../harness/shop.ts'

const settings = { RATE_LIMIT_ADDRESS_MAX: '4' }

test('the whole shop is limited: its paths, and those it does not have; health is not', async (t) => {
  const { app } = await useShop(t, { settings })
  const ask = async (url: string) => (await app.inject(url)).statusCode
  t.equal(await ask('/api/openapi.json'), 200)
  t.equal(await ask('/api/nothing'), 404)
  t.equal(await ask('/nothing'), 404)
  t.equal(await ask('/api/openapi.json'), 200)
  for (const url of ['/api/openapi.json', '/api/nothing', '/docs']) {
    const refused = await app.inject(url)
    t.equal(refused.statusCode, 429, url)
    t.match(refused.headers, { 'ratelimit-limit': '4', 'ratelimit-remaining': '0', 'retry-after': /^\d+$/ })
  }
  for (let n = 0; n < 5; n++) t.equal(await ask('/health'), 200)
})

test('a page of an allowed origin may read the headers of a limit', async (t) => {
  const origin = 'https://shop.example.com'
  const { app } = await useShop(t, { settings: { ...settings, CORS_ORIGINS: origin } })
  const answer = await app.inject({ url: '/health', headers: { origin } })
  t.match(answer.headers['access-control-expose-headers'], /ratelimit-remaining/)
})

test('two processes of the shop share their limits when REDIS_URL is set', { skip: redisMissing }, async (t) => {
  const redis = await useRedis(t)
  const shared = { ...settings, REDIS_URL: redis.url, REDIS_TIMEOUT_MS: '2000' }
  const one = await useShop(t, { settings: shared })
  const two = await useShop(t, { beside: one, settings: shared })
  for (const { app } of [one, two, one, two]) t.equal((await app.inject('/api/openapi.json')).statusCode, 200)
  for (const { app } of [one, two]) t.equal((await app.inject('/api/openapi.json')).statusCode, 429)
})
