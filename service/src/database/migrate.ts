import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Postgrator from 'postgrator'
import type { ISql, Sql } from 'postgres'
import { giveRights, promiseRights } from './rights.ts'

export interface MigrateOptions {
  /**
   * A client of exactly one connection that is never opened again (database/client.ts): the lock is the session's, so a
   * connection that came back by itself would go on without it.
   */
  sql: Sql
  /** Where the files are. */
  directory?: string
  log?: (sentence: string) => void
  /** How long to wait for another migrator, in milliseconds. */
  lockTimeoutMs?: number
  /** Another user, who is given rights on what is made (rights.ts). */
  shopUser?: string
}

/** The migrations of this version of the service. */
export const migrationsDirectory = join(import.meta.dirname, '../../migrations')

/** Of all advisory locks of the database, the one that migrators hold: "dhakacar" in ASCII. */
const migrationLock = '7235139915193999730'
const noTransaction = /^-- no transaction\b/
const lockAttempts = 5

/**
 * Brings the schema up to the newest file, one migrator at a time. Each file and the row that records it are one transaction,
 * but for a file whose first line is `-- no transaction`: it holds one statement (CREATE INDEX CONCURRENTLY, say).
 * @returns the version that the schema has now.
 * @throws when a file fails (nothing of it is left), was changed after it ran, or another migrator holds the lock for too long.
 */
export async function migrate(options: MigrateOptions): Promise<number> {
  const { sql, log, shopUser } = options
  return withMigrationLock(options, async () => {
    await dropInvalidIndexes(sql, log)
    if (shopUser === undefined) return runFiles(options)
    await promiseRights(sql, shopUser)
    const version = await runFiles(options)
    await giveRights(sql, shopUser)
    return version
  })
}

/** Does something while no other migrator does anything. */
export async function withMigrationLock<T>(
  { sql, log, lockTimeoutMs = 60_000 }: Pick<MigrateOptions, 'sql' | 'log' | 'lockTimeoutMs'>,
  body: () => Promise<T>,
): Promise<T> {
  await lock(sql, lockTimeoutMs, log)
  try {
    return await body()
  } finally {
    await sql`select pg_advisory_unlock(${migrationLock}::bigint)`
  }
}

/**
 * Polls, because a session that waits in pg_advisory_lock holds a snapshot that CREATE INDEX CONCURRENTLY of the other
 * migrator waits for: PostgreSQL then ends one of them with "deadlock detected" (measured).
 */
async function lock(sql: Sql, timeoutMs: number, log?: (sentence: string) => void): Promise<void> {
  const deadline = Date.now() + timeoutMs
  for (let attempt = 0; ; attempt++) {
    const [row] = await sql<{ held: boolean }[]>`select pg_try_advisory_lock(${migrationLock}::bigint) as held`
    if (row?.held) return
    if (attempt === 0) log?.('Another process is migrating this database: waiting for it.')
    if (Date.now() > deadline)
      throw new Error(`Another process has been migrating this database for ${timeoutMs / 1_000} s: see pg_locks.`)
    await wait(50 + Math.random() * 100)
  }
}

/** A CREATE INDEX CONCURRENTLY that failed leaves an index that is never used and stands in the way of the next attempt. */
async function dropInvalidIndexes(sql: Sql, log?: (sentence: string) => void): Promise<void> {
  const indexes = await sql<{ name: string }[]>`
    select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
    where not i.indisvalid and c.relnamespace = current_schema()::regnamespace
      and not exists (select from pg_stat_progress_create_index p where p.index_relid = c.oid)`
  for (const { name } of indexes) {
    log?.(`Dropping the index ${name}, which an earlier attempt left invalid.`)
    await sql`drop index concurrently if exists ${sql(name)}`
  }
}

async function runFiles({ sql, directory = migrationsDirectory, log }: MigrateOptions): Promise<number> {
  const postgrator = createPostgrator(sql, directory)
  postgrator.on('migration-finished', ({ version, name }) => log?.(`Migrated to ${version} (${name}).`))
  await postgrator.migrate()
  return postgrator.getDatabaseVersion()
}

function createPostgrator(sql: Sql, directory: string): Postgrator {
  const execQuery = async (query: string) => ({ rows: [...(await sql.unsafe(query))] })
  return new TransactionalPostgrator(sql, {
    driver: 'pg',
    schemaTable: 'schema_version',
    migrationPattern: join(directory, '*.sql'),
    newline: 'LF',
    execQuery,
  })
}

/** Postgrator records a file after it ran, in a statement of its own: a crash in between would run the file twice. */
class TransactionalPostgrator extends Postgrator {
  readonly #sql: Sql

  constructor(sql: Sql, options: Postgrator.Options) {
    super(options)
    this.#sql = sql
  }

  override async runMigrations(migrations: Postgrator.Migration[] = []): Promise<Postgrator.Migration[]> {
    for (const migration of migrations) {
      try {
        await this.#runOne(migration)
      } catch (error) {
        throw new Error(`The migration ${migration.version} (${migration.name}) failed: ${(error as Error).message}`, {
          cause: error,
        })
      }
    }
    return migrations
  }

  async #runOne(migration: Postgrator.Migration): Promise<void> {
    if (noTransaction.test(readFileSync(migration.filename, 'utf8'))) {
      await super.runMigrations([migration])
      return
    }
    // A migration that waits for a lock makes everybody who comes later wait behind it: it gives up, and tries again.
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#sql`begin`
        await this.#sql`set local lock_timeout = '2s'`
        await super.runMigrations([migration])
        await this.#sql`commit`
        return
      } catch (error) {
        await this.#sql`rollback`
        if ((error as { code?: string }).code !== '55P03' || attempt === lockAttempts) throw error
      }
    }
  }
}

/** The newest version among the files. */
export async function newestVersion(directory = migrationsDirectory): Promise<number> {
  const postgrator = new Postgrator({ driver: 'pg', migrationPattern: join(directory, '*.sql') })
  return postgrator.getMaxVersion()
}

/** The version that the schema of a database has; 0 when it was never migrated. */
export async function schemaVersion(sql: ISql): Promise<number> {
  const [exists] = await sql<{ table: string | null }[]>`select to_regclass('schema_version')::text as table`
  if (!exists?.table) return 0
  const [row] = await sql<{ version: string }[]>`select max(version) as version from schema_version`
  return Number(row?.version ?? 0)
}
