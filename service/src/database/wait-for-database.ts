import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from './database.ts'
import { codeOf, DatabaseRefusedError, DatabaseUnavailableError } from './errors.ts'

// What the server refuses us for, and the setting to look at.
const refusals: Record<string, string> = {
  '28P01': 'look at the user and password of DATABASE_URL, DATABASE_PASSWORD and DATABASE_AUTH',
  '28000': 'look at the user of DATABASE_URL, and at DATABASE_TLS and DATABASE_AUTH',
  '3D000': 'look at the database of DATABASE_URL',
  TLS_NOT_OFFERED: 'DATABASE_TLS must be off for this server, or the server must be given a certificate',
  TLS_REFUSED: 'look at DATABASE_CA_FILE and at the host of DATABASE_URL',
}

/**
 * Waits for a database that cannot be reached, for a start or a migration. Rejects with DatabaseUnavailableError when it still
 * cannot after `timeoutMs`, and with DatabaseRefusedError at once when it was reached and waiting would not help.
 */
export async function waitForDatabase(database: Database, { timeoutMs }: { timeoutMs: number }): Promise<void> {
  const giveUpAt = performance.now() + timeoutMs
  for (;;) {
    try {
      await database.query((sql) => sql`select 1`)
      return
    } catch (error) {
      if (!(error instanceof DatabaseUnavailableError) || error.reason === 'closed') throw error
      const advice = refusals[codeOf(error.cause) ?? '']
      if (advice) throw new DatabaseRefusedError(`${error.message}: ${advice}`, error.cause)
      if (performance.now() >= giveUpAt) throw error
    }
    await delay(100)
  }
}
