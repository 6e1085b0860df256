import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { lstat, readdir, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { openCluster } from '../../src/embedded/cluster.ts'
import { readLockFile } from '../../src/embedded/lock-file.ts'
import { markOf } from '../../src/embedded/processes.ts'
import { stopServer } from '../../src/embedded/server.ts'

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

const directoryName = /^dhakacart-test-(\d+)-/
const migrateFile = new URL('../../src/database/migrate.ts', import.meta.url)

/**
 * Makes a cluster for this process's tests under the system's temporary directory, with a migrated template in it.
 * `durable` waits for the disk at every commit, for tests that kill the server. The environment's POSTGRES_BIN picks another PostgreSQL.
 */
export async function openTestCluster({ durable = false } = {}): Promise<TestCluster> {
  const directory = join(tmpdir(), `dhakacart-test-${process.pid}-${randomBytes(6).toString('hex')}`)
  const binaries = process.env.POSTGRES_BIN
  const settings = { max_connections: '200' }
  const cluster = await openCluster({ directory, durable, settings, binaries, log: console.error })
  const close = async () => {
    await cluster.stop()
    await removeCluster(directory)
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

/** Stops and deletes the clusters of test runs that were killed: those named after a process that lives no more. */
export async function sweepTestClusters(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = directoryName.exec(name)?.[1]
    const directory = join(tmpdir(), name)
    const ours = (await lstat(directory).catch(() => undefined))?.uid === process.getuid?.()
    if (!pid || !ours || (await markOf(Number(pid)))) continue
    const left = await readLockFile(join(directory, 'data'))
    if (left) await stopServer(left.server)
    await removeCluster(directory)
  }
}

/** Deletes the directory, and what it links to when PostgreSQL's user could not reach it there. */
async function removeCluster(directory: string): Promise<void> {
  const place = await realpath(directory).catch(() => directory)
  await rm(place, { recursive: true, force: true })
  await rm(directory, { force: true, recursive: true })
}

async function makeTemplate(urlOf: (database: string) => string): Promise<string> {
  const template = 'dhakacart_template'
  const admin = postgres(urlOf('postgres'), { max: 1 })
  try {
    await admin`create database ${admin(template)} template template0`
    if (existsSync(migrateFile)) {
      const { migrate }: { migrate(options: { url: string }): Promise<unknown> } = await import(migrateFile.href)
      await migrate({ url: urlOf(template) })
    }
    // CREATE DATABASE refuses a template somebody is connected to, so nobody may connect: test processes copy it at the same time.
    await admin`alter database ${admin(template)} with is_template true allow_connections false`
    return template
  } finally {
    await admin.end()
  }
}
