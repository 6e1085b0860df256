import { type DestinationStream, type Logger, pino } from 'pino'

/** Where secrets and people could stand in a line, by path: fixed paths cost little, wildcards at any depth cost a walk of each line. */
const redacted = [
  'password',
  'newPassword',
  'token',
  'accessToken',
  'refreshToken',
  'orderToken',
  'cartToken',
  'code',
  'name',
  'phone',
  'addressLine',
  'authorization',
  'cookie',
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
        paths: redacted.flatMap((key) =>
          key === 'code' || key === 'name'
            ? [`body.${key}`, `delivery.${key}`]
            : [key, `body.${key}`, `delivery.${key}`, `headers.${key}`],
        ),
        censor: '[redacted]',
      },
      serializers: { err: describeError },
    },
    destination,
  )
}

function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) }
  const { name, message, stack, cause } = error
  const code = (error as { code?: unknown }).code
  return {
    type: name,
    message,
    stack,
    ...(code === undefined ? {} : { code }),
    ...(cause ? { cause: describeError(cause) } : {}),
  }
}

/** Writes what is still buffered. */
export function flushLogger(log: Logger): Promise<void> {
  return new Promise((resolve, reject) => {
    // A flush ends with fsync, which a pipe or a terminal refuses when everything is written already.
    log.flush((error) => (error && (error as NodeJS.ErrnoException).code !== 'EINVAL' ? reject(error) : resolve()))
  })
}
