import { test } from 'tap'
import { until } from '../harness/poll.ts'
import { redisMissing as skip, useRedis } from '../harness/redis.ts'
import { useLimitedApp } from './limited-app.ts'
import { countsIn, isFallback, settings, shopperOf, useAppOn } from './redis-app.ts'

test('a Redis that refuses connections: limits are kept in memory, and in Redis once it is there', {
  skip,
}, async (t) => {
  const gone = await useRedis(t)
  await gone.kill()
  const app = await useLimitedApp(t, { redisUrl: () => gone.url, probeMs: 20, settings })
  const ask = shopperOf([app])
  t.equal(app.limits.counters.state, 'open')
  t.ok(await isFallback(app))
  for (let n = 9; n >= 0; n--) t.same(await ask(app), [200, n])
  t.same(await ask(app), [429, 0])
  const redis = await useRedis(t, { port: gone.port })
  await until('limits are counted in Redis', () => app.limits.counters.state === 'closed')
  t.notOk(await isFallback(app))
  await app.get('/basket', { remoteAddress: '192.0.2.1' })
  t.equal((await countsIn(redis))['dhakacart:limit:address:192.0.2.1'], 1)
})

test('a Redis that dies: whoever was at the limit stays there', { skip }, async (t) => {
  const redis = await useRedis(t)
  const app = await useAppOn(t, redis)
  const ask = shopperOf([app])
  for (let n = 9; n >= 0; n--) t.same(await ask(app), [200, n])
  await redis.kill()
  t.same(await ask(app), [429, 0])
  await until('the breaker is open', () => app.limits.counters.state === 'open')
  t.same(await ask(app), [429, 0])
})

test('a frozen Redis costs those under way one time-out, then nobody until a probe succeeds', { skip }, async (t) => {
  const redis = await useRedis(t)
  const logLines: string[] = []
  const app = await useAppOn(t, redis, {
    settings: { REDIS_TIMEOUT_MS: '300', RATE_LIMIT_SHOPPER_MAX: '40' },
    logLines,
  })
  const ask = shopperOf([app])
  t.same(await ask(app), [200, 39])
  t.same(await ask(app), [200, 38])
  const before = Object.values(await countsIn(redis))
  t.same(before, [2])

  redis.freeze()
  const first = await Promise.all([ask(app), ask(app), ask(app)])
  t.same(
    first,
    [
      [200, 37],
      [200, 36],
      [200, 35],
    ],
    'answered, and counted on from what Redis knew',
  )
  t.equal(app.limits.counters.state, 'open')
  t.ok(await isFallback(app))
  for (let n = 34; n >= 15; n--) t.same(await ask(app), [200, n])
  t.equal(app.limits.counters.state, 'open')

  redis.thaw()
  await until('a probe succeeded', () => app.limits.counters.state === 'closed')
  t.notOk(await isFallback(app))
  const [after = 0] = Object.values(await countsIn(redis))
  t.ok(after >= 2 && after <= 5, `Redis got the three that were under way at most, not the twenty after them: ${after}`)
  const [status, remaining] = await ask(app)
  t.same([status, remaining], [200, 40 - after - 1], 'counted in Redis again')
  const warnings = logLines.filter((line) => line.includes('limits are counted in memory'))
  t.equal(warnings.length, 1, 'one line, not one for each request')
})

test('a Redis that is frozen while the shop starts does not hold the start up', { skip }, async (t) => {
  const redis = await useRedis(t)
  redis.freeze()
  const app = await useLimitedApp(t, { redisUrl: () => redis.url, probeMs: 20, settings })
  t.same(await shopperOf([app])(app), [200, 9])
  t.equal(app.limits.counters.state, 'open')
  redis.thaw()
  await until('a probe succeeded', () => app.limits.counters.state === 'closed')
})

test('a Redis that lost its scripts gets them again', { skip }, async (t) => {
  const redis = await useRedis(t)
  const app = await useAppOn(t, redis)
  const ask = shopperOf([app])
  t.same(await ask(app), [200, 9])
  await redis.client.script('FLUSH')
  t.same(await ask(app), [200, 8])
  await until('a probe succeeded', () => app.limits.counters.state === 'closed')
  t.same(await ask(app), [200, 8], 'what was counted in memory meanwhile is not brought back')
})

test('a Redis that answers but does not count (a replica after a failover) is not used', { skip }, async (t) => {
  const redis = await useRedis(t)
  const app = await useAppOn(t, redis)
  await redis.client.replicaof('127.0.0.1', 1)
  const ask = shopperOf([app])
  t.same(await ask(app), [200, 9])
  t.equal(app.limits.counters.state, 'open')
  await redis.client.replicaof('NO', 'ONE')
  await until('a probe succeeded', () => app.limits.counters.state === 'closed')
})
