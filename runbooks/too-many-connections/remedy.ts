import { connectionsOf, databaseClasses } from '../../platform/database/classes.ts'
import { connectionsOfShop } from '../../platform/database/connections.ts'
import { diffOf, setSettings } from '../../platform/settings/edit.ts'
import type { Settings } from '../../platform/settings/schema.ts'
import { CommandError, say } from '../../platform/terminal/terminal.ts'
import { type Ground, goOn } from '../database/ground.ts'
import { isOurs, readMachine } from './look.ts'

/** @throws {CommandError} naming the classes that there are */
export function classNamed(text: string): Settings['databaseClass'] {
  if (isOurs(text)) return text
  throw new CommandError(
    `--class ${JSON.stringify(text)} is none of ours: use one of ${Object.keys(databaseClasses).join(', ')}.`,
  )
}

export interface Remedy {
  replicas: number | undefined
  databaseClass: Settings['databaseClass'] | undefined
}

/**
 * Writes fewer pods or a larger machine into the stack's file.
 * @throws {CommandError} where it would not help, or where AWS would refuse it now
 */
export async function remedy(
  ground: Ground,
  given: string | undefined,
  { replicas, databaseClass }: Remedy,
): Promise<number> {
  const { context, stack, settings } = ground
  const tell = (line: string) => say(context.terminal, line)
  const machine = await readMachine(ground, given)
  if (replicas !== undefined && replicas >= settings.shopMaxReplicas) {
    throw new CommandError(
      `dhakacart:shopMaxReplicas is ${settings.shopMaxReplicas}: --replicas ${replicas} frees no connection.`,
    )
  }
  if (databaseClass) refuseClass(machine, databaseClass)
  goOn(ground)
  const edit = await setSettings(context.root, stack, {
    ...(replicas !== undefined && { shopMaxReplicas: replicas }),
    ...(databaseClass && { databaseClass }),
  })
  tell(`${edit.file}:`)
  for (const line of diffOf(edit)) tell(line)
  if (replicas !== undefined) {
    tell(`The shop may have ${connectionsOfShop(replicas)} connections then.`)
    tell(`Next: pulumi preview -s ${stack}, then pulumi up -s ${stack}.`)
  } else {
    const away = machine.multiAz
      ? 'for a minute or two, while the standby takes over'
      : 'for ten minutes or more: it has no standby'
    tell(
      `Next: pulumi preview -s ${stack} must update ${machine.name} and replace nothing; pulumi up -s ${stack}. AWS keeps the change for the maintenance window; to have it now, with whatever else waits for that window:`,
    )
    tell(
      `  aws rds modify-db-instance --region ${settings.region} --db-instance-identifier ${machine.identifier} --db-instance-class ${databaseClass} --apply-immediately`,
    )
    tell(`The database is away ${away}. Every database of the stack gets the class.`)
  }
  return 0
}

function refuseClass(
  { name, status, offers = 0 }: { name: string; status: string; offers?: number | undefined },
  wanted: Settings['databaseClass'],
): void {
  const then = connectionsOf(wanted)
  if (then <= offers) {
    throw new CommandError(
      `${wanted} offers ${then} connections, and ${name} has a machine that offers ${offers}: take a larger one.`,
    )
  }
  if (status !== 'available') {
    throw new CommandError(`${name} is ${status}: AWS changes a machine while it is available. Wait.`)
  }
}
