import { dictionary } from '@zxcvbn-ts/language-common'
import { ShopError } from '../errors.ts'

const shortest = 8
const commonest = new Set(dictionary['passwords-common'].filter((password) => password.length >= shortest))

/**
 * Holds a password that somebody wants against the rules that a schema cannot state.
 * @throws ShopError `weak_password` for one of the commonest (17,950 of them), the username itself, or one character repeated;
 * `invalid_request` when it is no text, or shorter than eight code points in its normal form (NFC).
 */
export function checkNewPassword(password: string, { username, field }: { username: string; field: string }): void {
  const points = [...password.normalize('NFC')]
  if (!password.isWellFormed())
    throw new ShopError('invalid_request', { field, message: `${field} is not valid text.` })
  if (points.length < shortest) {
    throw new ShopError('invalid_request', { field, message: `${field} must have at least ${shortest} characters.` })
  }
  const lower = password.toLowerCase()
  if (commonest.has(lower) || lower === username.toLowerCase() || new Set(points).size === 1) {
    throw new ShopError('weak_password', { field })
  }
}
