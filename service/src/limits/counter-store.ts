/*
 * Where the limits are counted: in Redis while it answers, otherwise in memory. Without REDIS_URL always in memory.
 *
 *                  connected, and counted once
 *     ┌────────┐ ─────────────────────────────────► ┌────────┐
 *     │  open  │                                    │ closed │
 *     │(memory)│ ◄───────────────────────────────── │ (Redis)│
 *     └────────┘  a command fails or is late, or    └────────┘
 *       ▲    │    the connection ends
 *       └────┘
 *   a probe fails: the next one a second later
 *
 * It starts open. While it is open no request waits for Redis: one probe in the background tries with a new connection (and so with
 * the name resolved anew and the URL as it is now). A Redis that hangs thus costs the requests under way one time-out, then nobody.
 *
 * What Redis counted last is kept in memory, so that its failure is no fresh start for whoever was at the limit. What is counted in
 * memory meanwhile is not brought back. A command that was late may still be counted when Redis wakes up: one too many, never one too few.
 */
import client from '@prometheus-io/client'
import type { FastifyBaseLogger } from 'fastify'
import { facts } from '../facts.ts'
import type { CacheTokenSigner } from './cache-token.ts'
import { createMemoryCounts, type MemoryCounts, type Taken } from './memory-counts.ts'
import { openRedisLink, type RedisLink } from './redis-link.ts'

/** One limiter's counts. Neither method ever rejects or waits longer than one Redis time-out. */
export interface Counter {
  /** Takes one, unless `max` are taken in this window. */
  take(key: string, max: number): Promise<Taken>
  /** Undoes one `take` that was granted. */
  giveBack(key: string): Promise<void>
}

export interface CounterStore {
  /** `open`: counting in memory, because there is no Redis or it fails; `closed`: counting in Redis. */
  readonly state: 'open' | 'closed'
  /** The counts of a limiter; its name keeps them apart from every other limiter's, also in Redis. */
  counter(limiter: string): Counter
  /** Connects to Redis, if there is one; resolves when the first attempt has succeeded or failed. */
  start(): Promise<void>
  close(): void
}

export interface CounterStoreOptions {
  windowMs: number
  /** Where Redis is now; undefined: nowhere. */
  redisUrl(): string | undefined
  redisTimeoutMs: number
  /** Makes the password of each connection to Redis; undefined: the URL has it. */
  sign?: CacheTokenSigner
  log: FastifyBaseLogger
  registry: client.Registry
  /** How long to wait between two probes. */
  probeMs?: number
  /** A clock in milliseconds that never goes back. */
  now?: () => number
}

const prefix = facts.cache.keyPrefix

/**
 * Keys of one limiter that a process remembers. Forgetting one gives its owner a fresh limit, so it must cost more to push a key
 * out than the fresh limit is worth. Each limiter has a memory of its own: addresses, which anybody with an IPv6 network has without
 * number, push out addresses only, and whoever has 100,000 of those has 100,000 limits anyway. Shoppers' keys are ones we signed.
 * Failed logins cost a password hash each: 100,000 other usernames take two cores a whole window (122 hashes a second, measured).
 * The plugin's own memory holds 5,000 keys. One limiter takes 3 MB empty and 19 MB full (measured).
 */
const maxKeys = 100_000

export function createCounterStore(options: CounterStoreOptions): CounterStore {
  const { windowMs, log, probeMs = 1_000, now = () => performance.now() } = options
  const usesRedis = options.redisUrl() !== undefined
  let link: RedisLink | undefined
  let probe: NodeJS.Timeout | undefined
  let stopped = false
  const fallback = new client.Gauge({
    name: facts.metrics.limiterFallback,
    help: 'Whether limits are counted in memory although there is a Redis.',
    registers: [options.registry],
  })

  /** Leaves Redis because of this link; the second failure of the same link changes nothing. */
  function open(failed: RedisLink, error: unknown): void {
    if (link !== failed) return
    link = undefined
    failed.close()
    fallback.set(1)
    log.warn({ err: error }, 'Redis fails: limits are counted in memory')
    probeLater()
  }

  function probeLater(): void {
    if (!stopped) probe = setTimeout(tryRedis, probeMs).unref()
  }

  /** Why it failed; undefined: it did not. */
  async function tryRedis(): Promise<unknown> {
    try {
      const url = options.redisUrl()
      if (url === undefined) throw new Error('REDIS_URL is empty now')
      const onLost = (error: Error) => open(opened, error)
      const opened: RedisLink = await openRedisLink(`${prefix}probe`, {
        url,
        sign: options.sign,
        timeoutMs: options.redisTimeoutMs,
        onLost,
      })
      if (stopped) return opened.close()
      link = opened
      fallback.set(0)
      log.info('limits are shared through Redis')
      return undefined
    } catch (error) {
      probeLater()
      return error
    }
  }

  function counterOf(limiter: string, memory: MemoryCounts): Counter {
    const redisKey = (key: string) => `${prefix}${limiter}:${key}`
    return {
      async take(key, max) {
        const used = link
        if (!used) return memory.take(key, max)
        try {
          const taken = await used.take(redisKey(key), max, windowMs)
          memory.learn(key, taken)
          return taken
        } catch (error) {
          open(used, error)
          return memory.take(key, max)
        }
      },
      async giveBack(key) {
        memory.giveBack(key)
        const used = link
        await used?.giveBack(redisKey(key)).catch((error) => open(used, error))
      },
    }
  }

  return {
    get state() {
      return link ? 'closed' : 'open'
    },
    counter: (limiter) => counterOf(limiter, createMemoryCounts({ windowMs, maxKeys, now })),
    async start() {
      if (!usesRedis) return
      fallback.set(1)
      const error = await tryRedis()
      if (error) log.warn({ err: error }, 'Redis cannot be used: limits are counted in memory until it can')
    },
    close() {
      stopped = true
      clearTimeout(probe)
      link?.close()
      link = undefined
    },
  }
}
