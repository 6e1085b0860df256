import { ModifyDBInstanceCommand } from '@aws-sdk/client-rds'
import { ask } from '../../platform/aws/failure.ts'
import { lookAtSecret } from '../../platform/secrets/store.ts'
import { CommandError, say } from '../../platform/terminal/terminal.ts'
import { identifierOf, readDatabase } from '../database/databases.ts'
import { type Ground, goOn, type Pause } from '../database/ground.ts'

/** What this runbook calls the secret that RDS keeps and names by itself. */
export const masterName = 'database-master'

export interface Master {
  /** `active`, `rotating`, `creating` or `impaired`, as RDS says. */
  status: string
  arn: string
  /** When it got its present value. */
  changed: Date | undefined
  version: string | undefined
}

/** The master's secret of the database in use, without its value. */
export async function lookAtMaster({ clients, stack, settings }: Ground): Promise<Master> {
  const identifier = identifierOf(stack, settings.databaseInUse)
  const database = await readDatabase(clients, identifier)
  if (!database) throw new CommandError(`AWS has no ${identifier}: pulumi up -s ${stack} makes it.`)
  const { SecretArn: arn, SecretStatus: status = 'unknown' } = database.MasterUserSecret ?? {}
  if (!arn)
    throw new CommandError(
      `The password of ${identifier} is not kept by RDS: manageMasterUserPassword was switched off.`,
    )
  const state = await lookAtSecret(clients, arn)
  const has = state.state === 'has a value' ? state : undefined
  return { status, arn, changed: has?.changed, version: has?.version }
}

const everyMs = 5_000
/** AWS says that it is usually done within a minute. */
const lookMost = 60

/**
 * Has RDS change the password, and waits until Secrets Manager has it.
 * @returns whether it was seen to happen
 * @throws {CommandError} where other changes wait: AWS would make them at once along with it
 */
export async function rotateMaster(ground: Ground, pause: Pause): Promise<boolean> {
  const { clients, context, stack, settings } = ground
  const identifier = identifierOf(stack, settings.databaseInUse)
  await refusePending(ground, identifier)
  const before = await lookAtMaster(ground)
  if (before.status !== 'active')
    throw new CommandError(`The secret is ${before.status}: wait until it is active, or see the page.`)
  await ask('rds:ModifyDBInstance', identifier, () =>
    clients.rds.send(
      new ModifyDBInstanceCommand({
        DBInstanceIdentifier: identifier,
        RotateMasterUserPassword: true,
        ApplyImmediately: true,
      }),
    ),
  )
  for (let looked = 0; looked < lookMost; looked++) {
    goOn(ground)
    const { status, version } = await lookAtMaster(ground)
    if (status === 'active' && version !== before.version) {
      say(context.terminal, 'The password is another one.')
      return true
    }
    await pause(everyMs)
  }
  say(context.terminal, 'Secrets Manager has no new value after five minutes: look at the events of the database.')
  return false
}

async function refusePending({ clients }: Ground, identifier: string): Promise<void> {
  const pending = Object.keys((await readDatabase(clients, identifier))?.PendingModifiedValues ?? {})
  if (pending.length === 0) return
  throw new CommandError(
    `${identifier} has changes that wait for its maintenance window (${pending.join(', ')}), and AWS would make them at once along with this: rotate after it.`,
  )
}
