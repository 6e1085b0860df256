import { ShopError } from '../errors.ts'

const visibleAscii = /^[\x21-\x7e]{1,255}$/
const structuredString = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/

/**
 * The key in an Idempotency-Key header: bare, or the quoted string that the IETF draft asks for
 * (draft-ietf-httpapi-idempotency-key-header); both spellings are the same key. Node joins a repeated header by a comma and a
 * blank, so that two keys are none.
 * @throws ShopError `idempotency_key_missing`; `invalid_request` when it is not 1 to 255 visible ASCII characters.
 */
export function readIdempotencyKey(header: string | string[] | undefined): string {
  if (header === undefined || header === '')
    throw new ShopError('idempotency_key_missing', { field: 'idempotency-key' })
  const key = String(header).startsWith('"')
    ? structuredString.exec(String(header))?.[1]?.replace(/\\(.)/g, '$1')
    : String(header)
  if (key !== undefined && visibleAscii.test(key)) return key
  throw new ShopError('invalid_request', {
    field: 'idempotency-key',
    message: 'idempotency-key must have 1 to 255 visible ASCII characters, for example a UUID.',
  })
}
