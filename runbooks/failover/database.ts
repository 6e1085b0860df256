import { type DBInstance, RebootDBInstanceCommand } from '@aws-sdk/client-rds'
import { ask } from '../../platform/aws/failure.ts'
import { CommandError, say } from '../../platform/terminal/terminal.ts'
import { identifierOf, readDatabase } from '../database/databases.ts'
import type { Ground, Pause } from '../database/ground.ts'
import { waitUntil } from './wait.ts'

/** Says in which zone the database in use is and where its standby waits. */
export async function lookAtDatabase(ground: Ground): Promise<boolean> {
  const { terminal } = ground.context
  const database = await readOurs(ground)
  const name = database.DBInstanceIdentifier
  say(terminal, `Database ${name}: ${database.DBInstanceStatus}, in ${database.AvailabilityZone ?? 'an unknown zone'}.`)
  const trouble = whyNotReady(database)
  say(
    terminal,
    trouble
      ? `  No failover: ${trouble}.`
      : `  A standby waits in ${database.SecondaryAvailabilityZone ?? 'another zone'}.`,
  )
  return trouble === undefined
}

/** Restarts it on its standby. */
export async function forceDatabase(ground: Ground, pause: Pause): Promise<number | undefined> {
  const before = await readOurs(ground)
  const { DBInstanceIdentifier: identifier = '', AvailabilityZone: zone } = before
  const { rds } = ground.clients
  await ask('rds:RebootDBInstance', identifier, () =>
    rds.send(new RebootDBInstanceCommand({ DBInstanceIdentifier: identifier, ForceFailover: true })),
  )
  return waitUntil(ground, pause, async () => {
    const { DBInstanceStatus: status, AvailabilityZone: now } = await readOurs(ground)
    return { done: status === 'available' && now !== zone, said: `${status}, in ${now}` }
  })
}

function whyNotReady({ MultiAZ: multiAz, DBInstanceStatus: status }: DBInstance): string | undefined {
  if (!multiAz) return 'it has no standby (databaseMultiAz is false); runbooks/restore.md brings back a lost one'
  return status === 'available' ? undefined : `AWS does it only while it is available, and it is ${status}`
}

async function readOurs({ clients, stack, settings }: Ground): Promise<DBInstance> {
  const identifier = identifierOf(stack, settings.databaseInUse)
  const database = await readDatabase(clients, identifier)
  if (database) return database
  throw new CommandError(`AWS has no ${identifier}: pulumi up -s ${stack} makes it.`)
}
