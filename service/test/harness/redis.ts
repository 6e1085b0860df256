import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { Redis } from 'ioredis'
import type { Test } from 'tap'
import { freePort } from '../../src/embedded/free-port.ts'

const program = findProgram(['valkey-server', 'redis-server'])

/** Why a test that needs Redis is skipped on this machine; false: it is not. No npm package carries a Redis. */
export const redisMissing: string | false = program
  ? false
  : 'neither valkey-server nor redis-server is on PATH (Debian: apt-get install redis-server)'

/** A Redis that nobody but this test uses. */
export interface TestRedis {
  url: string
  port: number
  /** A plain client for what a test asserts; it waits while Redis is frozen. */
  client: Redis
  /** Stops the process without ending it: connections stay, nothing answers. */
  freeze(): void
  thaw(): void
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>
}

export interface TlsFiles {
  /** Of the name localhost. */
  certificateFile: string
  keyFile: string
}

export interface TestRedisOptions {
  port?: number
  /** Files in PEM: the server then speaks TLS only. */
  tls?: TlsFiles
  password?: string
}

/** Starts a Redis on a free port of 127.0.0.1 that keeps nothing on disk; ended by process id with the test. */
export async function useRedis(t: Test, options: TestRedisOptions = {}): Promise<TestRedis> {
  const { tls, password, port = await freePort() } = options
  const directory = await mkdtemp(join(tmpdir(), 'dhakacart-redis-'))
  const plain = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', directory]
  const ports = tls
    ? ['--port', '0', '--tls-port', `${port}`, '--tls-cert-file', tls.certificateFile, '--tls-key-file', tls.keyFile]
    : ['--port', `${port}`]
  const clients = tls ? ['--tls-auth-clients', 'no'] : []
  const secret = password ? ['--requirepass', password] : []
  const server = spawn(program ?? 'redis-server', [...plain, ...ports, ...clients, ...secret], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const kill = () => end(server)
  t.teardown(async () => {
    client.disconnect()
    await kill()
    await rm(directory, { recursive: true, force: true })
  })
  const client = new Redis({
    host: '127.0.0.1',
    port,
    password,
    lazyConnect: true,
    tls: tls && { ca: readFileSync(tls.certificateFile), servername: 'localhost' },
  })
  client.on('error', (error) => t.comment(`the test's own client: ${error.message}`))
  await isReady(server)
  const credentials = password ? `:${encodeURIComponent(password)}@` : ''
  return {
    url: `${tls ? 'rediss' : 'redis'}://${credentials}127.0.0.1:${port}`,
    port,
    client,
    freeze: () => server.kill('SIGSTOP'),
    thaw: () => server.kill('SIGCONT'),
    kill,
  }
}

async function isReady(server: ChildProcess): Promise<void> {
  const lines: string[] = []
  for await (const line of createInterface({ input: server.stdout ?? process.stdin })) {
    lines.push(line)
    if (/Ready to accept connections/i.test(line)) return
  }
  throw new Error(`Redis did not start:\n${lines.join('\n')}`)
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = once(server, 'exit')
  server.kill('SIGKILL')
  await ended
}

function findProgram(names: string[]): string | undefined {
  const directories = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => directories.map((directory) => join(directory, name))).find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
