import { connectionsOf, databaseClasses } from '../../platform/database/classes.ts'
import { connectionsOfPod, connectionsOfShop } from '../../platform/database/connections.ts'
import type { Settings } from '../../platform/settings/schema.ts'
import { say } from '../../platform/terminal/terminal.ts'
import { readNamed } from '../database/databases.ts'
import { type Ground, goOn, inDhaka, utc } from '../database/ground.ts'
import { hoursBefore, newest, readMetric } from '../database/metrics.ts'

type ClassName = Settings['databaseClass']

/** Above this share of what the machine offers, there is little room. */
const much = 0.8

/** A database as this page looks at it. */
export interface Machine {
  name: string
  identifier: string
  status: string
  className: string
  multiAz: boolean
  /** Undefined for a class that is none of ours. */
  offers: number | undefined
}

/** @throws {CommandError} where the stack or AWS has no such database */
export async function readMachine(ground: Ground, given: string | undefined): Promise<Machine> {
  const { name, identifier, database } = await readNamed(ground, given)
  const { DBInstanceClass: className = 'unknown', DBInstanceStatus: status = 'unknown', MultiAZ: multiAz } = database
  const offers = isOurs(className) ? connectionsOf(className) : undefined
  return { name, identifier, status, className, multiAz: multiAz ?? false, offers }
}

export const isOurs = (name: string): name is ClassName => name in databaseClasses

/** Says how many connections there are, were, and may be. Returns 1 where there is little room. */
export async function look(ground: Ground, given: string | undefined): Promise<number> {
  const { context, clients, settings, stack, now } = ground
  const machine = await readMachine(ground, given)
  goOn(ground)
  const points = await readMetric(clients, {
    metric: 'DatabaseConnections',
    identifier: machine.identifier,
    statistic: 'Maximum',
    periodSeconds: 300,
    from: hoursBefore(now, 24),
    to: now,
  })
  const tell = (line: string) => say(context.terminal, line)
  tell(`${machine.name} (${machine.identifier}, ${machine.className}) is ${machine.status}.`)
  tell(
    machine.offers === undefined
      ? `${machine.className} is no class of databaseClass: ask the database what it offers (show max_connections).`
      : `It offers at least ${machine.offers} connections; "show max_connections" tells the true number.`,
  )
  const most = connectionsOfShop(settings.shopMaxReplicas)
  tell(
    `The shop may have ${most} of them: ${settings.shopMaxReplicas} pods and one more during a rollout, ${connectionsOfPod} each, and a migration's.`,
  )
  const last = newest(points)
  if (!last) {
    tell('CloudWatch has no value of the last day.')
    return 0
  }
  const peak = Math.max(...points.map(({ value }) => value))
  tell(`There are ${last.value}, at ${utc(last.at)} (${inDhaka(last.at)}); the most of the last day were ${peak}.`)
  const tight = machine.offers !== undefined && last.value >= much * machine.offers
  if (last.value > most) {
    tell(
      `That is ${last.value - most} more than the shop may have: somebody else is connected, or old pods live on. Ask who (runbooks/too-many-connections.md, step 2).`,
    )
  } else if (tight) {
    tell(`They can all be the shop's: fewer pods (--replicas), or a larger machine (--class), for ${stack}.`)
  }
  if (!tight) tell('There is room.')
  return tight ? 1 : 0
}
