import type { FastifyBaseLogger } from 'fastify'
import { createClient } from '../database/client.ts'
import { type ConnectionSource, openConnectionSource } from '../database/credentials.ts'
import { createDatabase, type Database, DatabaseUnavailableError, type Statements } from '../database/database.ts'
import type { TokenSigner } from '../database/iam-token.ts'
import { masterSecret } from '../database/master-secret.ts'
import { migrate } from '../database/migrate.ts'
import { users as ownUsers, type Users } from '../database/users.ts'
import { waitForDatabase } from '../database/wait-for-database.ts'
import type { DatabaseSettings } from '../settings/settings.ts'
import { ensureUsers } from './database-users.ts'

/** The way to the database that the settings name. No connection is opened before the first call. */
export async function openDatabase(
  settings: DatabaseSettings,
  log: FastifyBaseLogger,
  signer?: TokenSigner,
): Promise<Database> {
  return createDatabase({
    source: await openSource(settings, log, signer),
    log,
    applicationName: 'dhakacart',
    statementsMax: settings.databaseStatementConnections,
    transactionsMax: settings.databaseTransactionConnections,
    queueMax: settings.databaseQueueMax,
    queueMaxAgeMs: settings.databaseQueueMaxAgeMs,
    deadlineMs: settings.databaseDeadlineMs,
  })
}

function openSource(
  settings: DatabaseSettings,
  log: FastifyBaseLogger,
  signer?: TokenSigner,
): Promise<ConnectionSource> {
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
    signer,
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

export interface MigrationOptions {
  /** Makes IAM tokens; the AWS SDK unless a test brings its own. */
  signer?: TokenSigner
  users?: Users
}

/**
 * Migrates the database that the settings name, on a connection of its own without the shop's time-outs. With DATABASE_MASTER_SECRET_ID
 * its users are made first if they are not there, and the shop's gets its rights.
 */
export async function migrateDatabase(
  settings: DatabaseSettings,
  log: FastifyBaseLogger,
  say: (sentence: string) => void,
  { signer, users = ownUsers }: MigrationOptions = {},
): Promise<number> {
  const { databaseMasterSecretId: secretId } = settings
  const reach = <T>(ask: (sql: Statements) => Promise<T>) =>
    onDatabase(
      settings,
      log,
      async (database) => {
        await reachDatabase(database, settings)
        return database.query(ask)
      },
      signer,
    )
  const source = await openSource(settings, log, signer)
  try {
    if (secretId) {
      const readMaster = await masterSecret(settings.awsRegion ?? '', secretId)
      await ensureUsers({ settings, log, say, users, readMaster, target: source.target(), asMigrator: reach })
    }
    await reach((sql) => sql`select`)
    return await migrateAt(source, log, say, secretId ? users.shop : undefined)
  } finally {
    source.close()
  }
}

async function migrateAt(
  source: ConnectionSource,
  log: FastifyBaseLogger,
  say: (sentence: string) => void,
  shopUser: string | undefined,
): Promise<number> {
  const session = {
    source,
    log,
    connectTimeoutMs: 5_000,
    keepAliveMs: 15_000,
    // Not those of the server either: an index on a large table takes longer than any. As texts, because postgres.js leaves out a number 0.
    parameters: {
      application_name: 'dhakacart-migrate',
      statement_timeout: '0',
      lock_timeout: '0',
      idle_in_transaction_session_timeout: '0',
    },
  }
  const client = createClient(session, true, () => {})
  try {
    return await migrate({ sql: client.sql, log: say, shopUser })
  } finally {
    await client.close()
  }
}

/** Opens a database for as long as something is done with it. */
export async function onDatabase<T>(
  settings: DatabaseSettings,
  log: FastifyBaseLogger,
  use: (database: Database) => Promise<T>,
  signer?: TokenSigner,
): Promise<T> {
  const database = await openDatabase(settings, log, signer)
  try {
    return await use(database)
  } finally {
    await database.end(5_000)
  }
}
