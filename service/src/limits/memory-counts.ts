import { LRUCache } from 'lru-cache'

/** What became of taking one from a limit. */
export interface Taken {
  /** False: the limit was used up, and nothing was counted. */
  granted: boolean
  /** How many are taken in this window. */
  count: number
  /** Until the window ends. */
  resetMs: number
}

/** The counts of one limiter in this process. A window begins with the first request that is counted, and is not prolonged. */
export interface MemoryCounts {
  take(key: string, max: number): Taken
  giveBack(key: string): void
  /** Takes over what Redis knows, so that counting goes on from there when Redis fails. */
  learn(key: string, taken: Taken): void
}

export interface MemoryCountsOptions {
  windowMs: number
  maxKeys: number
  /** A clock in milliseconds that never goes back. */
  now: () => number
}

interface Entry {
  count: number
  endsAt: number
}

/**
 * Counts in memory, of a bounded number of keys; the key that was not seen for the longest time is forgotten first.
 * Expired counts need no sweep: they are as unseen as any, and start anew when they are asked for.
 */
export function createMemoryCounts({ windowMs, maxKeys, now }: MemoryCountsOptions): MemoryCounts {
  const entries = new LRUCache<string, Entry>({ max: maxKeys })

  function current(key: string, time: number): Entry {
    const found = entries.get(key)
    if (found && found.endsAt > time) return found
    const fresh = { count: 0, endsAt: time + windowMs }
    entries.set(key, fresh)
    return fresh
  }

  return {
    take(key, max) {
      const time = now()
      const entry = current(key, time)
      const granted = entry.count < max
      if (granted) entry.count += 1
      return { granted, count: entry.count, resetMs: entry.endsAt - time }
    },
    giveBack(key) {
      const entry = entries.get(key)
      if (entry && entry.count > 0) entry.count -= 1
    },
    learn(key, { count, resetMs }) {
      entries.set(key, { count, endsAt: now() + resetMs })
    },
  }
}
