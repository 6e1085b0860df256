import { createHmac, timingSafeEqual } from 'node:crypto'
import type { KeyPurpose, KeyRing } from './keys.ts'

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * An opaque token that carries an id: `<kid>.<id>.<mac>`. Nobody can make one for an id of their choice, and checking it costs
 * no query, so that an invented token is known as such before anything is counted or looked up.
 */
export function sealId(keys: KeyRing, purpose: KeyPurpose, id: string): string {
  const { kid, key } = keys.active(purpose)
  return `${kid}.${Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')}.${mac(key, id)}`
}

/** The id in a token of `sealId`; undefined when we did not make the token, or its key is gone. */
export function openSealedId(keys: KeyRing, purpose: KeyPurpose, token: string): string | undefined {
  const [kid = '', encoded = '', proof = '', ...rest] = token.split('.')
  const hex = Buffer.from(encoded, 'base64url').toString('hex')
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  if (rest.length > 0 || !uuidShape.test(id)) return undefined
  return isProof(keys, purpose, kid, id, proof) ? id : undefined
}

/** A proof that its holder was given this id by us: `<kid>.<mac>`. It can be derived again, so that a replayed answer can carry it. */
export function proveId(keys: KeyRing, purpose: KeyPurpose, id: string): string {
  const { kid, key } = keys.active(purpose)
  return `${kid}.${mac(key, id)}`
}

/** Whether a proof of `proveId` belongs to the id. */
export function provesId(keys: KeyRing, purpose: KeyPurpose, id: string, token: string): boolean {
  const [kid = '', proof = '', ...rest] = token.split('.')
  return rest.length === 0 && isProof(keys, purpose, kid, id, proof)
}

function isProof(keys: KeyRing, purpose: KeyPurpose, kid: string, id: string, proof: string): boolean {
  const found = keys.find(kid, purpose)
  if (!found) return false
  const expected = Buffer.from(mac(found.key, id))
  const given = Buffer.from(proof)
  return expected.length === given.length && timingSafeEqual(expected, given)
}

function mac(key: Buffer, id: string): string {
  return createHmac('sha256', key).update(id).digest('base64url')
}
