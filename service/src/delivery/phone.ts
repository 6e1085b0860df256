import { toAsciiDigits } from '../bengali-digits.ts'

const separators = /[\s()\u2010-\u2013-]/g

/**
 * A Bangladeshi mobile number in the one form that the shop keeps: `01`, the operator's digit 3 to 9, eight digits. It may be written
 * with Bengali digits, with spaces and dashes, and with +880 or 880 in front. Undefined when it is no such number.
 */
export function normalizePhone(text: string): string | undefined {
  const plain = toAsciiDigits(text)
    .replace(separators, '')
    .replace(/^\+?880/, '0')
  return /^01[3-9][0-9]{8}$/.test(plain) ? plain : undefined
}
