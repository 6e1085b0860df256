import rateLimit from '@fastify/rate-limit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ShopError } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Settings } from '../settings/settings.ts'
import { addressKey } from './address-key.ts'
import type { Counter, CounterStore } from './counter-store.ts'

const addressMark = 'address:'

/**
 * Counts every request on the account, else the cart, else the address, by the route's `config.limit`; a path that no route matches
 * counts on the address, or the API could be searched for hidden paths at leisure. One counter for each, whatever the route.
 *
 * An answer that caches may keep (a route with `limit: 'address'`) goes without the `ratelimit-*` headers: a CDN would show one
 * visitor's remaining requests to all others. Its 429 has them; errors are never stored.
 */
export async function limitEachRequest(app: ShopApp, settings: Settings, counters: CounterStore): Promise<void> {
  await app.register(rateLimit, {
    global: false,
    store: storeOver(counters.counter('shopper'), counters.counter('address')),
    timeWindow: settings.rateLimitWindowMs,
    keyGenerator,
    max: (_request, key) => (key.startsWith(addressMark) ? settings.rateLimitAddressMax : settings.rateLimitShopperMax),
    allowList: (request) => limitOf(request) === 'none',
  })
  const countRequest = app.createRateLimit()

  // A hook of our own rather than the plugin's on each route: it sees unmatched paths too, before their body is read.
  app.addHook('onRequest', async (request, reply) => {
    const limit = await countRequest(request)
    if (limit.isAllowed) return
    if (limit.isExceeded || limitOf(request) === 'shopper') tellLimit(reply, limit)
    if (limit.isExceeded) throw rateLimited(limit.ttl)
  })
}

/** The answer to a limit that is used up: come back when its window ends. */
export function rateLimited(resetMs: number): ShopError {
  return new ShopError('rate_limited', { retryAfterSeconds: Math.max(1, Math.ceil(resetMs / 1000)) })
}

function limitOf(request: FastifyRequest): 'shopper' | 'address' | 'none' {
  return request.is404 ? 'address' : (request.routeOptions.config.limit ?? 'shopper')
}

/** By claims and cart whose signatures the hook of http/identify.ts has checked; nothing is looked up. */
function keyGenerator(request: FastifyRequest): string {
  if (limitOf(request) === 'shopper') {
    if (request.claims) return `account:${request.claims.accountId}`
    if (request.cartId) return `cart:${request.cartId}`
  }
  return `${addressMark}${addressKey(request.ip)}`
}

function tellLimit(reply: FastifyReply, limit: { max: number; remaining: number; ttlInSeconds: number }): void {
  reply.header('ratelimit-limit', limit.max)
  reply.header('ratelimit-remaining', limit.remaining)
  reply.header('ratelimit-reset', limit.ttlInSeconds)
}

/** The plugin wants a class that it makes once; it never asks for a child, because no limit here belongs to one route. */
function storeOver(shopper: Counter, address: Counter) {
  return class CounterAdapter {
    incr(
      key: string,
      callback: (error: Error | null, result?: { current: number; ttl: number }) => void,
      _windowMs: number,
      max: number,
    ): void {
      const isAddress = key.startsWith(addressMark)
      const taken = isAddress ? address.take(key.slice(addressMark.length), max) : shopper.take(key, max)
      taken.then(({ granted, count, resetMs }) => {
        // The plugin refuses what is above the maximum; a refused request is not counted here, and so stays at it.
        callback(null, { current: granted ? count : max + 1, ttl: resetMs })
      }, callback)
    }

    child(): CounterAdapter {
      return this
    }
  }
}
