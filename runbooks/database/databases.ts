import {
  type DBInstance,
  type DBSnapshot,
  DescribeDBInstanceAutomatedBackupsCommand,
  DescribeDBInstancesCommand,
  DescribeDBSnapshotsCommand,
  DescribeEventsCommand,
} from '@aws-sdk/client-rds'
import type { Clients } from '../../platform/aws/clients.ts'
import { ask, unless } from '../../platform/aws/failure.ts'
import { CommandError } from '../../platform/terminal/terminal.ts'
import type { Ground } from './ground.ts'

/** What AWS calls a database of ours: `main` of prod is `dhakacart-prod-main`. */
export const identifierOf = (stack: string, name: string): string => `dhakacart-${stack}-${name}`

/** What a database leaves when it is removed; the name must be free by then. */
export const finalSnapshotOf = (stack: string, name: string): string => `${identifierOf(stack, name)}-final`

/** A database as AWS has it; undefined where there is none of that name. */
export async function readDatabase({ rds }: Clients, identifier: string): Promise<DBInstance | undefined> {
  const answer = await ask('rds:DescribeDBInstances', identifier, () =>
    rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: identifier })),
  ).catch(unless('DBInstanceNotFoundFault', 'DBInstanceNotFound'))
  return answer?.DBInstances?.[0]
}

/** A database of the stack as AWS has it. */
export interface NamedDatabase {
  name: string
  identifier: string
  database: DBInstance
}

/**
 * The database that a person named, or the one in use.
 * @throws {CommandError} where the stack or AWS has no such database
 */
export async function readNamed(
  { clients, stack, settings }: Ground,
  given: string | undefined,
): Promise<NamedDatabase> {
  const name = given ?? settings.databaseInUse
  const names = settings.databaseInstances.map((item) => item.name)
  if (!names.includes(name)) {
    throw new CommandError(`dhakacart:databaseInstances has no ${name}: it has ${names.join(', ')}.`)
  }
  const identifier = identifierOf(stack, name)
  const database = await readDatabase(clients, identifier)
  if (!database) throw new CommandError(`AWS has no ${identifier}: pulumi up -s ${stack} makes it.`)
  return { name, identifier, database }
}

/** The times that a database can be restored to. */
export interface Window {
  /** Unknown where AWS does not tell it; the retention says then. */
  earliest: Date | undefined
  latest: Date
  /** True where the database is gone, and its automated backups are what is left of it. */
  retained: boolean
  /** `db-...`, which stays the same for a database that is gone. */
  resourceId: string
}

/** The times that a database can be restored to, also when it is gone and its backups were kept; undefined where there are none. */
export async function readWindow({ rds }: Clients, identifier: string): Promise<Window | undefined> {
  const { DBInstanceAutomatedBackups: backups = [] } = await ask(
    'rds:DescribeDBInstanceAutomatedBackups',
    identifier,
    () => rds.send(new DescribeDBInstanceAutomatedBackupsCommand({ DBInstanceIdentifier: identifier })),
  )
  const backup =
    backups.find(({ Status }) => Status === 'active') ?? backups.find(({ Status }) => Status === 'retained')
  const latest = backup?.RestoreWindow?.LatestTime
  if (!backup?.DbiResourceId || !latest) return undefined
  const { RestoreWindow: window, Status: status, DbiResourceId: resourceId } = backup
  return { earliest: window?.EarliestTime, latest, retained: status === 'retained', resourceId }
}

/** A snapshot by its identifier or ARN; undefined where there is none. */
export async function readSnapshot({ rds }: Clients, snapshot: string): Promise<DBSnapshot | undefined> {
  const answer = await ask('rds:DescribeDBSnapshots', snapshot, () =>
    rds.send(new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: snapshot })),
  ).catch(unless('DBSnapshotNotFoundFault', 'DBSnapshotNotFound'))
  return answer?.DBSnapshots?.[0]
}

/** The newest snapshots of a database, those of AWS Backup with them: AWS leaves these out unless they are asked for by type. */
export async function newestSnapshots({ rds }: Clients, identifier: string, most: number): Promise<DBSnapshot[]> {
  const found = []
  for (const type of ['automated', 'manual', 'awsbackup']) {
    const { DBSnapshots: snapshots = [] } = await ask('rds:DescribeDBSnapshots', identifier, () =>
      rds.send(new DescribeDBSnapshotsCommand({ DBInstanceIdentifier: identifier, SnapshotType: type })),
    )
    found.push(...snapshots)
  }
  const at = ({ SnapshotCreateTime: time }: DBSnapshot) => time?.getTime() ?? 0
  return found.sort((a, b) => at(b) - at(a)).slice(0, most)
}

/** What RDS said of a database in the last hours, oldest first; it remembers a fortnight. */
export async function readEvents({ rds }: Clients, identifier: string, hours: number) {
  const { Events: events = [] } = await ask('rds:DescribeEvents', identifier, () =>
    rds.send(
      new DescribeEventsCommand({ SourceIdentifier: identifier, SourceType: 'db-instance', Duration: hours * 60 }),
    ),
  )
  return events
}
