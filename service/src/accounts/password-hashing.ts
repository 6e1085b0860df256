import { randomBytes } from 'node:crypto'
import * as argon2 from '@node-rs/argon2'
import { createGate } from '../database/gate.ts'
import { ShopError } from '../errors.ts'

/** argon2id by OWASP: 19 MiB, two passes, one lane (measured: 8.4 ms; two at once take both cores). */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
// More would starve the name look-ups that share the thread pool (measured: 8.5 s behind 16 hashes).
const hashesAtOnce = 2

export interface PasswordHasher {
  /** @throws ShopError `unavailable` when too many wait already. */
  hash(password: string): Promise<string>
  /**
   * Whether the password is the stored one. Without a stored one the answer is false and costs the same.
   * @throws ShopError `unavailable` when too many wait already.
   */
  verify(stored: string | undefined, password: string): Promise<boolean>
}

export interface PasswordHasherOptions {
  /** The real functions unless a test watches them. */
  functions?: Pick<typeof argon2, 'hash' | 'verify'>
  /** How many may wait for their turn, and how long. */
  queueMax?: number
  queueMaxAgeMs?: number
}

/** The hasher of one process: two passwords at a time, a bounded queue, 503 beyond it. Passwords are normalised to NFC. */
export function createPasswordHasher({
  functions = argon2,
  queueMax = 60,
  queueMaxAgeMs = 1_000,
}: PasswordHasherOptions = {}): PasswordHasher {
  const gate = createGate({ permits: hashesAtOnce, queueMax, queueMaxAgeMs })
  const nobody = hashOfNothing()

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    await gate.enter(queueMaxAgeMs).catch(() => {
      const cause = new Error(`passwords are being hashed: ${gate.inside} now, ${gate.waiting} wait`)
      throw new ShopError('unavailable', { retryAfterSeconds: 1 + Math.floor(Math.random() * 3), cause })
    })
    try {
      return await work()
    } finally {
      gate.leave()
    }
  }

  return {
    hash: (password) => inTurn(() => functions.hash(password.normalize('NFC'), cost)),
    async verify(stored, password) {
      const matches = await inTurn(() => functions.verify(stored ?? nobody, password.normalize('NFC')))
      return matches && stored !== undefined
    },
  }
}

/** A hash of the same cost that no password is known to have. */
function hashOfNothing(): string {
  const base64 = (bytes: number) => randomBytes(bytes).toString('base64').replaceAll('=', '')
  return `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$${base64(16)}$${base64(32)}`
}
