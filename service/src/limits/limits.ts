import type { FastifyRequest } from 'fastify'
import type { LoginLimits } from '../accounts/login-limits.ts'
import type { ShopApp } from '../http/app-type.ts'
import { type Settings, SettingsError } from '../settings/settings.ts'
import type { Shop } from '../shop.ts'
import { addressKey } from './address-key.ts'
import { type CacheTokenSigner, cacheTokenSigner } from './cache-token.ts'
import { type CounterStore, type CounterStoreOptions, createCounterStore } from './counter-store.ts'
import { hashed, type LoginLimitsOptions, limitLogins } from './login-limits.ts'
import { parseRedisUrl, type RedisAuth } from './redis-address.ts'
import { limitEachRequest, rateLimited } from './request-limit.ts'

export { addressKey } from './address-key.ts'

/** What routes ask for beyond the limit that every request meets. */
export interface Limits {
  loginLimits: LoginLimits
  /**
   * Before an order is looked up by number and phone; `number` in its one normal form.
   * @throws rate_limited when the address, or the number, was used too often.
   */
  lookupLimit(request: FastifyRequest, number: string): Promise<void>
  /** Whether counts are shared through Redis right now. */
  counters: Pick<CounterStore, 'state'>
}

export type LimitsOptions = Pick<CounterStoreOptions, 'probeMs' | 'now'> & LoginLimitsOptions

/**
 * Limits every request of an application. Call it after the hook that identifies who asks, and before the routes are added.
 * Redis is connected when the application gets ready, and left when it closes.
 * @throws SettingsError when REDIS_URL is not the address of a Redis, or not one for REDIS_AUTH.
 */
export async function limitRequests(app: ShopApp, shop: Shop, options: LimitsOptions = {}): Promise<Limits> {
  const { settings } = shop
  const redisUrl = () => shop.secret('redisUrl')
  checkAddress(redisUrl(), settings.redisAuth)
  const counters = createCounterStore({
    windowMs: settings.rateLimitWindowMs,
    redisTimeoutMs: settings.redisTimeoutMs,
    redisUrl,
    sign: await signerOf(settings),
    log: shop.log,
    registry: shop.metrics.registry,
    ...options,
  })
  app.addHook('onReady', () => counters.start())
  app.addHook('onClose', async () => counters.close())
  await limitEachRequest(app, settings, counters)
  return {
    loginLimits: limitLogins(app, settings, counters, options),
    lookupLimit: limitLookups(settings.orderLookupsMax, counters),
    counters,
  }
}

function checkAddress(url: string | undefined, auth: RedisAuth): void {
  if (url === undefined) return
  try {
    parseRedisUrl(url, auth)
  } catch (error) {
    throw new SettingsError([(error as Error).message])
  }
}

async function signerOf({ redisAuth, awsRegion, redisCacheName }: Settings): Promise<CacheTokenSigner | undefined> {
  return redisAuth === 'iam' && awsRegion && redisCacheName ? cacheTokenSigner(awsRegion, redisCacheName) : undefined
}

/** An order's number is short enough to be said aloud, and so to be guessed; the phone that goes with it is not secret either. */
function limitLookups(max: number, counters: CounterStore): Limits['lookupLimit'] {
  const byAddress = counters.counter('lookup-address')
  const byNumber = counters.counter('lookup-number')
  return async (request, number) => {
    const fromAddress = await byAddress.take(addressKey(request.ip), max)
    if (!fromAddress.granted) throw rateLimited(fromAddress.resetMs)
    const ofNumber = await byNumber.take(hashed(number), max)
    if (!ofNumber.granted) throw rateLimited(ofNumber.resetMs)
  }
}
