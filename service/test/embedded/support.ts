import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import postgres, { type Sql } from 'postgres'
import type { Test } from 'tap'
import { type Cluster, openCluster } from '../../src/embedded/cluster.ts'
import { removeThrowAway, throwAwayDirectory } from '../harness/throw-away.ts'

/** The PostgreSQL this run is about. */
export const binaries = process.env.POSTGRES_BIN

/** A directory for one cluster, deleted when the test ends. */
export function clusterDirectory(t: Test): string {
  const directory = throwAwayDirectory()
  t.teardown(() => removeThrowAway(directory))
  return directory
}

/** Opens a quick cluster, stopped when the test ends, and keeps what it said. */
export async function open(t: Test, directory: string): Promise<Cluster & { said: string[] }> {
  const said: string[] = []
  const cluster = await openCluster({ directory, durable: false, binaries, log: (sentence) => said.push(sentence) })
  t.teardown(() => cluster.stop())
  return { ...cluster, said }
}

/** Runs statements on a database and closes the connection again. */
export async function query<Result>(url: string, use: (sql: Sql) => Promise<Result>): Promise<Result> {
  const sql = postgres(url, { max: 1, connect_timeout: 5 })
  try {
    return await use(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** Another process that opened the cluster and holds it. */
export interface Holder {
  process: ChildProcess
  url: string
  /** What it was told by `log`. */
  said: string[]
  /** Kills it as the system would, without a chance to stop its database. */
  kill(): Promise<void>
  /** Has it stop its database and end. */
  stop(): Promise<void>
}

/** Opens a cluster in another process; `script` may be a copy of hold-cluster.ts that lies elsewhere. */
export async function holdElsewhere(
  t: Test,
  directory: string,
  script = holdScript,
  environment = {},
): Promise<Holder> {
  const env = { ...process.env, ...environment }
  const child = spawn(process.execPath, [script, directory], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await exit
  }
  t.teardown(() => end('SIGKILL'))
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    exit.then(([code]) => Promise.reject(new Error(`${script} ended with ${code}`))),
  ])
  return { process: child, kill: () => end('SIGKILL'), stop: () => end('SIGTERM'), ...JSON.parse(line) }
}

const holdScript = fileURLToPath(new URL('hold-cluster.ts', import.meta.url))
