import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Signs a message that goes over the network: `t=<seconds since 1970>,v1=<HMAC-SHA256, hex, of "<t>.<body>">`. The time is part of
 * what is signed, so that a message that somebody recorded is worthless after the tolerance of its reader.
 */
export function signMessage(secret: string, body: string | Buffer, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1_000)
  return `t=${seconds},v1=${macOf(secret, seconds, body)}`
}

export interface SignedMessage {
  secret: string
  body: string | Buffer
  signature: string
  now: Date
  /** How far the signer's clock and the way of the message may be off, either way. */
  toleranceMs: number
}

/** Whether a signature of `signMessage` belongs to this body, and is fresh. */
export function isSignedMessage({ secret, body, signature, now, toleranceMs }: SignedMessage): boolean {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(signature)
  if (!match) return false
  const seconds = Number(match[1])
  const expected = Buffer.from(macOf(secret, seconds, body))
  const given = Buffer.from(String(match[2]))
  return timingSafeEqual(expected, given) && Math.abs(now.getTime() - seconds * 1_000) <= toleranceMs
}

function macOf(secret: string, seconds: number, body: string | Buffer): string {
  return createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex')
}
