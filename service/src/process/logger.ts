import { type DestinationStream, type Logger, pino } from 'pino'

/** Fields of the API that hold secrets and people. */
const privateFields = [
  'username',
  'password',
  'currentPassword',
  'newPassword',
  'token',
  'accessToken',
  'refreshToken',
  'orderToken',
  'cartToken',
  'phone',
  'addressLine',
]

/** Those whose names are also used for what is not: an error's code, a task's name. */
const privateInBodies = ['code', 'name']

const privateHeaders = [
  'authorization',
  'cookie',
  'x-cart-token',
  'x-order-token',
  'x-payment-signature',
  'idempotency-key',
]

/** Where these could stand in a line, by path: fixed paths cost little, wildcards at any depth cost a walk of each line. */
const redacted = [
  ...privateFields,
  ...['body', 'delivery', 'body.delivery'].flatMap((part) =>
    [...privateFields, ...privateInBodies].map((field) => `${part}.${field}`),
  ),
  ...privateHeaders.flatMap((header) => [`["${header}"]`, `headers["${header}"]`]),
]

/** Written when 4 kB are together, or a second has passed. */
export const buffered = { sync: false, minLength: 4096, periodicFlush: 1_000 }

/**
 * The log of a process: JSON, one line an event, buffered (`flush` it before exit, or the last lines are lost).
 * Errors are logged by type, message and stack only: a PostgreSQL error also carries the row that failed, and so people's addresses.
 */
export function createLogger(level: string, destination: DestinationStream = pino.destination(buffered)): Logger {
  return pino(
    {
      level,
      base: { service: 'shop' },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: redacted,
        censor: '[redacted]',
      },
      serializers: { err: describeError },
    },
    destination,
  )
}

function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) }
  const { name, cause } = error
  const { code } = error as { code?: unknown }
  // PostgreSQL quotes what it could not read (class 22, data exceptions), and that may be somebody's name.
  const message = isDataException(code) ? 'PostgreSQL refuses a value, which is not told here' : error.message
  const stack = error.stack?.replace(error.message, () => message)
  return {
    type: name,
    message,
    stack,
    ...(code === undefined ? {} : { code }),
    ...(cause ? { cause: describeError(cause) } : {}),
  }
}

function isDataException(code: unknown): boolean {
  return typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code)
}

/** Writes what is still buffered. */
export function flushLogger(log: Logger): Promise<void> {
  return new Promise((resolve, reject) => {
    // A flush ends with fsync, which a pipe or a terminal refuses when everything is written already.
    log.flush((error) => (error && (error as NodeJS.ErrnoException).code !== 'EINVAL' ? reject(error) : resolve()))
  })
}
