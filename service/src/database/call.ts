import { codeOf, DatabaseUnavailableError, isConnectionError, isFailover, translate } from './errors.ts'
import { createHandle, type Handle } from './handle.ts'
import type { DatabaseLog } from './log.ts'
import type { Lease, Pool } from './pool.ts'

/*
 * One call of the database, from the queue to the connection's return.
 *
 *   waiting ──permit──▶ working ──settled──▶ done (client back in the pool)
 *                         │
 *                         │ deadline: the caller is told, the caller's statements fall silent, the server is asked to cancel
 *                         ▼
 *                       overdue ──settled, cancel delivered──▶ done
 *                         │
 *                         │ graceMs later: a statement sent and not answered proves a dead connection
 *                         ▼
 *                       abandoned (client destroyed; every pool replaced if proven)
 *
 * The permit is held until the end of the line, so that nobody is put behind a connection that is stuck.
 */

export interface CallLimits {
  deadlineMs: number
  /** How long after its deadline a statement may still be answered before its connection is taken for dead. */
  graceMs: number
  log: DatabaseLog
  /** Every connection is suspect, in this pool and beside it. */
  onSuspect(why: string): void
}

/** What the work of a call sees. */
export interface Call {
  readonly handle: Handle
  readonly lease: Lease
  readonly deadlineMs: number
  /** Throws when the deadline has passed. */
  check(): void
}

/** Runs `work` on a client of the pool within the deadline, waiting included. Rejects with what `translate` makes of errors. */
export async function runCall<T>(pool: Pool, limits: CallLimits, work: (call: Call) => PromiseLike<T>): Promise<T> {
  const { deadlineMs, graceMs, log, onSuspect } = limits
  const deadlineAt = performance.now() + deadlineMs
  const lease = await pool.borrow(deadlineMs)
  const { client } = lease
  const handle = createHandle(client)
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  let late: DatabaseUnavailableError | undefined
  let cancelling: Promise<void> = Promise.resolve()
  let graceTimer: NodeJS.Timeout | undefined

  function overdue(): void {
    if (late) return
    late = new DatabaseUnavailableError('deadline', { message: `the database did not answer within ${deadlineMs} ms` })
    pool.countDeadline()
    handle.silence(late)
    reject(late)
    graceTimer = setTimeout(abandon, graceMs)
    const key = handle.cancellable()
    if (key) {
      cancelling = client.cancel(key, graceMs).catch((err: unknown) => {
        // A cancel on its way may still hit the next statement of this connection, so there is to be none.
        log.warn({ err }, 'a late statement could not be cancelled')
        client.destroy()
      })
    }
  }

  function abandon(): void {
    if (!lease.retired) {
      if (!client.ready) pool.pause(late)
      else if (handle.unanswered()) onSuspect('a statement was not answered after its deadline')
    }
    client.destroy()
    lease.release(false)
  }

  function judge(error: unknown): void {
    if (!isConnectionError(error) || lease.retired) return
    const notLetIn = !client.ready || (lease.fresh && codeOf(error) === 'READ_ONLY_SERVER')
    if (notLetIn) pool.pause(error)
    else if (isFailover(error) || client.lost) onSuspect(`a connection was lost: ${codeOf(error)}`)
  }

  async function settle(error?: unknown): Promise<void> {
    clearTimeout(deadlineTimer)
    // The client may serve somebody else a moment from now; what comes late must not land in their transaction.
    handle.silence(new Error('this call of the database is over: await its statements before it returns'))
    judge(error)
    if (isConnectionError(error)) client.destroy()
    await cancelling
    clearTimeout(graceTimer)
    lease.release(true)
  }

  const deadlineTimer = setTimeout(overdue, deadlineAt - performance.now())
  const call: Call = {
    handle,
    lease,
    deadlineMs,
    check() {
      if (performance.now() >= deadlineAt) overdue()
      if (late) throw late
    },
  }
  Promise.resolve(call)
    .then(work)
    .then(
      async (value) => {
        await settle()
        resolve(value)
      },
      async (thrown: unknown) => {
        const error = (isConnectionError(thrown) && client.fault) || thrown
        await settle(error)
        reject(translate(error))
      },
    )
  return promise
}
