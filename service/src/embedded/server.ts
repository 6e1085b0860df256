import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { spawnOptions } from './commands.ts'
import { freePort } from './free-port.ts'
import { disarmLockFile, readLockFile } from './lock-file.ts'
import { isAlive, type ProcessMark } from './processes.ts'
import type { RunAs } from './run-as.ts'

/** A PostgreSQL that takes connections. */
export interface Server {
  process: ProcessMark
  port: number
}

export interface ServerOptions {
  /** The cluster's real directory, with `data` in it. */
  place: string
  binaries: Binaries
  runAs: RunAs | undefined
  /** False gives up what a crash of the machine could take, for data that are thrown away. */
  durable: boolean
  /** Further settings of PostgreSQL, by name. */
  settings: Record<string, string>
}

const pollMs = 20
// Recovery after a crash replays the log first, and a cold disk is slow; beyond this someone should look.
const readyMs = 60_000
const fastStopMs = 20_000
const immediateStopMs = 5_000
const startAttempts = 10
const retryMs = 100
// A port taken between our look and the server's bind; children of a killed server that have not noticed its death yet.
const passing = /could not bind|could not create any TCP\/IP sockets|pre-existing shared memory block/

/**
 * The live server that an earlier run left behind, once it is ready; undefined when there is none (any more).
 * Throws, naming its pid, when it neither becomes ready nor goes away.
 */
export async function findSurvivor(data: string): Promise<Server | undefined> {
  const deadline = Date.now() + readyMs
  for (;;) {
    const lock = await readLockFile(data)
    if (!lock) return undefined
    if (lock.ready && lock.port) return { process: lock.server, port: lock.port }
    if (Date.now() > deadline) {
      throw new Error(
        `Process ${lock.server.pid}, the PostgreSQL an earlier run left in ${data}, has been neither up nor gone for ${readyMs / 1000} s: stop it (kill -QUIT ${lock.server.pid}) and start again.`,
      )
    }
    await wait(pollMs)
  }
}

/** Starts a server in a session of its own, on a free port of 127.0.0.1. Throws with the end of its log when it does not come up. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const log = join(options.place, 'postgres.log')
  await disarmLockFile(join(options.place, 'data'))
  // The last words of a server that died are worth one more run.
  await rename(log, `${log}.previous`).catch((error) => {
    if (error.code !== 'ENOENT') throw error
  })
  for (let attempt = 1; ; attempt++) {
    const outcome = await launch(options, await freePort(), log)
    if (typeof outcome !== 'string') return outcome
    const tail = (await readFile(log, 'utf8')).slice(-2000)
    if (attempt === startAttempts || !passing.test(tail)) {
      throw new Error(`PostgreSQL in ${options.place} ${outcome}; the end of its log, ${log}:\n${tail}`)
    }
    await wait(retryMs)
  }
}

/** Starts once: the server, or how that failed. */
async function launch(options: ServerOptions, port: number, log: string): Promise<Server | string> {
  const data = join(options.place, 'data')
  const output = await open(log, 'w', 0o600)
  // Detached, so that Ctrl-C in the terminal does not stop the database under a service that is still draining.
  const child = spawn(join(options.binaries.directory, 'postgres'), serverArguments(options, data, port), {
    ...spawnOptions(options.runAs),
    detached: true,
    stdio: ['ignore', output.fd, output.fd],
  })
  let ended: string | undefined
  once(child, 'exit').then(
    ([code, signal]) => {
      ended = `ended with ${signal ?? `code ${code}`} instead of starting`
    },
    (error) => {
      ended = `could not be started (${error.message})`
    },
  )
  await output.close()
  const deadline = Date.now() + readyMs
  while (ended === undefined && Date.now() < deadline) {
    const lock = await readLockFile(data)
    if (lock?.ready && lock.server.pid === child.pid) {
      child.unref()
      return { process: lock.server, port }
    }
    await wait(pollMs)
  }
  if (ended === undefined) child.kill('SIGQUIT')
  return ended ?? `was not ready after ${readyMs / 1000} s`
}

function serverArguments({ durable, settings }: ServerOptions, data: string, port: number): string[] {
  const all: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...settings,
  }
  return ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

/**
 * Stops a server: fast (open transactions are rolled back), and when that takes too long at once, with recovery left to the next start.
 * Throws, naming the pid, when it lives on.
 */
export async function stopServer(server: ProcessMark): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGINT', fastStopMs],
    ['SIGQUIT', immediateStopMs],
  ] as const) {
    const deadline = Date.now() + patienceMs
    if (await isAlive(server)) send(server.pid, signal)
    while (await isAlive(server)) {
      if (Date.now() > deadline) break
      await wait(pollMs)
    }
    if (!(await isAlive(server))) return
  }
  throw new Error(`PostgreSQL (process ${server.pid}) did not stop: stop it by hand (kill -QUIT ${server.pid}).`)
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // It may end between our look and our signal.
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ESRCH') throw error
  }
}
