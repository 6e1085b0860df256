import type { TransactionSql } from 'postgres'
import { type CallLimits, runCall } from './call.ts'
import type { SessionOptions } from './client.ts'
import type { ConnectionSource } from './credentials.ts'
import type { Statements } from './handle.ts'
import type { DatabaseLog } from './log.ts'
import { createPool, type PoolStats } from './pool.ts'
import { runStatement } from './statement.ts'
import { runTransaction } from './transaction.ts'

export { DatabaseRefusedError, DatabaseUnavailableError } from './errors.ts'
export type { PoolStats, Statements }

export interface CallOptions {
  /** Instead of the database's own; the wait in the queue counts. */
  deadlineMs?: number
}

/** The shop's way to PostgreSQL. Everything rejects with DatabaseUnavailableError while the database is away or too busy. */
export interface Database {
  /**
   * One statement, which commits by itself. A deadline above the database's own does not lift the server's statement_timeout.
   * When the connection is lost or the deadline passes, a write may have happened nevertheless.
   */
  query<T>(statement: (sql: Statements) => PromiseLike<T>, options?: CallOptions): Promise<T>
  /**
   * The statements of one transaction. `body` may run up to three times: after a deadlock or a serialization failure it was
   * certainly rolled back and is tried again. When the connection is lost or the deadline passes during COMMIT, the outcome is
   * unknown; when the deadline passes before, it is rolled back.
   */
  transaction<T>(body: (sql: TransactionSql) => Promise<T>, options?: CallOptions): Promise<T>
  /** Sizes now, and counts since the start: for metrics. */
  stats(): { statements: PoolStats; transactions: PoolStats }
  /** Takes no more calls, waits for those accepted at most `timeoutMs`, closes. */
  end(timeoutMs: number): Promise<void>
}

export interface DatabaseOptions {
  source: ConnectionSource
  log: DatabaseLog
  applicationName?: string
  /** Connections for single statements, and for transactions. */
  statementsMax?: number
  transactionsMax?: number
  /** Callers that may wait for a connection, in each pool, and how long. */
  queueMax?: number
  queueMaxAgeMs?: number
  /** How long a call may take, the wait included. */
  deadlineMs?: number
  /** How long after its deadline a statement may still be answered before its connection counts as dead. */
  graceMs?: number
  /** How long a statement may wait for a lock. */
  lockTimeoutMs?: number
  connectTimeoutMs?: number
  keepAliveMs?: number
  idleTimeoutMs?: number
  maxLifetimeMs?: number
}

/**
 * Two pools: one for single statements, one for transactions (postgres.js #1189: on one pool a write that was acknowledged can be
 * rolled back with a stranger's transaction). No connection is opened before the first call.
 */
export function createDatabase(options: DatabaseOptions): Database {
  const { source, log, statementsMax = 10, transactionsMax = 4, deadlineMs = 5_000, graceMs = 1_000 } = options
  // The server gives up first, so that in the ordinary case nothing needs to be cancelled.
  const statementTimeoutMs = Math.ceil(deadlineMs * 0.9)
  const session: SessionOptions = {
    source,
    log,
    connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
    keepAliveMs: options.keepAliveMs ?? 15_000,
    parameters: {
      application_name: options.applicationName ?? 'dhakacart',
      statement_timeout: statementTimeoutMs,
      lock_timeout: options.lockTimeoutMs ?? Math.ceil(deadlineMs * 0.4),
      // Beyond any deadline: the last resort when this process is frozen between two statements and holds locks.
      idle_in_transaction_session_timeout: deadlineMs * 2,
    },
  }
  const shared = {
    session,
    queueMax: options.queueMax ?? 100,
    queueMaxAgeMs: options.queueMaxAgeMs ?? 1_000,
    idleTimeoutMs: options.idleTimeoutMs ?? 60_000,
    maxLifetimeMs: options.maxLifetimeMs ?? 600_000,
  }
  const statements = createPool({ ...shared, name: 'statements', permits: statementsMax, exclusive: false })
  const transactions = createPool({ ...shared, name: 'transactions', permits: transactionsMax, exclusive: true })

  // A dead connection, a failover, other credentials: what is true of one pool's server is true of the other's.
  function replaceAll(why: string): void {
    statements.replace(why)
    transactions.replace(why)
  }

  source.onChange(() => replaceAll('the credentials name another server, database or user'))

  function limits(call: CallOptions | undefined): CallLimits {
    return { deadlineMs: call?.deadlineMs ?? deadlineMs, graceMs, log, onSuspect: replaceAll }
  }

  return {
    query: (statement, call) => runCall(statements, limits(call), (running) => runStatement(running, statement)),
    transaction(body, call) {
      const own = limits(call)
      const begin =
        own.deadlineMs > deadlineMs
          ? `begin; set local statement_timeout = ${Math.ceil(own.deadlineMs * 0.9)}`
          : 'begin'
      return runCall(transactions, own, (running) => runTransaction(running, begin, body))
    },
    stats: () => ({ statements: statements.stats(), transactions: transactions.stats() }),
    async end(timeoutMs) {
      await Promise.all([statements.end(timeoutMs), transactions.end(timeoutMs)])
      source.close()
    },
  }
}
