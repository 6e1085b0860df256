import { CommandError, say } from '../../platform/terminal/terminal.ts'
import { finalSnapshotOf, identifierOf, readDatabase, readSnapshot } from '../database/databases.ts'
import { type Ground, goOn, inDhaka, utc } from '../database/ground.ts'
import { hoursBefore, readMetric } from '../database/metrics.ts'
import { write } from './write.ts'

/** How long nobody must have been connected. */
const quietMinutes = 15

/**
 * Takes a database out of the settings that nobody uses any more.
 * @throws {CommandError} where somebody does, or where AWS would refuse
 */
export async function remove(ground: Ground, name: string): Promise<void> {
  const { context, clients, stack, settings } = ground
  if (name === settings.databaseInUse) {
    throw new CommandError(
      `${name} is in use: switch to another one first (--switch NAME, then pulumi up -s ${stack}).`,
    )
  }
  const left = settings.databaseInstances.filter((item) => item.name !== name)
  if (left.length === settings.databaseInstances.length) {
    throw new CommandError(
      `dhakacart:databaseInstances has no ${name}: it has ${left.map((item) => item.name).join(', ')}.`,
    )
  }
  const database = await readDatabase(clients, identifierOf(stack, name))
  if (database?.DeletionProtection) {
    throw new CommandError(
      `AWS still protects ${name}: the switch is not applied yet. Run pulumi up -s ${stack} first.`,
    )
  }
  if (database) await refuseConnected(ground, name)
  if (await readSnapshot(clients, finalSnapshotOf(stack, name))) {
    throw new CommandError(
      `There is a snapshot ${finalSnapshotOf(stack, name)} already, and ${name} would leave one of that name: copy it under another name and delete it, or AWS refuses.`,
    )
  }
  goOn(ground)
  await write(ground, { databaseInstances: left })
  for (const line of [
    `Next: npm run plan -- ${stack}; pulumi preview -s ${stack} must delete ${name} with its alarms and nothing else; pulumi up -s ${stack}.`,
    `It leaves the snapshot ${finalSnapshotOf(stack, name)} until somebody deletes it, and its automated backups for ${settings.databaseBackupRetentionDays} days.`,
  ]) {
    say(context.terminal, line)
  }
}

async function refuseConnected({ clients, stack, now }: Ground, name: string): Promise<void> {
  const points = await readMetric(clients, {
    metric: 'DatabaseConnections',
    identifier: identifierOf(stack, name),
    statistic: 'Maximum',
    periodSeconds: 60,
    from: hoursBefore(now, quietMinutes / 60),
    to: now,
  })
  const last = points.findLast(({ value }) => value > 0)
  if (!last) return
  throw new CommandError(
    `${last.value} connections to ${name} at ${utc(last.at)} (${inDhaka(last.at)}): somebody uses it. Wait until nobody has for ${quietMinutes} minutes.`,
  )
}
