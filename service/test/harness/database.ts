import { randomBytes } from 'node:crypto'
import postgres, { type Sql } from 'postgres'
import root, { type Test } from 'tap'
import { type ClusterAddress, openTestCluster } from './test-cluster.ts'

/** A database that nobody but this test uses. */
export interface TestDatabase {
  url: string
  /** A plain client for what a test asserts; the service makes its own from `url`. */
  sql: Sql
}

let ownCluster: Promise<ClusterAddress> | undefined

/** A migrated database of its own for this test; dropped, with whatever is still connected, when the test ends. */
export async function useDatabase(t: Test): Promise<TestDatabase> {
  return makeDatabase(t, (cluster) => cluster.template)
}

/** The same without migrations: as empty as a new PostgreSQL gives it. */
export async function useEmptyDatabase(t: Test): Promise<TestDatabase> {
  return makeDatabase(t, () => 'template0')
}

/** The cluster of this run: what `npm test` opened, otherwise one for this file alone (`npx tap some.test.ts`). */
export async function useCluster(): Promise<ClusterAddress> {
  const given = process.env.TEST_CLUSTER
  if (given) return JSON.parse(given)
  ownCluster ??= openTestCluster().then((cluster) => {
    root.teardown(() => cluster.close())
    return cluster
  })
  return ownCluster
}

async function makeDatabase(t: Test, templateOf: (cluster: ClusterAddress) => string): Promise<TestDatabase> {
  const cluster = await useCluster()
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`
  await asAdmin(cluster, (admin) => admin`create database ${admin(name)} template ${admin(templateOf(cluster))}`)
  const url = new URL(cluster.adminUrl)
  url.pathname = `/${name}`
  const sql = postgres(url.href, { max: 5, onnotice: () => undefined })
  t.teardown(async () => {
    await sql.end({ timeout: 5 })
    await asAdmin(cluster, (admin) => admin`drop database ${admin(name)} with (force)`)
  })
  return { url: url.href, sql }
}

async function asAdmin(cluster: ClusterAddress, use: (admin: Sql) => Promise<unknown>): Promise<void> {
  const admin = postgres(cluster.adminUrl, { max: 1 })
  try {
    await use(admin)
  } finally {
    await admin.end({ timeout: 5 })
  }
}
