import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { demoCatalogue } from '../demo/catalogue.ts'
import { seedCatalogue } from '../src/catalogue/seed.ts'
import { openCluster } from '../src/embedded/cluster.ts'
import { createLogger } from '../src/process/logger.ts'
import { migrateDatabase, onDatabase } from '../src/process/open-database.ts'
import { readDatabaseSettings } from '../src/settings/settings.ts'

/** The production server in a process of its own, on a durable PostgreSQL of its own with the demo catalogue. */
export interface BenchedShop {
  url: URL
  sql: Sql
  close(): Promise<void>
}

/**
 * Starts it. The load comes from 127.0.0.1, which the shop takes for its proxy: each shopper brings an address, so that every limit
 * stays on while it is measured.
 */
export async function startShop(say: (sentence: string) => void): Promise<BenchedShop> {
  const directory = await mkdtemp(join(tmpdir(), 'dhakacart-bench-'))
  // PostgreSQL's own user, where we are root, passes through.
  await chmod(directory, 0o711)
  const cluster = await openCluster({
    directory: join(directory, 'postgres'),
    log: say,
    binaries: process.env.POSTGRES_BIN,
  })
  const environment = {
    PATH: process.env.PATH,
    HOST: '127.0.0.1',
    PORT: '18380',
    OPERATIONS_PORT: '18381',
    DATABASE_URL: cluster.url,
    DATABASE_TLS: 'off',
    DRAIN_MS: '0',
    TRUST_PROXY: '127.0.0.1/32',
    JWT_KEYS: JSON.stringify({ active: 'bench', keys: { bench: randomBytes(32).toString('base64') } }),
  }
  const settings = readDatabaseSettings(environment)
  const log = createLogger('silent')
  await migrateDatabase(settings, log, () => {})
  await onDatabase(settings, log, (database) => seedCatalogue(database, demoCatalogue))
  const sql = postgres(cluster.url, { max: 2, onnotice: () => {} })
  // The shelf does not end within a measurement.
  await sql`update stock set on_hand = 1000000`
  const server = fork(new URL('../src/server.ts', import.meta.url), {
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const url = new URL(`http://127.0.0.1:${environment.PORT}`)
  await untilHealthy(url, server)
  return {
    url,
    sql,
    async close() {
      server.kill('SIGTERM')
      if (server.exitCode === null) await once(server, 'exit')
      await sql.end({ timeout: 5 })
      await cluster.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function untilHealthy(url: URL, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`The shop ended with ${server.exitCode} before it was open.`)
    const answer = await fetch(new URL('/health', url)).catch(() => undefined)
    if (answer?.ok) return
  }
}
