import type { Settings } from '../../platform/settings/schema.ts'
import { CommandError, say } from '../../platform/terminal/terminal.ts'
import {
  finalSnapshotOf,
  identifierOf,
  readDatabase,
  readSnapshot,
  readWindow,
  type Window,
} from '../database/databases.ts'
import { type Ground, goOn, inDhaka, utc } from '../database/ground.ts'
import { tenthMore } from '../storage-full/disk.ts'
import { write } from './write.ts'

/** An item of `databaseInstances`. */
type Item = Settings['databaseInstances'][number]

export interface AddOptions {
  /** `latest`, a time, or a snapshot. */
  what: string
  of: string | undefined
  name: string | undefined
}

/**
 * Adds a restored database to the settings, where AWS can make it.
 * @throws {CommandError} where it cannot, and why
 */
export async function add(ground: Ground, { what, of, name: given }: AddOptions): Promise<void> {
  const { context, stack, settings, now } = ground
  const name = given ?? `restored${utc(now).slice(0, 10).replaceAll('-', '')}`
  await refuseTaken(ground, name)
  goOn(ground)
  const time = timeOf(what)
  if (time === undefined && of !== undefined) {
    throw new CommandError('--of belongs to a time: a snapshot knows which database it is of.')
  }
  const item: Item = time ? await fromTime(ground, name, time, of) : await fromSnapshot(ground, name, what)
  goOn(ground)
  await write(ground, { databaseInstances: [...settings.databaseInstances, item] })
  for (const line of [
    `Next: npm run plan -- ${stack}, then pulumi preview -s ${stack} must show what it creates and replace nothing, then pulumi up -s ${stack}.`,
    `Then pulumi up -s ${stack} once more: a restore to a time gives the new one not all that the settings say, and the second run does, in place.`,
    'The restore takes 20 minutes for a small database, hours for a large one; the shop goes on with the old one meanwhile.',
    `Then npm run runbook -- runbooks/restore.ts --stack ${stack} says whether ${name} is ready; runbooks/restore.md, step 3, how to judge it.`,
  ]) {
    say(context.terminal, line)
  }
}

/** `latest`, or a time in UTC as settings have it; undefined for what names a snapshot. */
function timeOf(what: string): string | undefined {
  if (what === 'latest') return what
  if (!/^\d{4}-\d{2}-\d{2}([T ]|$)/.test(what)) return undefined
  const time = new Date(what)
  if (!/T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/.test(what) || Number.isNaN(time.getTime())) {
    throw new CommandError(
      `${JSON.stringify(what)} is no time with its zone: use one such as 2027-03-15T20:00:00+06:00 (Dhaka) or 2027-03-15T14:00:00Z.`,
    )
  }
  return utc(time)
}

async function fromTime(ground: Ground, name: string, time: string, of: string | undefined): Promise<Item> {
  const { clients, stack, settings } = ground
  const source = of ?? settings.databaseInUse
  const identifier = identifierOf(stack, source)
  const database = await readDatabase(clients, identifier)
  const window = await readWindow(clients, identifier)
  if (!window) {
    throw new CommandError(
      database
        ? `${source} (${identifier}, ${database.DBInstanceStatus}) has no automated backup yet: wait for its first one, or restore from a snapshot.`
        : `There is no database ${source} (${identifier}) and no automated backup of it: restore from a snapshot.`,
    )
  }
  if (time !== 'latest') refuseOutside(source, new Date(time), window)
  refuseTooLarge(settings, source, database?.AllocatedStorage)
  // One that is gone is known to RDS by its resource id only.
  return { name, restoreOf: window.retained ? window.resourceId : source, restoreTo: time }
}

function refuseOutside(source: string, time: Date, { earliest, latest }: Window): void {
  const told = (at: Date) => `${utc(at)} (${inDhaka(at)})`
  if (earliest && time < earliest) {
    throw new CommandError(
      `${source} can be restored to times from ${told(earliest)} on, and ${told(time)} is before that: restore from an older snapshot.`,
    )
  }
  if (time > latest) {
    throw new CommandError(
      `${source} can be restored to times up to ${told(latest)}, and ${told(time)} is after that: wait five minutes, or use latest.`,
    )
  }
}

async function fromSnapshot(ground: Ground, name: string, snapshot: string): Promise<Item> {
  const { clients, stack, settings } = ground
  const found = await readSnapshot(clients, snapshot)
  if (!found) {
    throw new CommandError(
      `There is no snapshot ${snapshot} in ${settings.region}: without an option this script shows the newest ones. One of another region or account must be copied here first (runbooks/restore.md, "From a copy").`,
    )
  }
  const inUse = await readDatabase(clients, identifierOf(stack, settings.databaseInUse))
  const key = inUse?.KmsKeyId
  const wrong = [
    found.Status === 'available' ? undefined : `it is ${found.Status}: wait until it is available`,
    found.Engine === 'postgres' ? undefined : `it is of ${found.Engine}: take one of PostgreSQL`,
    // A restored database keeps the key of its snapshot for ever, and the policy of another key lets others in.
    key === undefined || found.KmsKeyId === key
      ? undefined
      : `its key is ${found.KmsKeyId ?? 'none'}: restore a copy of it with ours (aws rds copy-db-snapshot --kms-key-id ${key})`,
    major(found.EngineVersion) === settings.databaseVersion
      ? undefined
      : `it is of PostgreSQL ${found.EngineVersion}, and dhakacart:databaseVersion is ${settings.databaseVersion}: restore with databaseVersion ${major(found.EngineVersion)}`,
  ].find((sentence) => sentence !== undefined)
  if (wrong) throw new CommandError(`The snapshot ${snapshot} cannot be restored: ${wrong}.`)
  refuseTooLarge(settings, snapshot, found.AllocatedStorage)
  return { name, snapshot }
}

const major = (version: string | undefined): string => version?.split('.')[0] ?? 'unknown'

// AWS makes the copy as large as its source, and wants room to grow of a tenth above it.
function refuseTooLarge({ databaseMaxStorageGib: most }: Settings, source: string, gib: number | undefined): void {
  const least = tenthMore(gib ?? 0)
  if (most >= least) return
  throw new CommandError(
    `${source} has a disk of ${gib} GiB, and dhakacart:databaseMaxStorageGib is ${most}: AWS wants at least ${least} for a copy of it. Set it first.`,
  )
}

async function refuseTaken(ground: Ground, name: string): Promise<void> {
  const { clients, stack, settings } = ground
  if (settings.databaseInstances.some((item) => item.name === name)) {
    throw new CommandError(`dhakacart:databaseInstances has ${name} already: pass another --name.`)
  }
  if (await readDatabase(clients, identifierOf(stack, name))) {
    throw new CommandError(`AWS has a database ${identifierOf(stack, name)} already: pass another --name.`)
  }
  // It would stand in the way when the new one is removed.
  if (await readSnapshot(clients, finalSnapshotOf(stack, name))) {
    throw new CommandError(
      `There is a final snapshot ${finalSnapshotOf(stack, name)} of an earlier ${name}: pass another --name.`,
    )
  }
}
