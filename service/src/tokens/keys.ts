import { hkdfSync } from 'node:crypto'

/** What a key is used for. Each purpose has keys of its own, derived, so that a token of one kind is never valid as another. */
export type KeyPurpose = 'access-token' | 'cart-token' | 'order-token'

export interface SigningKey {
  /** The id of the key, as in the file. */
  kid: string
  /** 32 bytes. */
  key: Buffer
}

/** The keys that tokens are signed with. Rotating: add a key and make it active; take the old one out when its tokens have expired. */
export interface KeyRing {
  /** The key that new tokens are signed with. */
  active(purpose: KeyPurpose): SigningKey
  /** A key that may have signed a token; undefined when it is not in the ring. */
  find(kid: string, purpose: KeyPurpose): SigningKey | undefined
}

const minimumBytes = 32
const kidShape = /^[A-Za-z0-9_-]{1,32}$/

/**
 * The key ring in a text of the form `{"active": "<kid>", "keys": {"<kid>": "<base64>"}}`.
 * `read` is asked at each use, so that a key file that is replaced takes effect without a restart.
 * @throws when the text has not that form, or a key is shorter than 32 bytes.
 */
export function createKeyRing(read: () => string): KeyRing {
  let text = read()
  let ring = parse(text)
  const current = () => {
    const now = read()
    if (now !== text) {
      // A broken replacement must not take the old keys away.
      text = now
      ring = parseOr(ring, now)
    }
    return ring
  }
  return {
    active(purpose) {
      const { active, derive } = current()
      return { kid: active, key: derive(active, purpose) as Buffer }
    },
    find(kid, purpose) {
      const key = current().derive(kid, purpose)
      return key && { kid, key }
    },
  }
}

interface Ring {
  active: string
  derive(kid: string, purpose: KeyPurpose): Buffer | undefined
}

function parse(text: string): Ring {
  const { active, keys } = readForm(text)
  const secrets = new Map<string, Buffer>()
  for (const [kid, value] of Object.entries(keys)) {
    if (!kidShape.test(kid))
      throw new Error(`JWT_KEYS has the key id "${kid}": an id is 1 to 32 letters, digits, - or _.`)
    const secret = Buffer.from(String(value), 'base64')
    if (secret.length < minimumBytes) {
      throw new Error(
        `JWT_KEYS has the key "${kid}" of ${secret.length} bytes: a key has at least ${minimumBytes} (openssl rand -base64 ${minimumBytes}).`,
      )
    }
    secrets.set(kid, secret)
  }
  if (!secrets.has(active))
    throw new Error(
      `JWT_KEYS names "${active}" as active, which is not among its keys (${[...secrets.keys()].join(', ')}).`,
    )
  const derived = new Map<string, Buffer>()
  return {
    active,
    derive(kid, purpose) {
      const name = `${purpose} ${kid}`
      const secret = secrets.get(kid)
      if (secret && !derived.has(name))
        derived.set(name, Buffer.from(hkdfSync('sha256', secret, '', `dhakacart ${purpose}`, minimumBytes)))
      return derived.get(name)
    },
  }
}

function readForm(text: string): { active: string; keys: Record<string, unknown> } {
  try {
    const form = JSON.parse(text)
    if (typeof form?.active === 'string' && typeof form.keys === 'object' && form.keys !== null) return form
  } catch (error) {
    // The text holds secrets: it must not become part of the message, as JSON.parse would have it.
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new Error(
    'JWT_KEYS is not of the form {"active": "<kid>", "keys": {"<kid>": "<base64 of at least 32 bytes>"}}.',
  )
}

function parseOr(ring: Ring, text: string): Ring {
  try {
    return parse(text)
  } catch {
    return ring
  }
}
