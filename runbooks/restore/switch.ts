import type { DBInstance } from '@aws-sdk/client-rds'
import { CommandError, say } from '../../platform/terminal/terminal.ts'
import { identifierOf, readDatabase } from '../database/databases.ts'
import { type Ground, goOn } from '../database/ground.ts'
import { write } from './write.ts'

/**
 * Has the shop use another database, once that one can stand in for the one in use.
 * @throws {CommandError} where it cannot, and what is missing
 */
export async function switchTo(ground: Ground, name: string): Promise<void> {
  const { context, clients, stack, settings } = ground
  const names = settings.databaseInstances.map((item) => item.name)
  if (!names.includes(name)) {
    throw new CommandError(`dhakacart:databaseInstances has no ${name}: it has ${names.join(', ')}.`)
  }
  if (name === settings.databaseInUse) throw new CommandError(`${name} is in use already.`)
  const identifier = identifierOf(stack, name)
  const database = await readDatabase(clients, identifier)
  if (!database) throw new CommandError(`AWS has no ${identifier} yet: pulumi up -s ${stack} makes it.`)
  const missing = [...lacking(database, settings.databaseMultiAz)]
  if (missing.length > 0) {
    throw new CommandError(`${name} cannot take over yet: ${missing.join('; ')}. Nothing was changed.`)
  }
  goOn(ground)
  const old = settings.databaseInUse
  await write(ground, { databaseInUse: name })
  for (const line of [
    `Next: keep the shop from taking orders that would stay behind in ${old} (runbooks/restore.md, step 4), then`,
    `npm run plan -- ${stack}; pulumi preview -s ${stack} must replace nothing; pulumi up -s ${stack}.`,
    `What was written to ${old} after the time that ${name} is of is in ${old} only: carry it over before you remove ${old}.`,
    `To go back: --switch ${old}; it stands until you remove it.`,
  ]) {
    say(context.terminal, line)
  }
}

/** What a restored database must be before the shop may lean on it. */
function* lacking(database: DBInstance, multiAz: boolean): Generator<string> {
  if (database.DBInstanceStatus !== 'available') yield `it is ${database.DBInstanceStatus}`
  if (!database.LatestRestorableTime)
    yield 'it has no backup of its own yet, which AWS makes by itself after the restore'
  if (multiAz && !database.MultiAZ) yield 'it has no standby in another zone yet'
  if (!database.IAMDatabaseAuthenticationEnabled) yield 'it does not let the shop in by IAM yet'
  const waiting = (database.DBParameterGroups ?? []).find(({ ParameterApplyStatus: is }) => is !== 'in-sync')
  if (waiting) {
    yield `its parameters are ${waiting.ParameterApplyStatus}: aws rds reboot-db-instance --db-instance-identifier ${database.DBInstanceIdentifier}`
  }
}
