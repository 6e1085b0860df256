import type { DBInstance } from '@aws-sdk/client-rds'
import { readEvents, readNamed } from '../database/databases.ts'
import type { Ground } from '../database/ground.ts'

/** A gibibyte in bytes, the unit of AWS's metrics. */
export const gib = 1024 ** 3

/** How long AWS waits after a change of a disk before the next one (RDS user guide, "Storage autoscaling", 2026-11-21). */
const restHours = 6

/** The disk of a database. */
export interface Disk {
  name: string
  identifier: string
  status: string
  allocatedGib: number
  /** How far AWS makes it larger by itself; undefined where it does not. */
  mostGib: number | undefined
  /** Until when AWS refuses another change; undefined where it does not. */
  restsUntil: Date | undefined
}

/** @throws {CommandError} where the stack or AWS has no such database */
export async function readDisk(ground: Ground, given: string | undefined): Promise<Disk> {
  const { clients, now } = ground
  const { name, identifier, database } = await readNamed(ground, given)
  const events = await readEvents(clients, identifier, restHours)
  // "Finished applying modification to allocated storage", and the same with "autoscaling-initiated" in it.
  const changed = events.findLast(({ Message: text }) =>
    /finished applying .*allocated storage/i.test(text ?? ''),
  )?.Date
  const until = changed && new Date(changed.getTime() + restHours * 3_600_000)
  return { name, identifier, ...sizes(database), restsUntil: until && until > now ? until : undefined }
}

function sizes({ DBInstanceStatus, AllocatedStorage, MaxAllocatedStorage }: DBInstance) {
  const allocatedGib = AllocatedStorage ?? 0
  const grows = MaxAllocatedStorage !== undefined && MaxAllocatedStorage > allocatedGib
  return { status: DBInstanceStatus ?? 'unknown', allocatedGib, mostGib: grows ? MaxAllocatedStorage : undefined }
}

/** AWS refuses a change by less than a tenth, and a limit that is less than a tenth above the disk. */
export const tenthMore = (allocatedGib: number): number => allocatedGib + Math.ceil(allocatedGib / 10)

/** What AWS adds by itself: 10 GiB or a tenth, whichever is more; more still when the last hour foretells it. */
export const nextStep = (allocatedGib: number): number => allocatedGib + Math.max(10, Math.ceil(allocatedGib / 10))
