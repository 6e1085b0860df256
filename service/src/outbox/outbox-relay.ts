import { createRepeater, type Worker } from '../process/repeater.ts'
import type { Shop } from '../shop.ts'
import { type Delivery, deliverToLog, deliverToWebhook } from './deliveries.ts'
import { type ClaimedEvent, claimEvents, markDelivered, markFailed } from './outbox-store.ts'

export interface RelayOptions {
  /** Events in hand at once. */
  batch?: number
  /** How long nobody else is given the events in hand; longer than their deliveries can take. */
  leaseMs?: number
  /** Of the last resort: an event that failed so often is dead, and waits for a person. */
  attemptsMax?: number
  /** The first wait after a failure; it doubles with each further one. */
  backOffMs?: number
  backOffMaxMs?: number
  /** Where events go, instead of where the settings say. */
  deliver?: Delivery
}

export interface OutboxRelay extends Worker {
  /** Delivers one batch of what is due. @returns how many events it had in hand. */
  runOnce(): Promise<number>
}

const webhookTimeoutMs = 5_000

/**
 * Brings the events of the outbox to the world, each at least once, in any number of processes.
 *
 *   due ──claim──▶ in hand, until the lease ends ──arrived──▶ delivered
 *    ▲                       │
 *    ├──── lease over ───────┤ (its process died)
 *    └──── back-off ─────────┴──failed too often──▶ dead
 *
 * The claim is one statement; no connection and no transaction waits for the network.
 */
export function createOutboxRelay(
  shop: Pick<Shop, 'database' | 'log' | 'settings' | 'secret'>,
  options: RelayOptions = {},
): OutboxRelay {
  const { database, log, settings } = shop
  const { batch = 20, leaseMs = 30_000, attemptsMax = 12, backOffMs = 1_000, backOffMaxMs = 600_000 } = options
  const deliver = options.deliver ?? deliveryOf(shop)

  async function handOn(event: ClaimedEvent): Promise<number | undefined> {
    try {
      await deliver(event)
      return event.id
    } catch (error) {
      const { id, attempts, eventId, topic } = event
      const dead = attempts >= attemptsMax
      const retryAfterMs = dead ? null : backOff(attempts, backOffMs, backOffMaxMs)
      log[dead ? 'error' : 'warn']({ err: error, eventId, topic, attempts }, dead ? 'event is dead' : 'event put off')
      await markFailed(database, { id, attempts, error: describe(error), retryAfterMs })
    }
  }

  async function runOnce(): Promise<number> {
    const events = await claimEvents(database, batch, leaseMs)
    const outcomes = await Promise.allSettled(events.map(handOn))
    const arrived = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? (outcome.value ?? []) : []))
    if (arrived.length > 0) await markDelivered(database, arrived)
    // Only the database can fail here: the leases end by themselves, and the events are claimed again.
    const failure = outcomes.find((outcome) => outcome.status === 'rejected')
    if (failure) throw failure.reason
    return events.length
  }

  const repeater = createRepeater({
    name: 'outbox relay',
    log,
    everyMs: settings.outboxPollMs,
    // A full batch says that there is more.
    run: async () => ((await runOnce()) === batch ? 'again' : 'wait'),
  })
  return { ...repeater, runOnce }
}

function deliveryOf({ log, settings, secret }: Pick<Shop, 'log' | 'settings' | 'secret'>): Delivery {
  const toLog = deliverToLog(log)
  const url = settings.outboxWebhookUrl
  if (!url) return toLog
  const toWebhook = deliverToWebhook({ url, secret: () => secret('outboxWebhookSecret'), timeoutMs: webhookTimeoutMs })
  return async (event) => {
    await toWebhook(event)
    await toLog(event)
  }
}

/** Doubles from failure to failure, and is spread over the upper half, so that what failed together is not tried together. */
function backOff(attempts: number, firstMs: number, maxMs: number): number {
  const fullMs = Math.min(maxMs, firstMs * 2 ** (attempts - 1))
  return Math.round(fullMs / 2 + (Math.random() * fullMs) / 2)
}

/** `fetch failed` alone helps nobody: the reason is in the cause. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
