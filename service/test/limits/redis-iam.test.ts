import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type Test, test } from 'tap'
import { cacheTokenSigner } from '../../src/limits/cache-token.ts'
import { until } from '../harness/poll.ts'
import { redisMissing, useRedis } from '../harness/redis.ts'
import { opensslMissing } from './certificate.ts'
import { type Key, useElastiCache, whatIsWrong } from './elasticache.ts'
import { useLimitedApp } from './limited-app.ts'
import { isFallback, settings as redisSettings, shopperOf } from './redis-app.ts'

const skip = redisMissing || opensslMissing
const cache = 'dhakacart-prod'
const user = 'dhakacart-prod-shop'
const key: Key = { id: 'AKIDEXAMPLE', secret: 'an-example-that-opens-nothing' }
const settings = {
  ...redisSettings,
  REDIS_URL: `rediss://${user}@localhost`,
  REDIS_AUTH: 'iam',
  REDIS_CACHE_NAME: cache,
  AWS_REGION: 'ap-southeast-1',
}

/** What the SDK finds in the environment, for the time of a test. */
function useEnvironment(t: Test, values: Record<string, string>): void {
  const before = { ...process.env }
  t.teardown(() => {
    process.env = before
  })
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
  Object.assign(process.env, values)
}

const keyInEnvironment = { AWS_ACCESS_KEY_ID: key.id, AWS_SECRET_ACCESS_KEY: key.secret }

async function useCache(t: Test) {
  useEnvironment(t, keyInEnvironment)
  const redis = await useRedis(t)
  return { redis, elastiCache: await useElastiCache(t, redis, cache, user, key) }
}

test('each connection logs in with a fresh token of its own', { skip }, async (t) => {
  const { elastiCache } = await useCache(t)
  const logLines: string[] = []
  const app = await useLimitedApp(t, { redisUrl: () => elastiCache.url, probeMs: 20, settings, logLines })
  t.equal(app.limits.counters.state, 'closed', logLines.join())
  const ask = shopperOf([app])
  t.same(await ask(app), [200, 9])
  t.equal(elastiCache.tokens.length, 1, 'an open connection needs no other')
  const date = () => elastiCache.tokens.at(-1)?.match(/X-Amz-Date=(\w+)/)?.[1]
  const first = date()

  await until('a second has passed, which the date of a token shows', async () => {
    elastiCache.endConnections()
    await until('the connection is missed', () => app.limits.counters.state === 'open')
    await until('limits are counted in Redis again', () => app.limits.counters.state === 'closed')
    return date() !== first
  })
  t.ok(elastiCache.tokens.length > 1)
  t.notMatch(logLines.join(), /X-Amz-Signature/)
})

test('a connection that is ended under load, as AWS does after twelve hours, costs no request', {
  skip,
}, async (t) => {
  const { elastiCache } = await useCache(t)
  const app = await useLimitedApp(t, {
    redisUrl: () => elastiCache.url,
    probeMs: 20,
    settings: { ...settings, RATE_LIMIT_SHOPPER_MAX: '400' },
  })
  const ask = shopperOf([app])
  for (let round = 0; round < 5; round++) {
    const answers = Promise.all(Array.from({ length: 20 }, () => ask(app)))
    elastiCache.endConnections()
    t.same(new Set((await answers).map(([status]) => status)), new Set([200]))
    await until('the connection is missed', () => app.limits.counters.state === 'open')
    t.equal((await ask(app))[0], 200, 'while it is away')
    await until('limits are counted in Redis again', () => app.limits.counters.state === 'closed')
  }
})

