import type { FastifyBaseLogger } from 'fastify'
import { createClient } from '../database/client.ts'
import { type ConnectionSource, openConnectionSource } from '../database/credentials.ts'
import { createDatabase, type Database, DatabaseUnavailableError } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { waitForDatabase } from '../database/wait-for-database.ts'
import type { DatabaseSettings } from '../settings/settings.ts'

/** The way to the database that the settings name. No connection is opened before the first call. */
export async function openDatabase(settings: DatabaseSettings, log: FastifyBaseLogger): Promise<Database> {
  return createDatabase({
    source: await openSource(settings, log),
    log,
    applicationName: 'dhakacart',
    statementsMax: settings.databaseStatementConnections,
    transactionsMax: settings.databaseTransactionConnections,
    queueMax: settings.databaseQueueMax,
    queueMaxAgeMs: settings.databaseQueueMaxAgeMs,
    deadlineMs: settings.databaseDeadlineMs,
  })
}

function openSource(settings: DatabaseSettings, log: FastifyBaseLogger): Promise<ConnectionSource> {
  return openConnectionSource({
    url: settings.databaseUrl,
    urlFile: settings.databaseUrlFile,
    password: settings.databasePassword,
    passwordFile: settings.databasePasswordFile,
    auth: settings.databaseAuth,
    region: settings.awsRegion,
    tls: settings.databaseTls,
    caFile: settings.databaseCaFile,
    log,
  })
}

/**
 * Waits for a database that may still be starting.
 * @throws one sentence when it cannot be reached within DATABASE_START_MS, and at once when it refuses us.
 */
export async function reachDatabase(database: Database, settings: DatabaseSettings): Promise<void> {
  try {
    await waitForDatabase(database, { timeoutMs: settings.databaseStartMs })
  } catch (error) {
    if (!(error instanceof DatabaseUnavailableError)) throw error
    const why = error.cause instanceof Error ? error.cause.message : error.message
    throw new UnreachableDatabaseError(`The database cannot be reached (${why}): start it, or look at DATABASE_URL.`, {
      cause: error,
    })
  }
}

/** The database did not answer in time: it may be starting, failing over, or somewhere else. */
export class UnreachableDatabaseError extends Error {}

/** Migrates the database that the settings name, on a connection of its own without the shop's time-outs. */
export async function migrateDatabase(
  settings: DatabaseSettings,
  log: FastifyBaseLogger,
  say: (sentence: string) => void,
): Promise<number> {
  await onDatabase(settings, log, (database) => reachDatabase(database, settings))
  const source = await openSource(settings, log)
  const session = {
    source,
    log,
    connectTimeoutMs: 5_000,
    keepAliveMs: 15_000,
    parameters: { application_name: 'dhakacart-migrate' },
  }
  const client = createClient(session, true, () => {})
  try {
    return await migrate({ sql: client.sql, log: say })
  } finally {
    await client.close()
    source.close()
  }
}

/** Opens a database for as long as something is done with it. */
export async function onDatabase<T>(
  settings: DatabaseSettings,
  log: FastifyBaseLogger,
  use: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(settings, log)
  try {
    return await use(database)
  } finally {
    await database.end(5_000)
  }
}
