import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Postgrator from 'postgrator'
import type { ISql, ReservedSql, Sql } from 'postgres'
import postgres from 'postgres'

export interface MigrateOptions {
  /** The database, unless `sql` is given. */
  url?: string
  /** A client of at least one connection, which stays open. */
  sql?: Sql
  /** Where the files are. */
  directory?: string
  log?: (sentence: string) => void
  /** How long to wait for another migrator, in milliseconds. */
  lockTimeoutMs?: number
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
  const own = options.sql ? undefined : postgres(options.url ?? '', { max: 1, onnotice: () => {}, connect_timeout: 5 })
  const sql = options.sql ?? own
  if (!sql) throw new TypeError('migrate needs a url or a client.')
  const connection = await sql.reserve()
  try {
    await lock(connection, options.lockTimeoutMs ?? 60_000, options.log)
    try {
      await dropInvalidIndexes(connection, options.log)
      return await runFiles(connection, options)
    } finally {
      await connection`select pg_advisory_unlock(${migrationLock}::bigint)`
    }
  } finally {
    connection.release()
    await own?.end({ timeout: 5 })
  }
}

/**
 * Polls, because a session that waits in pg_advisory_lock holds a snapshot that CREATE INDEX CONCURRENTLY of the other
 * migrator waits for: PostgreSQL then ends one of them with "deadlock detected" (measured).
 */
async function lock(connection: ReservedSql, timeoutMs: number, log?: (sentence: string) => void): Promise<void> {
  const deadline = Date.now() + timeoutMs
  for (let attempt = 0; ; attempt++) {
    const [row] = await connection<{ held: boolean }[]>`select pg_try_advisory_lock(${migrationLock}::bigint) as held`
    if (row?.held) return
    if (attempt === 0) log?.('Another process is migrating this database: waiting for it.')
    if (Date.now() > deadline)
      throw new Error(`Another process has been migrating this database for ${timeoutMs / 1_000} s: see pg_locks.`)
    await wait(50 + Math.random() * 100)
  }
}

/** A CREATE INDEX CONCURRENTLY that failed leaves an index that is never used and stands in the way of the next attempt. */
async function dropInvalidIndexes(connection: ReservedSql, log?: (sentence: string) => void): Promise<void> {
  const indexes = await connection<{ name: string }[]>`
    select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
    where not i.indisvalid and c.relnamespace = current_schema()::regnamespace
      and not exists (select from pg_stat_progress_create_index p where p.index_relid = c.oid)`
  for (const { name } of indexes) {
    log?.(`Dropping the index ${name}, which an earlier attempt left invalid.`)
    await connection`drop index concurrently if exists ${connection(name)}`
  }
}

async function runFiles(
  connection: ReservedSql,
  { directory = migrationsDirectory, log }: MigrateOptions,
): Promise<number> {
  const postgrator = createPostgrator(connection, directory)
  postgrator.on('migration-finished', ({ version, name }) => log?.(`Migrated to ${version} (${name}).`))
  await postgrator.migrate()
  return postgrator.getDatabaseVersion()
}

function createPostgrator(connection: ReservedSql, directory: string): Postgrator {
  const execQuery = async (query: string) => ({ rows: [...(await connection.unsafe(query))] })
  return new TransactionalPostgrator(connection, {
    driver: 'pg',
    schemaTable: 'schema_version',
    migrationPattern: join(directory, '*.sql'),
    newline: 'LF',
    execQuery,
  })
}

/** Postgrator records a file after it ran, in a statement of its own: a crash in between would run the file twice. */
class TransactionalPostgrator extends Postgrator {
  readonly #connection: ReservedSql

  constructor(connection: ReservedSql, options: Postgrator.Options) {
    super(options)
    this.#connection = connection
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
        await this.#connection`begin`
        await this.#connection`set local lock_timeout = '2s'`
        await super.runMigrations([migration])
        await this.#connection`commit`
        return
      } catch (error) {
        await this.#connection`rollback`
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
