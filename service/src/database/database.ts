import type { Sql, TransactionSql } from 'postgres'

/** The tagged template of the pool of single statements: nothing on it can open a transaction or reserve a connection. */
export type Statements = Omit<Sql, 'begin' | 'reserve' | 'listen' | 'subscribe' | 'end' | 'close'> &
  (<T extends readonly (object | undefined)[] = Record<string, unknown>[]>(
    template: TemplateStringsArray,
    ...parameters: readonly unknown[]
  ) => Promise<T>)

export interface CallOptions {
  /** How long the call may take, waiting for a connection included. */
  deadlineMs?: number
}

export interface PoolStats {
  size: number
  inUse: number
  waiting: number
  deadlines: number
  refusals: number
  replacements: number
}

export interface Database {
  /** One statement (autocommit) on the pool of single statements. */
  query<T>(statement: (sql: Statements) => PromiseLike<T>, options?: CallOptions): Promise<T>
  /** The statements of one transaction, on the pool that runs nothing else. */
  transaction<T>(body: (sql: TransactionSql) => Promise<T>, options?: CallOptions): Promise<T>
  stats(): { statements: PoolStats; transactions: PoolStats }
  /** Takes no more calls, waits for those under way at most so long, closes. */
  end(timeoutMs: number): Promise<void>
}

/** The database could not do the work in time, or cannot be reached: come back later. */
export class DatabaseUnavailableError extends Error {
  readonly reason: 'queue_full' | 'queue_timeout' | 'deadline' | 'connection' | 'closed'
  readonly retryAfterSeconds: number

  constructor(
    reason: DatabaseUnavailableError['reason'],
    options: { retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(`The database is unavailable (${reason}).`, { cause: options.cause })
    this.name = 'DatabaseUnavailableError'
    this.reason = reason
    this.retryAfterSeconds = options.retryAfterSeconds ?? 1
  }
}
