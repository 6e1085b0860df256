/** What a machine of the database has. */
export interface DatabaseClass {
  memoryGib: number
  /** Whether it lives on CPU credits. */
  burstable: boolean
}

/** The machines that `databaseClass` may name (RDS user guide, "Hardware specifications for DB instance classes", 2026-11-21). */
export const databaseClasses: Readonly<Record<string, DatabaseClass>> = {
  'db.t4g.micro': { memoryGib: 1, burstable: true },
  'db.t4g.small': { memoryGib: 2, burstable: true },
  'db.t4g.medium': { memoryGib: 4, burstable: true },
  'db.m7g.large': { memoryGib: 8, burstable: false },
  'db.m7g.xlarge': { memoryGib: 16, burstable: false },
  'db.m7g.2xlarge': { memoryGib: 32, burstable: false },
  'db.r7g.large': { memoryGib: 16, burstable: false },
  'db.r7g.xlarge': { memoryGib: 32, burstable: false },
  'db.r7g.2xlarge': { memoryGib: 64, burstable: false },
}

/** @throws Error for a class that the table lacks; the settings admit no other. */
export function databaseClassOf(name: string): DatabaseClass {
  const found = databaseClasses[name]
  if (found) return found
  throw new Error(
    `${JSON.stringify(name)} is none of the database's classes ${Object.keys(databaseClasses).join(', ')}`,
  )
}

/** A gibibyte in bytes, the unit of RDS's metrics. */
export const gib = 1024 ** 3

/** One connection for so many bytes, and never more than so many: RDS's default of `max_connections` (RDS user guide, "Quotas", 2026-11-21). */
const bytesOfConnection = 9_531_392
const mostConnections = 5_000

/**
 * How many connections a machine surely offers: RDS counts by the memory that is left when it has taken its own, and does not publish
 * how much that is. A tenth and 256 MiB are taken off here, so that a small machine is not taken for a bigger one; `show max_connections`
 * tells the true number.
 */
export function connectionsOf(name: string): number {
  const left = databaseClassOf(name).memoryGib * gib * 0.9 - gib / 4
  return Math.min(Math.floor(left / bytesOfConnection), mostConnections)
}
