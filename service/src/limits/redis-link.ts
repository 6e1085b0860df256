import { createHash } from 'node:crypto'
import { Redis, type RedisOptions } from 'ioredis'
import type { CacheTokenSigner } from './cache-token.ts'
import type { Taken } from './memory-counts.ts'
import { parseRedisUrl, type RedisAddress } from './redis-address.ts'

/** One connection to Redis that has just proved that it counts. It is used until it fails once, and never reconnects. */
export interface RedisLink {
  /** Like `take` of the memory, for all processes. Rejects when Redis fails, or does not answer in time. */
  take(key: string, max: number, windowMs: number): Promise<Taken>
  giveBack(key: string): Promise<void>
  /** Ends the connection; whoever waits for an answer is told at once. */
  close(): void
}

export interface RedisLinkOptions {
  url: string
  /** Makes the password of this connection; undefined: the URL has it. */
  sign?: CacheTokenSigner
  /** How long a command may take. */
  timeoutMs: number
  /** Called once, when the connection ends without having been asked to. */
  onLost(error: Error): void
}

const connectTimeoutMs = 500
/** Connecting, TLS, HELLO and AUTH together. */
const handshakeTimeoutMs = 1_000

// One step on the server, so that two processes never both take the last one. A count without an end (nothing of ours leaves
// one behind) gets one, or it would refuse for ever.
const take = script(`
local count = tonumber(redis.call('GET', KEYS[1]) or '0')
local granted = 0
if count < tonumber(ARGV[1]) then
  count = redis.call('INCR', KEYS[1])
  granted = 1
end
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  left = tonumber(ARGV[2])
end
return {granted, count, left}
`)

const giveBack = script(`
if tonumber(redis.call('GET', KEYS[1]) or '0') > 0 then redis.call('DECR', KEYS[1]) end
return 1
`)

function script(text: string) {
  return { text, sha: createHash('sha1').update(text).digest('hex') }
}

/**
 * Connects, brings the scripts, and counts once on `probeKey`: that tells more than a PING, which a replica or a full server answers too.
 * @throws when any of it fails or takes too long.
 */
export async function openRedisLink(probeKey: string, options: RedisLinkOptions): Promise<RedisLink> {
  const address = parseRedisUrl(options.url, options.sign ? 'iam' : 'password')
  const client = new Redis(clientOptions(address, await passwordOf(address, options.sign)))
  const waiting = new Set<(error: Error) => void>()
  let reason = new Error('Redis closed the connection')
  let state: 'opening' | 'open' | 'closed' = 'opening'

  const close = () => {
    state = 'closed'
    if (client.status !== 'end') client.disconnect()
    for (const fail of waiting) fail(reason)
  }
  client.on('error', (error: Error) => {
    reason = error
  })
  client.on('close', () => {
    if (state === 'open') options.onLost(reason)
  })

  const ask = <T>(command: () => Promise<T>, timeoutMs = options.timeoutMs) =>
    withinTime(command, timeoutMs, `Redis did not answer within ${timeoutMs} ms`, waiting).catch((error) => {
      // A failed handshake rejects with "Connection is closed"; why it failed came as an event.
      throw state === 'opening' && client.status !== 'ready' ? reasonOf(reason, error) : error
    })
  const link: RedisLink = {
    async take(key, max, windowMs) {
      const reply = await ask(() => client.evalsha(take.sha, 1, key, max, windowMs))
      const [granted, count, resetMs] = reply as [number, number, number]
      return { granted: granted === 1, count, resetMs }
    },
    async giveBack(key) {
      await ask(() => client.evalsha(giveBack.sha, 1, key))
    },
    close,
  }

  try {
    await ask(() => client.connect(), handshakeTimeoutMs)
    for (const { text } of [take, giveBack]) await ask(() => client.script('LOAD', text))
    await link.take(probeKey, Number.MAX_SAFE_INTEGER, 1_000)
    state = 'open'
    return link
  } catch (error) {
    close()
    throw error
  }
}

function clientOptions(address: RedisAddress, password: string | undefined): RedisOptions {
  return {
    host: address.host,
    port: address.port,
    username: address.user,
    password,
    db: address.database,
    tls: address.tls ? { rejectUnauthorized: true, minVersion: 'TLSv1.2' } : undefined,
    lazyConnect: true,
    connectTimeout: connectTimeoutMs,
    disconnectTimeout: connectTimeoutMs,
    keepAlive: 10_000,
    // At its defaults ioredis holds every request while Redis is away (measured: 20 s and no answer): no queue, no second try.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    autoResendUnfulfilledCommands: false,
    retryStrategy: null,
    enableReadyCheck: false,
    disableClientInfo: true,
  }
}

/** The password of this one connection: a token where there is a signer, else what the URL says. */
async function passwordOf({ user, password }: RedisAddress, sign: CacheTokenSigner | undefined) {
  if (!sign || !user) return password
  const late = `no IAM token for ${user} within ${handshakeTimeoutMs} ms`
  return withinTime(() => sign(user), handshakeTimeoutMs, late, new Set()).catch((cause: Error) => {
    throw new Error(`no IAM token for ${user}: ${cause.message}`, { cause })
  })
}

/**
 * ioredis' own commandTimeout would blame Redis for a stall of our event loop, whose timers run before its sockets are read:
 * here the sockets are read once more before a command is given up.
 */
function withinTime<T>(
  command: () => Promise<T>,
  timeoutMs: number,
  late: string,
  waiting: Set<(error: Error) => void>,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => setImmediate(fail, new Error(late)), timeoutMs)
    function fail(error: Error): void {
      clearTimeout(timer)
      waiting.delete(fail)
      reject(error)
    }
    waiting.add(fail)
    command().then((value) => {
      clearTimeout(timer)
      waiting.delete(fail)
      resolve(value)
    }, fail)
  })
}

function reasonOf(event: Error, rejection: Error): Error {
  return rejection.message.startsWith('Connection is closed') ? event : rejection
}
