import postgres from 'postgres'
import type { Call } from './call.ts'
import type { Statements } from './handle.ts'

/** Runs one statement on the call's own connection. */
export async function runStatement<T>(call: Call, statement: (sql: Statements) => PromiseLike<T>): Promise<T> {
  try {
    return await statement(call.handle.statements)
  } catch (error) {
    if (raisedByDriver(error)) call.lease.client.destroy()
    throw error
  }
}

/**
 * postgres.js rejects over a value it cannot read or write, and over a BEGIN, before the server has finished its answer: the
 * connection is not fit for the next caller, and after the BEGIN must not be. It marks every error of a statement by its `query`.
 */
function raisedByDriver(error: unknown): boolean {
  return error instanceof Error && 'query' in error && !(error instanceof postgres.PostgresError)
}
