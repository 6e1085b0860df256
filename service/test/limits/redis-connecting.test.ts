import { readFile } from 'node:fs/promises'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { test } from 'tap'
import { until } from '../harness/poll.ts'
import { redisMissing as skip, useRedis } from '../harness/redis.ts'
import { makeCertificate, opensslMissing } from './certificate.ts'
import { useLimitedApp } from './limited-app.ts'
import { countsIn, settings, shopperOf, useAppOn } from './redis-app.ts'

test('a password that was replaced is used at the next connection', { skip }, async (t) => {
  const redis = await useRedis(t, { password: 'first & last' })
  let url = redis.url
  const app = await useAppOn(t, redis, { redisUrl: () => url })
  await redis.client.config('SET', 'requirepass', 'second')
  await redis.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
  await until('the connection is missed', () => app.limits.counters.state === 'open')
  t.same(await shopperOf([app])(app), [200, 9])
  url = `redis://:second@127.0.0.1:${redis.port}`
  await until('the new password is used', () => app.limits.counters.state === 'closed')
})

test('rediss:// is encrypted, and a certificate that nobody vouches for, or of another name, is refused', {
  skip: skip || opensslMissing,
}, async (t) => {
  const files = await makeCertificate(t.testdir())
  const redis = await useRedis(t, { tls: files })
  const byName = redis.url.replace('127.0.0.1', 'localhost')
  const logLines: string[] = []
  const app = await useLimitedApp(t, { redisUrl: () => byName, probeMs: 20, settings, logLines })
  t.equal(app.limits.counters.state, 'open')
  t.match(logLines.join(), 'DEPTH_ZERO_SELF_SIGNED_CERT')

  setDefaultCACertificates([...getCACertificates('default'), await readFile(files.certificateFile, 'utf8')])
  await until('the certificate is trusted', () => app.limits.counters.state === 'closed')
  t.same(await shopperOf([app])(app), [200, 9])
  t.equal(Object.values(await countsIn(redis)).length, 1)

  const otherLines: string[] = []
  const other = await useLimitedApp(t, { redisUrl: () => redis.url, probeMs: 20, settings, logLines: otherLines })
  t.equal(other.limits.counters.state, 'open')
  t.match(otherLines.join(), 'ERR_TLS_CERT_ALTNAME_INVALID')
})

test('a REDIS_URL of the wrong form stops the start with its name and what would be right, without its password', async (t) => {
  for (const url of [
    'localhost:6379',
    'http://h',
    'redis://',
    'redis://:s3cret@h:6379/0?tls=false',
    'redis://:s3cret@h/x',
  ]) {
    const start = useLimitedApp(t, { redisUrl: () => url })
    const error = await start.then(
      () => new Error('started'),
      (failure: Error) => failure,
    )
    t.match(error.message, /REDIS_URL .* redis\[s\]:\/\//, url)
    t.notMatch(error.message, 's3cret')
  }
})
