import { randomBytes } from 'node:crypto'
import type { Sql } from 'postgres'
import type { Test } from 'tap'
import { createLogger } from '../../src/process/logger.ts'
import { addressOf, openShop, type RunningShop } from '../../src/process/run-shop.ts'
import { readSettings } from '../../src/settings/settings.ts'
import { useDatabase } from './database.ts'
import { asShop } from './test-cluster.ts'

export interface TestShopOptions {
  /** Settings beside those below, by their name in the environment. */
  settings?: Record<string, string>
  /** Listens on a free port of 127.0.0.1; otherwise requests come by `app.inject`. */
  listen?: boolean
  /** Another process of a shop that exists already: the same database and keys. */
  beside?: TestShop
  /** Collects the lines of the log. */
  logLines?: string[]
}

export interface TestShop extends RunningShop {
  /** A plain client for what a test asserts. */
  sql: Sql
  databaseUrl: string
  /** Where it listens, with `listen`. */
  url: string
  environment: Record<string, string>
}

/** A whole shop on a database of its own, every answer held against its schema; closed when the test ends. */
export async function useShop(t: Test, options: TestShopOptions = {}): Promise<TestShop> {
  const { sql, url: databaseUrl } = options.beside
    ? { sql: options.beside.sql, url: options.beside.databaseUrl }
    : await useDatabase(t)
  const environment = { ...(options.beside?.environment ?? testEnvironment(databaseUrl)), ...options.settings }
  const lines = options.logLines
  const log = createLogger(lines ? 'info' : 'silent', { write: (line) => lines?.push(line) })
  const running = await openShop({ settings: readSettings(environment), log, checksAnswers: true })
  t.teardown(async () => {
    await Promise.all(running.workers.map((worker) => worker.stop()))
    await running.app.close()
    await running.close()
  })
  if (options.listen) await running.app.listen({ host: '127.0.0.1', port: 0 })
  else await running.app.ready()
  running.shop.lifecycle.enter('ready')
  return { ...running, sql, databaseUrl, url: options.listen ? addressOf(running.app) : '', environment }
}

function testEnvironment(databaseUrl: string): Record<string, string> {
  return {
    HOST: '127.0.0.1',
    PORT: '0',
    OPERATIONS_PORT: '0',
    DATABASE_URL: asShop(databaseUrl),
    DATABASE_TLS: 'off',
    JWT_KEYS: JSON.stringify({ active: 'test', keys: { test: randomBytes(32).toString('base64') } }),
    PAYMENT_LOCAL: 'on',
    PAYMENT_WEBHOOK_SECRET: randomBytes(32).toString('base64url'),
    API_DOCS: 'on',
    DRAIN_MS: '0',
  }
}