test('a token that is refused, or expired, leaves limits in memory until one is accepted', { skip }, async (t) => {
  const { elastiCache } = await useCache(t)
  elastiCache.clock = () => Date.now() + 901_000
  const logLines: string[] = []
  const app = await useLimitedApp(t, { redisUrl: () => elastiCache.url, probeMs: 20, settings, logLines })
  t.equal(app.limits.counters.state, 'open')
  t.ok(await isFallback(app))
  t.match(logLines.join(), /WRONGPASS/)
  t.same(await shopperOf([app])(app), [200, 9], 'the shop answers on')
  elastiCache.clock = Date.now
  await until('a token is accepted', () => app.limits.counters.state === 'closed')
  t.notOk(await isFallback(app))
})

test('no credentials: limits are kept in memory, the start goes on, and the log says why', { skip }, async (t) => {
  const redis = await useRedis(t)
  useEnvironment(t, {
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
    AWS_CONFIG_FILE: '/nowhere',
  })
  const elastiCache = await useElastiCache(t, redis, cache, user, key)
  const logLines: string[] = []
  const app = await useLimitedApp(t, { redisUrl: () => elastiCache.url, probeMs: 20, settings, logLines })
  t.same(await shopperOf([app])(app), [200, 9])
  t.equal(app.limits.counters.state, 'open')
  t.match(logLines.join(), new RegExp(`no IAM token for ${user}`))
  t.equal(elastiCache.tokens.length, 0)
})

test("Pod Identity's credentials sign, session token and all", async (t) => {
  const agent = createServer((request, response) => {
    const granted = request.headers.authorization === 'token-of-the-pod'
    response.writeHead(granted ? 200 : 403, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify({
        AccessKeyId: key.id,
        SecretAccessKey: key.secret,
        Token: 'session+token/with=all&of it',
        Expiration: new Date(Date.now() + 3_600_000).toISOString(),
      }),
    )
  })
  await new Promise<void>((resolve) => agent.listen(0, '127.0.0.1', resolve))
  t.teardown(() => agent.close())
  const tokenFile = join(t.testdir(), 'eks-pod-identity-token')
  await writeFile(tokenFile, 'token-of-the-pod')
  useEnvironment(t, {
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${(agent.address() as AddressInfo).port}/v1/credentials`,
    AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: tokenFile,
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
    AWS_CONFIG_FILE: '/nowhere',
  })
  const sign = await cacheTokenSigner('ap-southeast-1', cache)
  const token = await sign(user)
  t.match(token, /^dhakacart-prod\/\?Action=connect&User=dhakacart-prod-shop&/)
  t.match(new URL(`http://${token}`).searchParams.get('X-Amz-Security-Token'), 'session+token/with=all&of it')
  const expected = { cache, user, key, now: Date.now() }
  t.equal(whatIsWrong(token, expected), undefined)
  t.equal(whatIsWrong(token, { ...expected, now: Date.now() + 901_000 }), 'expired')
  t.equal(whatIsWrong(token, { ...expected, user: 'another' }), 'not a token for this user')
  t.equal(whatIsWrong(token, { ...expected, cache: 'another' }), 'not a token for this cache')
  t.equal(
    whatIsWrong(token, { ...expected, key: { ...key, secret: 'another' } }),
    'signature does not match',
    'the check of this test can fail',
  )
  t.equal(whatIsWrong(token.replace('Expires=900', 'Expires=901'), expected), 'expired')
  t.equal(whatIsWrong(token.replace('Expires=900', 'Expires=899'), expected), 'signature does not match')
})

test('a REDIS_URL that does not go with tokens stops the start', async (t) => {
  for (const [url, why] of [
    [`redis://${user}@h`, /begins with redis:\/\/: an IAM token is only sent over TLS/],
    ['rediss://h', /names no user/],
    [`rediss://${user}:s3cret@h`, /has a password/],
    [`rediss://${user}@h/x`, /is not of the right form/],
  ] as const) {
    const error = await useLimitedApp(t, { redisUrl: () => url, settings }).then(
      () => new Error('started'),
      (failure: Error) => failure,
    )
    t.match(error.message, why, url)
    t.match(error.message, /REDIS_URL/)
    t.notMatch(error.message, 's3cret')
  }
})
