import type { FastifyBaseLogger } from 'fastify'
import type { Database } from './database/database.ts'
import type { ShopMetrics } from './operations/metrics.ts'
import type { Lifecycle } from './process/lifecycle.ts'
import type { Settings } from './settings/settings.ts'
import type { KeyRing } from './tokens/keys.ts'

/** What every part of the shop is built from: made once in server.ts (or by a test), handed on as an argument. */
export interface Shop {
  settings: Settings
  database: Database
  keys: KeyRing
  log: FastifyBaseLogger
  lifecycle: Lifecycle
  metrics: ShopMetrics
  /** The current value of a secret that may be replaced while the process runs; undefined when it is not set. */
  secret(name: 'paymentWebhookSecret' | 'outboxWebhookSecret' | 'redisUrl'): string | undefined
  /** Holds every answer against its schema: in development and in tests. */
  checksAnswers: boolean
}
