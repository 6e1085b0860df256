import postgres from 'postgres'
import { migrate } from '../../src/database/migrate.ts'
import { openCluster } from '../../src/embedded/cluster.ts'
import { removeThrowAway, throwAwayDirectory } from './throw-away.ts'

/** What a test process must know of the cluster it makes its databases in; handed on as JSON in TEST_CLUSTER. */
export interface ClusterAddress {
  /** Database `postgres`, as superuser. */
  adminUrl: string
  /** A migrated database to copy. */
  template: string
}

/** A throw-away cluster. */
export interface TestCluster extends ClusterAddress {
  /** Such as `18.4`. */
  version: string
  /** Where the programs came from: the npm package or POSTGRES_BIN. */
  origin: string
  /** Stops it and deletes it. */
  close(): Promise<void>
}

/**
 * Makes a cluster for this process's tests under the system's temporary directory, with a migrated template in it.
 * `durable` waits for the disk at every commit, for tests that kill the server. The environment's POSTGRES_BIN picks another PostgreSQL.
 */
export async function openTestCluster({ durable = false } = {}): Promise<TestCluster> {
  const directory = throwAwayDirectory()
  const binaries = process.env.POSTGRES_BIN
  const settings = { max_connections: '200' }
  const cluster = await openCluster({ directory, durable, settings, binaries, log: console.error }).catch(
    async (error) => {
      await removeThrowAway(directory)
      throw error
    },
  )
  const close = async () => {
    await cluster.stop()
    await removeThrowAway(directory)
  }
  try {
    const template = await makeTemplate(cluster.urlOf)
    const origin = binaries ?? 'embedded, from npm'
    return { adminUrl: cluster.urlOf('postgres'), template, version: cluster.version, origin, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Who the service logs in as in tests: with the rights that it has where others own the schema, and no more. */
export const shopUser = { name: 'shop', password: 'shop' }

/** The same database, as the shop's user. */
export function asShop(url: string): string {
  const own = new URL(url)
  own.username = shopUser.name
  own.password = shopUser.password
  return own.href
}

async function makeTemplate(urlOf: (database: string) => string): Promise<string> {
  const template = 'dhakacart_template'
  const admin = postgres(urlOf('postgres'), { max: 1 })
  try {
    await admin.unsafe(`create role ${shopUser.name} login password '${shopUser.password}'`)
    await admin`create database ${admin(template)} template template0`
    const sql = postgres(urlOf(template), { max: 1, onnotice: () => undefined })
    await migrate({ sql, shopUser: shopUser.name })
    await sql.end()
    // CREATE DATABASE refuses a template somebody is connected to, so nobody may connect: test processes copy it at the same time.
    await admin`alter database ${admin(template)} with is_template true allow_connections false`
    return template
  } finally {
    await admin.end()
  }
}
