import { randomBytes } from 'node:crypto'
import { CommandError } from '../terminal/terminal.ts'

/** As the shop reads it from JWT_KEYS; the keys are in the order in which they were made. */
interface KeyRing {
  active: string
  keys: Record<string, string>
}

/** The next step of a rotation: the new ring, what was done, what comes next. */
export interface Rotation {
  value: string
  done: string
  next: string
}

/**
 * A new key signs only when every pod has it, or a pod would refuse what its neighbour has signed: External Secrets brings a new value
 * within an hour, and the shop reads its file every 30 s.
 */
export const spreadHours = 1
/** An old key goes when what it signed is over: access tokens live for a day, carts of people without an account for about a month. */
export const retireHours = 30 * 24

/** A ring of one new key. */
export function firstKeyRing(now: Date): string {
  const kid = newKid(now)
  return JSON.stringify({ active: kid, keys: { [kid]: newKey() } } satisfies KeyRing)
}

/**
 * One step of three: a new key is added, then it signs while the old one still verifies, then the old one goes.
 * @param changed when the ring got its present value
 * @throws {CommandError} when it is too early for the next step, saying when it is time
 */
export function rotateKeyRing(text: string, changed: Date, now: Date): Rotation {
  const { active, keys } = readKeyRing(text)
  const kids = Object.keys(keys)
  const newest = kids.at(-1) ?? active
  if (newest !== active) {
    waitUntil(changed, spreadHours, now, `${newest} may not be in every pod yet`)
    const value = JSON.stringify({ active: newest, keys })
    return {
      value,
      done: `${newest} signs now; ${active} still verifies`,
      next: `in ${retireHours / 24} days, to take ${active} out`,
    }
  }
  if (kids.length > 1) {
    const old = kids.slice(0, -1).join(', ')
    waitUntil(changed, retireHours, now, `what ${old} signed is still in use`)
    const value = JSON.stringify({ active, keys: { [active]: keys[active] ?? '' } })
    return { value, done: `${old} is out; ${active} is the only key`, next: 'when you want to begin the next rotation' }
  }
  const kid = newKid(now)
  const value = JSON.stringify({ active, keys: { ...keys, [kid]: newKey() } })
  return { value, done: `${kid} was added; ${active} still signs`, next: `in ${spreadHours} h, to let ${kid} sign` }
}

/**
 * Reads a ring; also what a person hands in.
 * @throws {CommandError} without a word of the text, which holds secrets
 */
export function readKeyRing(text: string): KeyRing {
  const ring = parse(text)
  const wrong = Object.entries(ring?.keys ?? {}).some(
    ([kid, key]) => !/^[A-Za-z0-9_-]{1,32}$/.test(kid) || Buffer.from(String(key), 'base64').length < 32,
  )
  if (!ring || wrong || !(ring.active in ring.keys)) {
    throw new CommandError(
      'The value is no ring of keys: it must be {"active": "<kid>", "keys": {"<kid>": "<base64 of at least 32 bytes>"}}.',
    )
  }
  return ring
}

function parse(text: string): KeyRing | undefined {
  try {
    const { active, keys } = JSON.parse(text)
    if (typeof active === 'string' && typeof keys === 'object' && keys !== null) return { active, keys }
  } catch {
    // JSON.parse quotes the text in its message.
  }
  return undefined
}

function waitUntil(changed: Date, hours: number, now: Date, why: string): void {
  const time = new Date(changed.getTime() + hours * 3_600_000)
  if (now >= time) return
  throw new CommandError(
    `Not yet: ${why}. Run it again after ${time.toISOString().slice(0, 16).replace('T', ' ')} UTC; if a key has leaked, pass --at-once, which ends every session.`,
  )
}

const newKid = (now: Date) => `k${now.toISOString().slice(0, 10).replaceAll('-', '')}-${randomBytes(2).toString('hex')}`
const newKey = () => randomBytes(32).toString('base64')
