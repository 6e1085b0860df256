import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { findBinaries } from './binaries.ts'
import { clusterUser, initialise } from './initialise.ts'
import { clusterPlace } from './place.ts'
import { claimDirectory } from './process-owner.ts'
import { whomToRunAs } from './run-as.ts'
import { findSurvivor, type Server, startServer, stopServer } from './server.ts'

export interface OpenClusterOptions {
  /** Where the cluster lives, such as `.data/postgres`; made when it is new. */
  directory: string
  /** Told in whole sentences what a person should know: data or programs kept elsewhere, a server adopted. */
  log: (sentence: string) => void
  /** False for a throw-away cluster: quicker, and nothing survives a crash of the machine. Default true. */
  durable?: boolean
  /** The setting POSTGRES_BIN: the bin directory of another PostgreSQL than the one from npm. */
  binaries?: string
  /** Further settings of the server, such as `{ max_connections: '200' }`; not applied to a server that was adopted. */
  settings?: Record<string, string>
}

export interface Cluster {
  /** The shop's database, user and password included. */
  url: string
  /** The same for another database of this cluster. */
  urlOf(database: string): string
  port: number
  /** Such as `18.4`. */
  version: string
  /** The real directory, which is not the one asked for when PostgreSQL's user could not reach that. */
  directory: string
  /** True when the server of an earlier run, which was killed, was found alive and taken over. */
  adopted: boolean
  /** Stops the server and gives the directory back; the second call waits for the first. */
  stop(): Promise<void>
}

const shopDatabase = 'dhakacart'

/**
 * Opens a PostgreSQL of our own: made when it is new, started or adopted, listening on 127.0.0.1 only, with the shop's database in it.
 * One live process may hold a directory at a time. Throws one sentence that says what to do otherwise, and leaves nothing running.
 */
export async function openCluster(options: OpenClusterOptions): Promise<Cluster> {
  const { directory, log, durable = true, settings = {} } = options
  const runAs = await whomToRunAs(join(directory, 'data'))
  const binaries = await findBinaries({ override: options.binaries, runAs, log })
  const place = await clusterPlace(directory, runAs, log)
  const ownership = await claimDirectory(place)
  let server: Server | undefined
  try {
    const password = await initialise({ place, binaries, runAs, durable })
    const survivor = await findSurvivor(join(place, 'data'))
    const urlAt = (port: number, database: string) =>
      `postgres://${clusterUser}:${password}@127.0.0.1:${port}/${database}`
    if (survivor) {
      await checkSurvivor(survivor, urlAt(survivor.port, 'postgres'), place)
      log(`The database of an earlier run was still up (process ${survivor.process.pid}) and is used again.`)
    }
    server = survivor ?? (await startServer({ place, binaries, runAs, durable, settings }))
    const { process, port } = server
    await createShopDatabase(urlAt(port, 'postgres'))
    let stopping: Promise<void> | undefined
    return {
      url: urlAt(port, shopDatabase),
      urlOf: (database) => urlAt(port, database),
      port,
      version: binaries.version,
      directory: place,
      adopted: survivor !== undefined,
      stop: () => (stopping ??= stopServer(process).finally(() => ownership.release())),
    }
  } catch (error) {
    if (server) await stopServer(server.process)
    await ownership.release()
    throw error
  }
}

/** A server that opens to our password and serves these very data is ours, whoever started it. */
async function checkSurvivor({ process, port }: Server, url: string, place: string): Promise<void> {
  const data = await realpath(join(place, 'data'))
  const served = await withClient(url, async (sql) => {
    const [row] = await sql<{ directory: string }[]>`select current_setting('data_directory') as directory`
    return realpath(row?.directory ?? '')
  }).catch((error) => `nothing we can open (${error.message})`)
  if (served === data) return
  throw new Error(
    `Process ${process.pid} looks like the PostgreSQL an earlier run left in ${data}, but port ${port} serves ${served}: stop it (kill -INT ${process.pid}) and start again.`,
  )
}

async function createShopDatabase(url: string): Promise<void> {
  await withClient(url, async (sql) => {
    const found = await sql`select from pg_database where datname = ${shopDatabase}`
    if (found.length === 0) await sql`create database ${sql(shopDatabase)}`
  })
}

async function withClient<Result>(url: string, use: (sql: Sql) => Promise<Result>): Promise<Result> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined })
  try {
    return await use(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
