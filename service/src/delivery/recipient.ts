import { type Static, Type } from 'typebox'
import { ShopError } from '../errors.ts'
import { normalizePhone } from './phone.ts'

const nameLength = { min: 1, max: 80 }
const addressLength = { min: 5, max: 200 }

/** Where to deliver, as a shopper sends it. */
export const DeliveryRequest = Type.Object(
  {
    name: Type.String({ minLength: nameLength.min, maxLength: nameLength.max }),
    phone: Type.String({
      minLength: 11,
      maxLength: 40,
      description:
        'A mobile number: 01, 3 to 9, eight digits. Bengali digits, spaces, dashes and +880 or 880 in front are understood.',
    }),
    addressLine: Type.String({ minLength: addressLength.min, maxLength: addressLength.max }),
    district: Type.String({
      minLength: 1,
      maxLength: 40,
      pattern: '^[a-z-]+$',
      description: 'The slug of a district.',
    }),
  },
  { additionalProperties: false },
)

/** The same in the form that the shop keeps. Zone and fee are not in it: the server decides them from the district. */
export interface Recipient {
  name: string
  phone: string
  addressLine: string
  district: string
}

/**
 * Brings a recipient into the form that the shop keeps: NFC, no blanks around, the phone as digits.
 * @throws ShopError `invalid_request` naming the field (`delivery.name` ...) that is not usable on a parcel.
 */
export function readRecipient({ name, phone, addressLine, district }: Static<typeof DeliveryRequest>): Recipient {
  const normalPhone = normalizePhone(phone)
  if (normalPhone === undefined) {
    throw invalid('delivery.phone', 'must be a mobile number of Bangladesh: 01, then 3 to 9, then eight digits')
  }
  return {
    name: readLine('delivery.name', name, nameLength),
    phone: normalPhone,
    addressLine: readLine('delivery.addressLine', addressLine, addressLength),
    district,
  }
}

// Control characters, line breaks of any kind, halves of a character, and what turns the direction of writing: a label
// printed from these would not say what the shopper saw. Joiners stay, Bangla needs them.
const unprintable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u

function readLine(field: string, text: string, { min, max }: { min: number; max: number }): string {
  const line = text.normalize('NFC').trim()
  if (unprintable.test(line)) throw invalid(field, 'must be one line without control characters')
  // Counted again: trimming shortens, and NFC makes some Bangla letters two characters.
  const length = [...line].length
  if (length < min || length > max) throw invalid(field, `must have ${min} to ${max} characters, and has ${length}`)
  return line
}

function invalid(field: string, problem: string): ShopError {
  return new ShopError('invalid_request', { field, message: `${field} ${problem}.` })
}
