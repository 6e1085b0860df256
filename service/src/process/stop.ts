import { setTimeout as wait } from 'node:timers/promises'
import { facts } from '../facts.ts'
import type { RunningShop } from './run-shop.ts'

/**
 * Stops in named phases, each with a time limit: one that hangs is logged and left behind.
 *
 *   drain      not ready; still accepts for drainMs, answers `Connection: close`; workers stop taking work
 *   requests   accepts no more; what is under way ends; idle sockets are closed last
 *   workers    outbox and housekeeping finish what they hold
 *   database   connections close
 *   operations liveness and metrics end
 */
export async function stopShop({
  app,
  operations,
  shop,
  workers,
  silentConnections,
  close,
}: RunningShop): Promise<void> {
  const { lifecycle, settings, log } = shop
  const phase = async (name: string, limitMs: number, work: () => Promise<unknown>) => {
    const started = Date.now()
    const late = Symbol('late')
    const timer = new AbortController()
    const limit = wait(limitMs, late, { signal: timer.signal }).catch(() => late)
    try {
      const outcome = await Promise.race([work(), limit])
      const message = outcome === late ? 'a phase of the stop did not end in time' : 'a phase of the stop ended'
      log[outcome === late ? 'warn' : 'info']({ phase: name, ms: Date.now() - started }, message)
    } catch (err) {
      log.error({ err, phase: name }, 'a phase of the stop failed')
    } finally {
      timer.abort()
    }
  }

  const workersStop = Promise.all(workers.map((worker) => worker.stop()))
  await phase('drain', settings.drainMs + 1_000, async () => {
    lifecycle.enter('draining')
    await wait(settings.drainMs)
  })
  await phase('requests', facts.stop.requestsMs, () => {
    const closed = app.close()
    silentConnections.close()
    return closed
  })
  await phase('workers', facts.stop.closeMs, () => workersStop)
  await phase('database', facts.stop.closeMs, close)
  lifecycle.enter('stopped')
  await phase('operations', 1_000, () => operations.close())
}
