import { type Client, createClient, type SessionOptions } from './client.ts'
import { DatabaseUnavailableError } from './errors.ts'
import { createGate, type GateOptions } from './gate.ts'

export interface PoolStats {
  /** Connections it has, idle and in use. */
  size: number
  inUse: number
  /** Callers in the queue. */
  waiting: number
  /** Calls that ran into their deadline, since the start. */
  deadlines: number
  /** Calls refused because the queue was full or too old, since the start. */
  refusals: number
  /** How often every connection was given up for new ones, since the start. */
  replacements: number
}

export interface PoolOptions extends GateOptions {
  name: string
  session: SessionOptions
  /** Whether its clients may send BEGIN. */
  exclusive: boolean
  idleTimeoutMs: number
  maxLifetimeMs: number
}

/** A client lent to one call. */
export interface Lease {
  readonly client: Client
  /** Opened for this call. */
  readonly fresh: boolean
  /** The pool has been replaced since: what happens on this client says nothing about those of now. */
  readonly retired: boolean
  /** Gives the client back, once. `reusable: false`: ends it. */
  release(reusable: boolean): void
}

/** Connections behind a gate. */
export interface Pool {
  borrow(waitMs: number): Promise<Lease>
  /** Gives up every connection: the idle ones now, those in use as they are released, outside of the new gate's permits. */
  replace(why: string): void
  /** Opens no connection for a moment, after one could not be opened: callers fail at once instead of piling up. */
  pause(cause: unknown): void
  countDeadline(): void
  stats(): PoolStats
  end(timeoutMs: number): Promise<void>
}

/** A pool of at most `permits` connections, opened as they are needed. */
export function createPool(options: PoolOptions): Pool {
  const { name, session, idleTimeoutMs, maxLifetimeMs } = options
  const { log } = session
  const gate = createGate(options)
  // The last one used is the first one lent, so that what a quiet hour does not need grows idle and closes.
  const idle: { client: Client; since: number; diesAt: number }[] = []
  const leases = new Set<Lease & { retire(): void }>()
  const counts = { deadlines: 0, refusals: 0, replacements: 0 }
  let pausedUntil = 0
  let pauseCause: unknown

  const sweeper = setInterval(sweep, Math.min(idleTimeoutMs, maxLifetimeMs) / 4).unref()

  function sweep(): void {
    const now = performance.now()
    for (const parked of [...idle]) {
      if (now - parked.since > idleTimeoutMs || now > parked.diesAt) discard(parked.client)
    }
  }

  function discard(client: Client): void {
    forget(client)
    client
      .close()
      .catch((err: unknown) => log.debug({ err, pool: name }, 'a database connection did not close cleanly'))
  }

  function forget(client: Client): void {
    const index = idle.findIndex((parked) => parked.client === client)
    if (index >= 0) idle.splice(index, 1)
  }

  function open(): Client {
    if (performance.now() < pausedUntil) {
      throw new DatabaseUnavailableError('connection', {
        message: 'the database could not be reached a moment ago',
        cause: pauseCause,
      })
    }
    return createClient(session, options.exclusive, forget)
  }

  function lend(): Lease {
    const parked = idle.pop()
    const client = parked?.client ?? open()
    // Not all of one age: connections opened together in a rush would end together in the next.
    const diesAt = parked?.diesAt ?? performance.now() + maxLifetimeMs * (0.8 + 0.2 * Math.random())
    let retired = false
    let released = false
    const lease = {
      client,
      fresh: parked === undefined,
      get retired() {
        return retired
      },
      retire() {
        retired = true
        leases.delete(lease)
        gate.leave()
      },
      release(reusable: boolean) {
        if (released) return
        released = true
        const now = performance.now()
        if (reusable && !retired && !client.dead && now < diesAt) idle.push({ client, since: now, diesAt })
        else discard(client)
        if (retired) return
        leases.delete(lease)
        gate.leave()
      },
    }
    leases.add(lease)
    return lease
  }

  return {
    async borrow(waitMs) {
      try {
        await gate.enter(waitMs)
      } catch (error) {
        counts.refusals += 1
        throw error
      }
      try {
        return lend()
      } catch (error) {
        gate.leave()
        throw error
      }
    },
    replace(why) {
      counts.replacements += 1
      log.warn({ pool: name, why, open: idle.length + leases.size }, 'the database connections are replaced')
      for (const { client } of [...idle]) client.destroy()
      for (const lease of [...leases]) lease.retire()
    },
    pause(cause) {
      pauseCause = cause
      pausedUntil = performance.now() + 200 + 800 * Math.random()
    },
    countDeadline() {
      counts.deadlines += 1
    },
    stats: () => ({
      size: idle.length + leases.size,
      inUse: leases.size,
      waiting: gate.waiting,
      ...counts,
    }),
    async end(timeoutMs) {
      gate.close()
      const tooLate = Promise.withResolvers<void>()
      const timer = setTimeout(() => tooLate.resolve(), timeoutMs)
      await Promise.race([gate.empty(), tooLate.promise])
      clearTimeout(timer)
      clearInterval(sweeper)
      gate.dismiss()
      for (const { client } of leases) client.destroy()
      await Promise.all([...idle].map(({ client }) => client.close()))
    },
  }
}
