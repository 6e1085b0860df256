import { toAsciiDigits } from './order-number.ts'

/** A mobile number of Bangladesh as it is stored (01712345678), from any usual spelling; undefined when it is none. */
export function readPhone(text: string): string | undefined {
  const digits = toAsciiDigits(text).replace(/[\s()-]/g, '')
  return /^(?:\+?88)?(01[3-9][0-9]{8})$/.exec(digits)?.[1]
}
