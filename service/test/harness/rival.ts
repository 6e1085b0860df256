import type { ReservedSql, Sql } from 'postgres'
import type { Test } from 'tap'
import type { Database } from '../../src/database/database.ts'
import { until } from './poll.ts'

/** A transaction that stays open between two steps of somebody else, until the test ends it. */
export interface Rival {
  sql: ReservedSql
  /** The same transaction, for functions that take the shop's database. */
  database: Pick<Database, 'query'>
  commit(): Promise<void>
  rollback(): Promise<void>
}

/** Opens a rival's transaction; what is still open when the test ends is rolled back. */
export async function openRival(t: Test, sql: Sql): Promise<Rival> {
  const connection = await sql.reserve()
  let open = true
  async function end(how: 'commit' | 'rollback'): Promise<void> {
    if (!open) return
    open = false
    await (how === 'commit' ? connection`commit` : connection`rollback`)
    connection.release()
  }
  await connection`begin`
  t.teardown(() => end('rollback'))
  return {
    sql: connection,
    database: { query: async (statement) => statement(connection as never) },
    commit: () => end('commit'),
    rollback: () => end('rollback'),
  }
}

/** Waits until as many of the shop's connections wait for a lock in a statement like this. */
export async function untilBlocked(sql: Sql, like: string, count = 1): Promise<void> {
  await until(`${count} calls of ${like} wait for a lock`, async () => {
    const rows = await sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like ${`%${like}%`}`
    return rows.length >= count
  })
}

/** Waits until a connection of the shop has run a statement like this, and rests. */
export async function untilRan(sql: Sql, like: string): Promise<void> {
  await until(`${like} has run`, async () => {
    const rows = await sql`select from pg_stat_activity
      where datname = current_database() and application_name = 'dhakacart' and state = 'idle' and query like ${`%${like}%`}`
    return rows.length > 0
  })
}
