import { createHash } from 'node:crypto'

/** Hexadecimal digits that depend on nothing but the text, at most 64. */
export const hash = (text: string, digits: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, digits)

/** Decimal digits that depend on nothing but the text, at most 15. */
export const number = (text: string, digits: number): string =>
  String(Number.parseInt(hash(text, 13), 16) % 10 ** digits).padStart(digits, '0')
