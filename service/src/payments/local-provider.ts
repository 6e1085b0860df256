import { Type } from 'typebox'
import { Check } from 'typebox/value'
import { ShopError } from '../errors.ts'
import { storableText } from '../http/storable-text.ts'
import { isSignedMessage, signMessage } from '../tokens/signed-message.ts'
import type { PaymentEvent, PaymentProvider } from './provider.ts'

export const localProviderName = 'local'
export const signatureHeader = 'x-payment-signature'

const toleranceMs = 5 * 60_000

const Event = Type.Object(
  {
    eventId: Type.String({ minLength: 1, maxLength: 100, pattern: storableText }),
    reference: Type.String({ minLength: 1, maxLength: 100, pattern: storableText }),
    orderId: Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }),
    amountPoisha: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
    status: Type.Union([Type.Literal('paid'), Type.Literal('failed')]),
  },
  { additionalProperties: false },
)

export interface LocalProvider extends PaymentProvider {
  /** What this provider would send to our webhook. */
  sign(event: PaymentEvent, now: Date): { body: string; headers: Record<string, string> }
}

/**
 * A provider that is played by the shop itself, so that the whole way of a payment can be walked without anybody else: it signs as a real
 * one would, and its webhook is believed no more than theirs. `secret` is asked at each use, for it may be replaced.
 */
export function createLocalProvider(secret: () => string | undefined): LocalProvider {
  const secretNow = () => {
    const value = secret()
    if (!value)
      throw new Error('PAYMENT_WEBHOOK_SECRET is gone: the local payment provider can neither sign nor check.')
    return value
  }
  return {
    name: localProviderName,
    async start({ id }) {
      return { reference: `local-${id}`, payUrl: null }
    },
    sign(event, now) {
      const body = JSON.stringify(event)
      return {
        body,
        headers: { 'content-type': 'application/json', [signatureHeader]: signMessage(secretNow(), body, now) },
      }
    },
    readWebhook(rawBody, headers, now) {
      const signature = String(headers[signatureHeader] ?? '')
      if (!isSignedMessage({ secret: secretNow(), body: rawBody, signature, now, toleranceMs })) {
        throw new ShopError('invalid_signature')
      }
      return readEvent(rawBody)
    },
  }
}

function readEvent(rawBody: Buffer): PaymentEvent {
  let event: unknown
  try {
    event = JSON.parse(rawBody.toString('utf8'))
  } catch (cause) {
    throw new ShopError('invalid_request', { field: 'body', message: 'The body is not valid JSON.', cause })
  }
  if (!Check(Event, event)) {
    throw new ShopError('invalid_request', { field: 'body', message: 'The body is not an event of this provider.' })
  }
  return event
}
