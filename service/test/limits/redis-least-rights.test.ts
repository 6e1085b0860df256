import { Redis } from 'ioredis'
import { type Test, test } from 'tap'
import { facts } from '../../src/facts.ts'
import { openRedisLink } from '../../src/limits/redis-link.ts'
import { redisMissing as skip, type TestRedis, useRedis } from '../harness/redis.ts'
import { countsIn, useAppOn } from './redis-app.ts'

// Redis 7.0 words it differently when a script is refused.
const refused = /NOPERM|can't run this command|can't access at least one of the keys/

/** Makes the user that the platform makes: what the service publishes, and nothing else. */
async function useLeastUser(t: Test, redis: TestRedis, commands: readonly string[] = facts.cache.commands) {
  const rights = ['resetkeys', `~${facts.cache.keyPrefix}*`, '-@all', ...commands.map((command) => `+${command}`)]
  await redis.client.call('ACL', 'SETUSER', 'shop', 'on', '>secret', ...rights)
  const client = new Redis({
    host: '127.0.0.1',
    port: redis.port,
    username: 'shop',
    password: 'secret',
    enableReadyCheck: false,
  })
  t.teardown(() => client.disconnect())
  return { url: `redis://shop:secret@127.0.0.1:${redis.port}`, client }
}

test('a user with the commands and keys that are published can do all that the limits do', { skip }, async (t) => {
  const redis = await useRedis(t)
  const { url } = await useLeastUser(t, redis)
  const app = await useAppOn(t, redis, { redisUrl: () => url })
  await app.get('/basket', { headers: { 'x-cart-token': app.cartToken() } })
  await app.get('/lookup/D7K4Q', { remoteAddress: '203.0.113.1' })
  await app.login('karim', 'wrong')
  await app.login('rahim', 'right')
  t.equal(app.limits.counters.state, 'closed')
  t.ok(Object.keys(await countsIn(redis)).length >= 6)
  t.same(await redis.client.call('ACL', 'LOG'), [], 'nothing was refused')
})

test('each command that is published is needed', { skip }, async (t) => {
  const redis = await useRedis(t)
  for (const missing of facts.cache.commands) {
    const others = facts.cache.commands.filter((command) => command !== missing)
    const { url } = await useLeastUser(t, redis, others)
    const attempt = openRedisLink(`${facts.cache.keyPrefix}${missing}`, { url, timeoutMs: 2_000, onLost() {} })
    await t.rejects(
      attempt.then((link) => link.giveBack(`${facts.cache.keyPrefix}${missing}`).finally(link.close)),
      refused,
      missing,
    )
  }
})

test('that user can do nothing else', { skip }, async (t) => {
  const redis = await useRedis(t)
  const { client } = await useLeastUser(t, redis)
  const key = `${facts.cache.keyPrefix}x`
  for (const command of [
    ['KEYS', '*'],
    ['SET', key, '1'],
    ['DEL', key],
    ['GET', 'session:1'],
    ['INCR', 'session:1'],
    ['EVAL', 'return 1', '0'],
    ['SCRIPT', 'FLUSH'],
    ['CONFIG', 'GET', '*'],
    ['ACL', 'LIST'],
    ['FLUSHALL'],
    ['CLIENT', 'LIST'],
  ] as [string, ...string[]][]) {
    await t.rejects(client.call(...command), refused, command.join(' '))
  }
  const read = 'return redis.call("GET", ARGV[1])'
  const sha = (await client.script('LOAD', read)) as string
  await t.rejects(client.evalsha(sha, 0, 'session:1'), refused, 'a script reaches no other key either')
})
