import { setTimeout as delay } from 'node:timers/promises'
import type { TransactionSql } from 'postgres'
import type { Call } from './call.ts'
import { isRolledBackConflict } from './errors.ts'

const retries = 2

/**
 * Runs `body` between BEGIN and COMMIT on the call's own connection. What ends in a deadlock or a serialization failure was
 * certainly rolled back, and is tried again, at most twice.
 *
 * Not by `sql.begin`: when a connection dies under it, it writes its ROLLBACK to a socket that is gone and ends the process by a
 * TypeError; and it acknowledges a transaction whose body swallowed an error only if that error came through its own template.
 */
export async function runTransaction<T>(
  call: Call,
  begin: string,
  body: (sql: TransactionSql) => Promise<T>,
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await once(call, begin, body)
    } catch (error) {
      if (!isRolledBackConflict(error) || attempt === retries || call.lease.client.dead) throw error
      call.check()
      // Apart from each other, or the same two would meet again.
      await delay(Math.random() * 20 * (attempt + 1))
    }
  }
}

async function once<T>(call: Call, begin: string, body: (sql: TransactionSql) => Promise<T>): Promise<T> {
  const { handle } = call
  await handle.control(begin)
  let result: T
  try {
    result = await body(handle.transaction)
    // The caller has been told that it failed: it must not commit behind their back.
    call.check()
  } catch (error) {
    await rollback(call)
    throw error
  }
  const end = await handle.control('commit')
  // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK, and with no error.
  if (end.command !== 'COMMIT') {
    throw new Error('the transaction was rolled back: one of its statements failed and its body went on regardless')
  }
  return result
}

async function rollback({ handle, lease }: Call): Promise<void> {
  if (lease.client.dead) return
  // The error that led here is the one to tell; a connection that cannot roll back ends, and the server rolls back for it.
  await handle.control('rollback').catch(() => lease.client.destroy())
}
