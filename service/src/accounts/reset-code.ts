import { createHash, randomInt } from 'node:crypto'

// Without 0 and O, 1 and I: the code is read out over the telephone.
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const length = 10

/** Ten characters, 50 bits: far beyond five attempts in fifteen minutes. */
export function makeResetCode(): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
}

/** SHA-256 of the code, however it was typed: small letters, spaces and hyphens do not matter. */
export function hashResetCode(code: string): Buffer {
  return createHash('sha256').update(code.toUpperCase().replace(/[ -]/g, '')).digest()
}
