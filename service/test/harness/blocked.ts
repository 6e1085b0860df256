import type { Sql, TransactionSql } from 'postgres'
import { until } from './poll.ts'

/** Resolves when so many sessions of this test's database wait for a lock; for placing a rival exactly between two steps. */
export async function untilBlocked(sql: Sql, sessions: number): Promise<void> {
  await until(`${sessions} sessions wait for a lock`, async () => {
    const rows = await sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    return rows.length === sessions
  })
}

/** Holds what `lock` locks until the returned function is called. */
export async function holdLock(
  sql: Sql,
  lock: (sql: TransactionSql) => Promise<unknown>,
): Promise<() => Promise<void>> {
  const held = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const done = sql.begin(async (transaction) => {
    await lock(transaction)
    held.resolve()
    await released.promise
  })
  await Promise.race([held.promise, done])
  return async () => {
    released.resolve()
    await done
  }
}
