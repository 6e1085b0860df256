import { setTimeout as wait } from 'node:timers/promises'
import closeWithGrace from 'close-with-grace'
import { DatabaseUnavailableError } from '../database/database.ts'
import { newestVersion, schemaVersion } from '../database/migrate.ts'
import { checkTextSearch } from '../database/text-search-check.ts'
import { waitForDatabase } from '../database/wait-for-database.ts'
import { facts } from '../facts.ts'
import { reachDatabase, UnreachableDatabaseError } from './open-database.ts'
import { addressOf, type RunningShop } from './run-shop.ts'
import { stopShop } from './stop.ts'

export interface ServeOptions {
  /**
   * What a database that cannot be reached means at the start: `exit` in development; `degrade` in production, so that a pod
   * born during a failover serves what it can and is whole when the database is back.
   */
  whenUnreachable: 'exit' | 'degrade'
  /** Called last in a stop: the log is flushed, the embedded database stopped. */
  afterStop?: () => Promise<void>
}

/**
 * Starts a shop and stops it on SIGTERM, SIGINT (Ctrl-C) or a bug; resolves when it serves.
 * @throws when a port is taken, the database refuses us or has an older schema, or cannot be reached (`exit`).
 */
export async function serve(running: RunningShop, { whenUnreachable, afterStop }: ServeOptions): Promise<void> {
  const { shop, app, operations, workers } = running
  const { settings, log, lifecycle } = shop
  // Liveness first: waiting for a database must not look like a process that hangs.
  await listen(operations, settings.host, settings.operationsPort, 'OPERATIONS_PORT')
  let failure: Error | undefined
  const closing = closeWithGrace(
    { delay: stopLimitMs(settings.drainMs), logger: false, skip: ['SIGINT'] },
    async ({ err }) => {
      if (err) log.fatal({ err }, 'a bug ends the process')
      await stopShop(running)
      await afterStop?.()
      // Rejecting is how close-with-grace is told to exit with 1.
      if (failure) throw failure
    },
  )
  const fail = (error: Error) => {
    failure = error
    closing.close()
  }
  stopOnInterrupt(closing.close)
  try {
    await checkDatabase(running, whenUnreachable, fail)
    await listen(app, settings.host, settings.port, 'PORT')
  } catch (error) {
    closing.uninstall()
    await Promise.allSettled([operations.close(), app.close(), running.close()])
    await afterStop?.()
    throw error
  }
  for (const worker of workers) worker.start()
  lifecycle.enter('ready')
  log.info({ shop: addressOf(app), operations: addressOf(operations) }, 'the shop is open')
}

/** Everything a stop may take, and a second for what is not counted. */
export function stopLimitMs(drainMs: number): number {
  return drainMs + facts.stop.requestsMs + facts.stop.closeMs * 2 + 1_000
}

/**
 * Ctrl-C reaches us twice when npm started us: from the terminal and from npm, which passes it on. The second within a moment
 * is the same key press; a later one means it, and exits at once.
 */
function stopOnInterrupt(close: () => void): void {
  let first = 0
  process.on('SIGINT', () => {
    if (first === 0) {
      first = Date.now()
      close()
    } else if (Date.now() - first > 500) {
      process.exit(130)
    }
  })
}

async function checkDatabase(
  running: RunningShop,
  whenUnreachable: ServeOptions['whenUnreachable'],
  fail: (error: Error) => void,
): Promise<void> {
  const { database, settings, log } = running.shop
  try {
    await reachDatabase(database, settings)
    await checkSchema(running)
  } catch (error) {
    if (whenUnreachable === 'exit' || !isAway(error)) throw error
    log.error({ err: error }, 'the database cannot be reached: serving without it until it is back')
    void checkLater(running, fail)
  }
}

/** A degraded start makes up for the checks as soon as it can; what would have stopped the start stops the process then. */
async function checkLater(running: RunningShop, fail: (error: Error) => void): Promise<void> {
  const { database, log, lifecycle } = running.shop
  while (lifecycle.phase === 'starting' || lifecycle.phase === 'ready') {
    try {
      await waitForDatabase(database, { timeoutMs: 0 })
      await checkSchema(running)
      log.info('the database is back')
      return
    } catch (error) {
      if (!isAway(error)) {
        log.fatal({ err: error }, 'the database is back, and not one that this version can use')
        fail(error as Error)
        return
      }
    }
    await wait(1_000)
  }
}

async function checkSchema({ shop }: RunningShop): Promise<void> {
  const [actual, own] = await Promise.all([shop.database.query((sql) => schemaVersion(sql)), newestVersion()])
  if (actual < own) {
    throw new Error(
      `The schema of the database is at version ${actual}, and this version of the shop needs ${own} or newer: run the migrations (npm run migrate) first.`,
    )
  }
  await shop.database.query((sql) => checkTextSearch(sql))
}

interface Listening {
  listen(options: { host: string; port: number }): Promise<string>
}

async function listen(server: Listening, host: string, port: number, setting: string): Promise<void> {
  try {
    await server.listen({ host, port })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EADDRINUSE' && code !== 'EACCES' && code !== 'EADDRNOTAVAIL') throw error
    const why =
      code === 'EADDRINUSE'
        ? 'something else listens there'
        : code === 'EACCES'
          ? 'this user may not'
          : 'this machine has no such address'
    throw new Error(`Cannot listen on ${host}:${port}: ${why}. Set ${setting} (or HOST) to another one.`, {
      cause: error,
    })
  }
}

function isAway(error: unknown): boolean {
  return error instanceof UnreachableDatabaseError || error instanceof DatabaseUnavailableError
}
