export type UnavailableReason = 'queue_full' | 'queue_timeout' | 'deadline' | 'connection' | 'closed'

/** The database cannot take this call now. The HTTP layer answers 503 with `Retry-After: retryAfterSeconds`. */
export class DatabaseUnavailableError extends Error {
  readonly reason: UnavailableReason
  readonly retryAfterSeconds: number

  constructor(reason: UnavailableReason, options: UnavailableOptions = {}) {
    super(options.message ?? `the database is unavailable (${reason})`, { cause: options.cause })
    this.name = 'DatabaseUnavailableError'
    this.reason = reason
    // Spread out, so that those who were refused together do not come back together.
    this.retryAfterSeconds = options.retryAfterSeconds ?? 1 + Math.floor(Math.random() * 3)
  }
}

export interface UnavailableOptions {
  message?: string
  retryAfterSeconds?: number
  /** What the driver or the server said. */
  cause?: unknown
}

/** The database was reached and does not let us in: waiting would not help. The message names the setting to look at. */
export class DatabaseRefusedError extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause })
    this.name = 'DatabaseRefusedError'
  }
}

/** An error of our own about a connection, with a code beside those of Node.js and postgres.js. */
export function connectionError(code: OwnCode, message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, cause === undefined ? undefined : { cause }), { code })
}

type OwnCode =
  | 'CONNECT_TIMEOUT'
  | 'CONNECTION_DESTROYED'
  | 'CREDENTIALS_UNAVAILABLE'
  | 'CREDENTIALS_CHANGED'
  | 'READ_ONLY_SERVER'
  | 'TLS_NOT_OFFERED'
  | 'TLS_REFUSED'

const connectionCodes = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'CREDENTIALS_UNAVAILABLE',
  'CREDENTIALS_CHANGED',
  'READ_ONLY_SERVER',
  'TLS_NOT_OFFERED',
  'TLS_REFUSED',
  'SASL_SIGNATURE_MISMATCH',
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EMFILE',
  'ENFILE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
  '25006', // read_only_sql_transaction: a former primary
  '3D000', // invalid_catalog_name
  '53300', // too_many_connections
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '57P05', // idle_session_timeout
  '25P03', // idle_in_transaction_session_timeout
])

// After these the server behind every other connection is gone, or is no longer the primary.
const failoverCodes = new Set(['25006', '57P01', '57P02', 'READ_ONLY_SERVER'])

const busyCodes = new Set([
  '55P03', // lock_not_available
  '57014', // query_canceled: statement_timeout, for our own cancels come after the deadline
  '40P01', // deadlock_detected
  '40001', // serialization_failure
])

/** The `code` of an error, whoever made it. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** Whether the connection (or the attempt to make one) is what failed. */
export function isConnectionError(error: unknown): boolean {
  const code = codeOf(error)
  return code !== undefined && (connectionCodes.has(code) || code.startsWith('08') || code.startsWith('28'))
}

/** Whether the error says that the server goes away or is no longer the primary, so that every connection is suspect. */
export function isFailover(error: unknown): boolean {
  return failoverCodes.has(codeOf(error) ?? '')
}

/** Whether the transaction was certainly rolled back for the sake of another one, so that it may be tried again. */
export function isRolledBackConflict(error: unknown): boolean {
  const code = codeOf(error)
  return code === '40P01' || code === '40001'
}

/**
 * What the caller of the database sees: trouble that passes is a DatabaseUnavailableError with the trouble as `cause`; everything
 * else (a constraint, a wrong statement, an error of the caller's own) stays what it is.
 */
export function translate(error: unknown): unknown {
  if (error instanceof DatabaseUnavailableError) return error
  const said = error instanceof Error ? error.message : String(error)
  if (isConnectionError(error))
    return new DatabaseUnavailableError('connection', { message: `the database is away: ${said}`, cause: error })
  if (busyCodes.has(codeOf(error) ?? '')) {
    return new DatabaseUnavailableError('deadline', { message: `the database was too busy: ${said}`, cause: error })
  }
  return error
}
