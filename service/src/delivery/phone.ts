const separators = /[\s\u2010-\u2013-]/g
const bengaliDigits = /[\u09e6-\u09ef]/g
const bengaliZero = 0x09e6

/**
 * A Bangladeshi mobile number in the one form that the shop keeps: `01`, the operator's digit 3 to 9, eight digits. It may be written
 * with Bengali digits, with spaces and dashes, and with +880 or 880 in front. Undefined when it is no such number.
 */
export function normalizePhone(text: string): string | undefined {
  const plain = text
    .replace(separators, '')
    .replace(bengaliDigits, (digit) => String(digit.charCodeAt(0) - bengaliZero))
    .replace(/^\+?880/, '0')
  return /^01[3-9][0-9]{8}$/.test(plain) ? plain : undefined
}
