/** What the database access needs of a logger; pino's fits. */
export interface DatabaseLog {
  debug(details: object, message: string): void
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}
