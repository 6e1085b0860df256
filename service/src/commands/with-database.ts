import type { FastifyBaseLogger } from 'fastify'
import type { Database } from '../database/database.ts'
import { openDevelopmentCluster } from '../embedded/development-cluster.ts'
import { createLogger } from '../process/logger.ts'
import { migrateDatabase, onDatabase, reachDatabase } from '../process/open-database.ts'
import { type DatabaseSettings, readDatabaseSettings } from '../settings/settings.ts'

export interface CommandContext {
  database: Database
  settings: DatabaseSettings
  log: FastifyBaseLogger
}

/** Says a sentence to the person at the terminal. */
export const say = (sentence: string): void => console.error(sentence)

/**
 * Runs a command on the database that the environment names, or else on the embedded one, which is opened, migrated and
 * stopped again for it.
 */
export async function withDatabase(
  environment: NodeJS.ProcessEnv,
  run: (context: CommandContext) => Promise<void>,
): Promise<void> {
  if (environment.DATABASE_URL || environment.DATABASE_URL_FILE) return runOn(environment, run)
  const cluster = await openDevelopmentCluster(environment, say)
  try {
    const own = { ...environment, DATABASE_URL: cluster.url, DATABASE_TLS: 'off' }
    await migrateDatabase(readDatabaseSettings(own), createLogger('silent'), say)
    await runOn(own, run)
  } finally {
    await cluster.stop()
  }
}

async function runOn(environment: NodeJS.ProcessEnv, run: (context: CommandContext) => Promise<void>): Promise<void> {
  const settings = readDatabaseSettings(environment)
  const log = createLogger('silent')
  await onDatabase(settings, log, async (database) => {
    await reachDatabase(database, settings)
    await run({ database, settings, log })
  })
}

/** Runs a command's main function: what it throws becomes one sentence and exit code 1. */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  try {
    await main()
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
