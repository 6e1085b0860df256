import { type TObject, type TSchema, Type } from 'typebox'

/**
 * Every error the shop answers with: the status, the sentence, and when it happens.
 * The API document and the storefront read this table; handlers throw by code.
 */
export const errors = {
  invalid_request: {
    status: 400,
    message: 'The request is not valid.',
    when: 'A field, parameter or header is missing, of the wrong shape, or unknown.',
  },
  idempotency_key_missing: {
    status: 400,
    message: 'Send an Idempotency-Key header with every checkout.',
    when: 'A checkout came without an Idempotency-Key.',
  },
  unauthenticated: {
    status: 401,
    message: 'Log in first.',
    when: 'A route that needs an account got no access token, or one that is no longer valid.',
  },
  wrong_credentials: {
    status: 401,
    message: 'The username or the password is wrong.',
    when: 'A login failed; the answer is the same for an unknown username.',
  },
  invalid_refresh_token: {
    status: 401,
    message: 'Log in again.',
    when: 'A refresh token is unknown, expired, revoked, or was used before.',
  },
  invalid_signature: {
    status: 401,
    message: 'The signature does not match.',
    when: 'A webhook was not signed by the provider, or too long ago.',
  },
  forbidden: {
    status: 403,
    message: 'This account may not do that.',
    when: 'The role of the account does not allow the action.',
  },
  not_found: {
    status: 404,
    message: 'There is nothing here.',
    when: 'The thing does not exist, or belongs to somebody else.',
  },
  request_timeout: {
    status: 408,
    message: 'The request did not arrive in time.',
    when: 'Headers or body came too slowly.',
  },
  username_taken: {
    status: 409,
    message: 'This username is taken.',
    when: 'Another account has the username, in any case of letters.',
  },
  already_exists: {
    status: 409,
    message: 'This exists already.',
    when: 'A product, variant or category with that slug or SKU exists.',
  },
  changed_meanwhile: {
    status: 409,
    message: 'Somebody else has changed this since you looked at it.',
    when: 'The version that a change names is not the version there is; nothing was changed.',
  },
  cart_changed: {
    status: 409,
    message: 'The cart has changed since you looked at it.',
    when: 'The version of the cart is not the one named.',
  },
  cart_empty: {
    status: 409,
    message: 'The cart is empty.',
    when: 'There is no active cart with anything in it to check out.',
  },
  cart_limit: {
    status: 409,
    message: 'That is more than one order may hold.',
    when: 'A quantity is above the limit of its SKU, or the cart has too many lines.',
  },
  sold_out: {
    status: 409,
    message: 'Some of this is sold out.',
    when: 'The stock does not cover the cart; nothing was taken.',
  },
  price_changed: {
    status: 409,
    message: 'A price has changed. Look at the new total and try again.',
    when: 'The expected total is not the total; nothing was taken.',
  },
  in_progress: {
    status: 409,
    message: 'The same checkout is still being decided.',
    when: 'A request with the same Idempotency-Key is in flight.',
  },
  order_state: {
    status: 409,
    message: 'The order is not in a state that allows this.',
    when: 'The table of moves has no such move from the state the order is in.',
  },
  payment_state: {
    status: 409,
    message: 'The payment is not owed back by itself.',
    when: 'The payment is pending, counted in what its order has paid, or went back already.',
  },
  stock_conflict: {
    status: 409,
    message: 'The stock does not allow this change.',
    when: 'An adjustment would leave less on hand than is reserved.',
  },
  body_too_large: { status: 413, message: 'The request is too large.', when: 'The body is over the limit.' },
  unsupported_media_type: { status: 415, message: 'Send application/json.', when: 'The body is of another type.' },
  idempotency_key_reused: {
    status: 422,
    message: 'This Idempotency-Key belongs to another request.',
    when: 'The key was used for an order with another payload.',
  },
  weak_password: {
    status: 422,
    message: 'This password is one of the first that anybody would try. Choose another one.',
    when: 'The password is in the list of the commonest.',
  },
  unknown_district: {
    status: 422,
    message: 'We do not know this district.',
    when: 'The district is not one of those listed under /api/delivery/districts.',
  },
  payment_mismatch: {
    status: 422,
    message: 'The payment does not match the order.',
    when: 'Amount or currency of a payment is not that of its order.',
  },
  rate_limited: {
    status: 429,
    message: 'Too many requests. Try again later.',
    when: 'A limit is used up; Retry-After says when it is free again.',
  },
  internal_error: {
    status: 500,
    message: 'Something went wrong on our side.',
    when: 'Never on purpose: a bug. The request id finds it in the log.',
  },
  unavailable: {
    status: 503,
    message: 'The shop is very busy. Try again in a moment.',
    when: 'The database is away or overloaded; Retry-After says when to come back.',
  },
} as const satisfies Record<string, { status: number; message: string; when: string }>

export type ErrorCode = keyof typeof errors

/** What an answer may carry beside code, message and request id. */
export interface ErrorExtras {
  /** The field, parameter or header at fault. */
  field?: string
  /** A sentence for this very case, instead of the table's. */
  message?: string
  /** What the caller needs to go on (the SKUs that are sold out, the new total ...); declared by `details` of errorResponses. */
  details?: Record<string, unknown>
  /** Becomes the header Retry-After. */
  retryAfterSeconds?: number
  cause?: unknown
}

/** An error with an answer: its code decides status and sentence. */
export class ShopError extends Error {
  readonly code: ErrorCode
  readonly statusCode: number
  readonly extras: ErrorExtras

  constructor(code: ErrorCode, extras: ErrorExtras = {}) {
    super(extras.message ?? errors[code].message, { cause: extras.cause })
    this.name = 'ShopError'
    this.code = code
    this.statusCode = errors[code].status
    this.extras = extras
  }
}

/** What any route may answer, whatever it does. */
const everywhere: ErrorCode[] = [
  'invalid_request',
  'body_too_large',
  'unsupported_media_type',
  'rate_limited',
  'internal_error',
  'unavailable',
]

function errorBody(codes: ErrorCode[], details?: TSchema): TObject {
  return Type.Object(
    {
      code: Type.Enum(codes, { description: codes.map((code) => `\`${code}\`: ${errors[code].when}`).join(' ') }),
      message: Type.String(),
      requestId: Type.String(),
      field: Type.Optional(Type.String()),
      ...(details ? { details: Type.Optional(details) } : {}),
    },
    { additionalProperties: false },
  )
}

/**
 * The error part of a route's `response` schema: the named codes and those any route may answer, grouped by status.
 * `details` gives the schema of the details that answers of a status carry.
 */
export function errorResponses(
  codes: ErrorCode[] = [],
  details: Record<number, TSchema> = {},
): Record<number, TObject> {
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of new Set([...codes, ...everywhere])) {
    const status = errors[code].status
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      { ...errorBody(group, details[status]), description: group.map((code) => errors[code].message).join(' ') },
    ]),
  )
}
