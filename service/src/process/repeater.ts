import type { FastifyBaseLogger } from 'fastify'
import { DatabaseUnavailableError } from '../database/database.ts'

/** Something that works in the background of a process. */
export interface Worker {
  start(): void
  /** Takes no more work and ends when what it holds is done. */
  stop(): Promise<void>
}

export interface RepeaterOptions {
  /** For the log. */
  name: string
  log: FastifyBaseLogger
  /** The pause between two runs. */
  everyMs: number
  /** `again`: there is more to do, at once. */
  run(): Promise<'again' | 'wait'>
}

/**
 * Runs a piece of work over and over, one run at a time. A run that fails is logged and tried again after the pause; a database that is away is
 * no more than a warning. The timer keeps no process alive.
 */
export function createRepeater({ name, log, everyMs, run }: RepeaterOptions): Worker {
  let stopped = true
  let timer: NodeJS.Timeout | undefined
  let putOff = false
  let underWay: Promise<void> = Promise.resolve()

  function schedule(delayMs: number): void {
    if (stopped) return
    timer = setTimeout(() => {
      underWay = turn()
    }, delayMs)
    timer.unref()
  }

  async function turn(): Promise<void> {
    let next: 'again' | 'wait' = 'wait'
    try {
      next = await run()
      putOff = false
    } catch (error) {
      // A database that is away for an hour is one line, not one for each try.
      if (!putOff) logFailure(log, error, name)
      putOff = error instanceof DatabaseUnavailableError
    }
    // Spread, so that processes that were started together do not come together for ever.
    schedule(next === 'again' ? 0 : everyMs * (0.75 + Math.random() / 2))
  }

  return {
    start() {
      if (!stopped) return
      stopped = false
      schedule(Math.random() * everyMs)
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await underWay
    },
  }
}

/** Logs why background work failed: a database that is away or busy passes by itself. */
export function logFailure(log: FastifyBaseLogger, error: unknown, name: string): void {
  if (error instanceof DatabaseUnavailableError) log.warn({ err: error, worker: name }, 'background work put off')
  else log.error({ err: error, worker: name }, 'background work failed')
}
