import type { FastifyBaseLogger } from 'fastify'
import { signMessage } from '../tokens/signed-message.ts'
import type { ClaimedEvent } from './outbox-store.ts'

/** Hands an event on; resolves when it has arrived. */
export type Delivery = (event: ClaimedEvent) => Promise<void>

/** One line in the log for each event, without its payload: who reads logs need not know what was bought. */
export function deliverToLog(log: FastifyBaseLogger): Delivery {
  return async ({ eventId, topic, attempts }) => {
    log.info({ eventId, topic, attempts }, 'event')
  }
}

export interface WebhookOptions {
  url: string
  /** Asked at each delivery, for it may be replaced while we run. */
  secret: () => string | undefined
  /** How long the receiver may take to answer. */
  timeoutMs: number
}

/**
 * Posts an event as JSON, signed with the time (`x-dhakacart-signature`, see signMessage). The receiver may get an event twice and knows it
 * by `x-event-id`; any answer from 200 to 299 says that it has it.
 */
export function deliverToWebhook({ url, secret, timeoutMs }: WebhookOptions): Delivery {
  return async ({ id, eventId, topic, createdAt, payload }) => {
    const key = secret()
    if (!key) throw new Error('OUTBOX_WEBHOOK_SECRET is gone: events cannot be signed.')
    const body = JSON.stringify({ eventId, sequence: id, topic, createdAt: createdAt.toISOString(), payload })
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-event-id': eventId,
        'x-dhakacart-signature': signMessage(key, body, new Date()),
      },
      // A signed event is for this receiver, not for wherever it might point to.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    await answer.body?.cancel()
    if (!answer.ok) throw new Error(`The receiver answered ${answer.status}.`)
  }
}
