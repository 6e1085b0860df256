import type { Test } from 'tap'
import { facts } from '../../src/facts.ts'
import { until } from '../harness/poll.ts'
import type { TestRedis } from '../harness/redis.ts'
import { type LimitedApp, type LimitedAppOptions, useLimitedApp } from './limited-app.ts'

// Generous, because the machine that runs the tests may stall for longer than production's 50 ms; what is frozen is frozen for ever.
export const settings = { RATE_LIMIT_SHOPPER_MAX: '10', REDIS_TIMEOUT_MS: '2000' }

/** Whether the metric says that limits are counted in memory although there is a Redis. */
export async function isFallback({ metrics }: LimitedApp): Promise<boolean> {
  const metric = await metrics.registry.getSingleMetric(facts.metrics.limiterFallback)?.get()
  return metric?.values[0]?.value === 1
}

/** An application whose limits are counted in this Redis by now. */
export async function useAppOn(t: Test, redis: TestRedis, options: LimitedAppOptions = {}) {
  const limited = await useLimitedApp(t, {
    redisUrl: () => redis.url,
    probeMs: 20,
    ...options,
    settings: { ...settings, ...options.settings },
  })
  await until('limits are counted in Redis', () => limited.limits.counters.state === 'closed')
  return limited
}

/** Asks as one shopper: the status and how many requests remain. */
export function shopperOf(apps: LimitedApp[]) {
  const headers = { 'x-cart-token': apps[0]?.cartToken() }
  return async (app: LimitedApp) => {
    const answer = await app.get('/basket', { headers })
    return [answer.statusCode, Number(answer.headers['ratelimit-remaining'])]
  }
}

/** What Redis holds, by key. */
export async function countsIn({ client }: TestRedis): Promise<Record<string, number>> {
  const keys = (await client.keys('*')).filter((key) => !key.endsWith(':probe'))
  return Object.fromEntries(await Promise.all(keys.map(async (key) => [key, Number(await client.get(key))])))
}
