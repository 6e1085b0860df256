import { toAsciiDigits } from '../bengali-digits.ts'

/**
 * The nine digits of an order number as somebody typed or said it: in groups, with dashes, in Bengali digits.
 * Undefined when there are not nine, or the last one (Luhn) says that one was misheard.
 */
export function readOrderNumber(text: string): string | undefined {
  const number = toAsciiDigits(text).replace(/[\s-]/g, '')
  return /^[0-9]{9}$/.test(number) && passesLuhn(number) ? number : undefined
}

function passesLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, character, place) => {
    const value = Number(character) * (place % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}
