import type { FastifyBaseLogger } from 'fastify'
import { createClient } from './database/client.ts'
import { type ConnectionSource, openConnectionSource } from './database/credentials.ts'
import { createDatabase, type Database } from './database/database.ts'
import { migrate } from './database/migrate.ts'
import type { DatabaseSettings } from './settings.ts'

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

/** Migrates the database that the settings name, on a connection of its own without the shop's time-outs. */
export async function migrateDatabase(
  settings: DatabaseSettings,
  log: FastifyBaseLogger,
  say: (sentence: string) => void,
): Promise<number> {
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
