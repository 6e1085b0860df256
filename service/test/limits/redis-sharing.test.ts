import { test } from 'tap'
import { until } from '../harness/poll.ts'
import { redisMissing as skip, useRedis } from '../harness/redis.ts'
import { countsIn, isFallback, shopperOf, useAppOn } from './redis-app.ts'

test('two processes share their limits through Redis', { skip }, async (t) => {
  const redis = await useRedis(t)
  const apps = [await useAppOn(t, redis), await useAppOn(t, redis)] as const
  const ask = shopperOf([...apps])
  for (let n = 0; n < 5; n++) {
    t.same(await ask(apps[0]), [200, 9 - 2 * n])
    t.same(await ask(apps[1]), [200, 8 - 2 * n])
  }
  t.same(await ask(apps[0]), [429, 0])
  t.same(await ask(apps[1]), [429, 0])
  t.notOk(await isFallback(apps[0]))
})

test('fifty requests at once through two processes get exactly the limit', { skip }, async (t) => {
  const redis = await useRedis(t)
  const apps = [await useAppOn(t, redis), await useAppOn(t, redis)] as const
  const ask = shopperOf([...apps])
  const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => ask(n % 2 ? apps[0] : apps[1])))
  t.equal(answers.filter(([status]) => status === 200).length, 10)
})

test('each limiter has keys of its own, which end, and no username or order number stands in them', {
  skip,
}, async (t) => {
  const redis = await useRedis(t)
  const app = await useAppOn(t, redis)
  await app.get('/basket', { headers: { 'x-cart-token': app.cartToken() } })
  await app.get('/basket', { headers: { authorization: `Bearer ${app.accountToken()}` } })
  await app.get('/lookup/D7K4Q', { remoteAddress: '203.0.113.1' })
  await app.login('karim', 'wrong')
  await app.login('rahim', 'right')
  const counts = await countsIn(redis)
  const names = Object.keys(counts).map((key) =>
    key.replace(/[0-9a-f-]{36}$/, '<id>').replace(/[\w-]{22}(?=$|:)/, '<hash>'),
  )
  t.same([...new Set(names)].sort(), [
    'dhakacart:limit:address:203.0.113.1',
    'dhakacart:limit:login-account-address:<hash>:203.0.113.1',
    'dhakacart:limit:login-account:<hash>',
    'dhakacart:limit:login-address:203.0.113.1',
    'dhakacart:limit:lookup-address:203.0.113.1',
    'dhakacart:limit:lookup-number:<hash>',
    'dhakacart:limit:shopper:account:<id>',
    'dhakacart:limit:shopper:cart:<id>',
  ])
  t.equal(
    counts['dhakacart:limit:login-address:203.0.113.1'],
    1,
    'the wrong password counts, the right one was given back',
  )
  for (const key of Object.keys(counts)) t.ok((await redis.client.pttl(key)) > 0, key)
})

test('five parallel failures are five through two processes as well', { skip }, async (t) => {
  const redis = await useRedis(t)
  const apps = [await useAppOn(t, redis), await useAppOn(t, redis)] as const
  await Promise.all(Array.from({ length: 40 }, async (_, n) => (n % 2 ? apps[0] : apps[1]).login('karim', 'wrong')))
  t.equal(apps[0].verified() + apps[1].verified(), 5)
})

test('a window ends in Redis too', { skip }, async (t) => {
  const redis = await useRedis(t)
  const app = await useAppOn(t, redis, { settings: { RATE_LIMIT_SHOPPER_MAX: '1', RATE_LIMIT_WINDOW_MS: '1000' } })
  const ask = shopperOf([app])
  t.same(await ask(app), [200, 0])
  t.same(await ask(app), [429, 0])
  await until('the window has ended', async () => (await ask(app))[0] === 200)
})
