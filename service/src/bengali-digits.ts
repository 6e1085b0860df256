const bengaliZero = '০'.charCodeAt(0)

/** Bengali digits as those that are stored: a phone's keyboard in Bangla types ০-৯. */
export function toAsciiDigits(text: string): string {
  return text.replace(/[০-৯]/g, (digit) => String(digit.charCodeAt(0) - bengaliZero))
}
