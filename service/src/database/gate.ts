import { DatabaseUnavailableError } from './errors.ts'

/*
 * A gate in front of a pool: as many permits as connections, and a queue in order of arrival, bounded by length and by age.
 *
 *                 permit free               leave()
 *   enter() ───────────────────────▶ inside ────────▶ gone
 *      │                               ▲
 *      │ none free                     │ first in the queue when a permit comes back
 *      ├──────────────▶ waiting ───────┤
 *      │                               └─▶ refused: older than queueMaxAgeMs (queue_timeout), or the gate was shut (closed)
 *      └─▶ refused: the queue is full (queue_full), or the gate is shut (closed)
 *
 * Without it postgres.js pipelines strangers behind a locked row (unrelated reads: p50 6 ms became 1,908 ms) and keeps a queue
 * without bound (2,150 callers after 45 s without a database).
 */
export interface Gate {
  /** Resolves when a permit is held. Rejects with DatabaseUnavailableError when there is none within the queue's bounds and `waitMs`. */
  enter(waitMs: number): Promise<void>
  /** Gives a permit back; exactly once for each entry. */
  leave(): void
  /** Refuses newcomers from now on. */
  close(): void
  /** Refuses everybody who is waiting. */
  dismiss(): void
  /** Resolves when nobody is inside and nobody waits. */
  empty(): Promise<void>
  readonly inside: number
  readonly waiting: number
}

export interface GateOptions {
  permits: number
  queueMax: number
  queueMaxAgeMs: number
}

interface Waiter {
  admit(): void
  refuse(error: DatabaseUnavailableError): void
}

/** A gate of so many permits; see the diagram above. */
export function createGate({ permits, queueMax, queueMaxAgeMs }: GateOptions): Gate {
  const queue = new Set<Waiter>()
  const onEmpty: (() => void)[] = []
  let inside = 0
  let closed = false

  function wait(waitMs: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const ageMs = Math.min(waitMs, queueMaxAgeMs)
    const timer = setTimeout(() => waiter.refuse(queueTimeout(ageMs)), ageMs)
    const waiter: Waiter = {
      admit() {
        clearTimeout(timer)
        queue.delete(waiter)
        inside += 1
        resolve()
      },
      refuse(error) {
        clearTimeout(timer)
        queue.delete(waiter)
        reject(error)
        tellEmpty()
      },
    }
    queue.add(waiter)
    return promise
  }

  function tellEmpty(): void {
    if (inside > 0 || queue.size > 0) return
    for (const tell of onEmpty.splice(0)) tell()
  }

  return {
    async enter(waitMs) {
      if (closed) throw gateClosed()
      if (inside < permits) {
        inside += 1
        return
      }
      if (queue.size >= queueMax) throw queueFull(queueMax)
      await wait(waitMs)
    },
    leave() {
      inside -= 1
      const [first] = queue
      if (first && inside < permits) first.admit()
      tellEmpty()
    },
    close() {
      closed = true
    },
    dismiss() {
      for (const waiter of queue) waiter.refuse(gateClosed())
    },
    async empty() {
      if (inside === 0 && queue.size === 0) return
      await new Promise<void>((resolve) => onEmpty.push(resolve))
    },
    get inside() {
      return inside
    },
    get waiting() {
      return queue.size
    },
  }
}

function queueFull(queueMax: number): DatabaseUnavailableError {
  return new DatabaseUnavailableError('queue_full', {
    message: `${queueMax} callers are waiting for a database connection already`,
  })
}

function queueTimeout(ageMs: number): DatabaseUnavailableError {
  return new DatabaseUnavailableError('queue_timeout', {
    message: `no database connection became free within ${Math.round(ageMs)} ms`,
  })
}

function gateClosed(): DatabaseUnavailableError {
  return new DatabaseUnavailableError('closed', { message: 'the database access is shut down' })
}
