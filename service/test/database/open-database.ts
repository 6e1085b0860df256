import type { Test } from 'tap'
import { type CredentialOptions, openConnectionSource } from '../../src/database/credentials.ts'
import { createDatabase, type Database, type DatabaseOptions } from '../../src/database/database.ts'
import type { DatabaseLog } from '../../src/database/log.ts'

/** What was logged, newest last. */
export interface RecordingLog extends DatabaseLog {
  lines: { level: string; message: string; details: object }[]
}

export function createLog(): RecordingLog {
  const lines: RecordingLog['lines'] = []
  const at = (level: string) => (details: object, message: string) => {
    lines.push({ level, message, details })
  }
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

type Options = Partial<Omit<DatabaseOptions, 'source'>> & { credentials?: Partial<CredentialOptions> }

/** The module under test on a database, for the time of a test. */
export async function openDatabase(t: Test, url: string, options: Options = {}): Promise<Database> {
  const { credentials, log = createLog(), ...rest } = options
  const source = await openConnectionSource({ url, auth: 'password', tls: 'off', log, ...credentials })
  const database = createDatabase({ source, log, ...rest })
  t.teardown(() => database.end(1_000))
  return database
}

/** The error that a promise rejects with; throws when it does not. */
export async function rejection<E extends Error>(
  promise: Promise<unknown>,
  type: new (...args: never[]) => E,
): Promise<E> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof type) return error
  throw new Error(`expected a ${type.name}`, { cause: error })
}
