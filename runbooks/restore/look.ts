import type { DBInstance } from '@aws-sdk/client-rds'
import type { Settings } from '../../platform/settings/schema.ts'
import { table } from '../../platform/terminal/table.ts'
import { say } from '../../platform/terminal/terminal.ts'
import { identifierOf, newestSnapshots, readDatabase, readWindow } from '../database/databases.ts'
import { type Ground, goOn, inDhaka, utc } from '../database/ground.ts'

type Item = Settings['databaseInstances'][number]
type Found = { item: Item; database: DBInstance | undefined }

const snapshotsShown = 5

/** Says which databases stand, what they can be restored to, and what comes next. */
export async function look(ground: Ground): Promise<void> {
  const { context, clients, stack, settings } = ground
  const tell = (line = '') => say(context.terminal, line)
  const found: Found[] = []
  for (const item of settings.databaseInstances) {
    goOn(ground)
    found.push({ item, database: await readDatabase(clients, identifierOf(stack, item.name)) })
  }
  for (const line of table([heading, ...found.map((one) => row(one, settings))])) tell(line)
  tell()
  for (const { item } of found) {
    goOn(ground)
    const window = await readWindow(clients, identifierOf(stack, item.name))
    if (!window) tell(`${item.name} has no automated backup yet: it can be restored from a snapshot only.`)
    else {
      const from = window.earliest ? `from ${utc(window.earliest)} (${inDhaka(window.earliest)}) ` : ''
      tell(`${item.name} can be restored to any second ${from}to ${utc(window.latest)} (${inDhaka(window.latest)}).`)
    }
  }
  await tellSnapshots(ground, settings.databaseInUse)
  tell()
  tell(`Next: ${nextOf(found, settings, stack)}`)
}

const heading = ['database', 'is', 'in AWS', 'class', 'disk', 'standby', 'made']

function row({ item, database }: Found, { databaseInUse }: Settings): string[] {
  const { DBInstanceStatus: status = 'not there', DBInstanceClass: size = '-', AllocatedStorage: gib } = database ?? {}
  return [
    item.name,
    item.name === databaseInUse ? 'in use' : 'beside',
    status,
    size,
    gib === undefined ? '-' : `${gib} GiB`,
    database?.MultiAZ ? 'yes' : 'no',
    madeFrom(item),
  ]
}

function madeFrom({ snapshot, restoreOf, restoreTo }: Item): string {
  if (snapshot) return `from the snapshot ${snapshot}`
  return restoreOf ? `as ${restoreOf} was at ${restoreTo ?? 'latest'}` : 'empty'
}

async function tellSnapshots({ context, clients, stack }: Ground, name: string): Promise<void> {
  const snapshots = await newestSnapshots(clients, identifierOf(stack, name), snapshotsShown)
  say(context.terminal)
  say(context.terminal, snapshots.length > 0 ? `The newest snapshots of ${name}:` : `There is no snapshot of ${name}.`)
  const rows = snapshots.map(({ SnapshotCreateTime: at, Status: status, DBSnapshotIdentifier: id }) => [
    `  ${at ? `${utc(at)} (${inDhaka(at)})` : 'under way'}`,
    status ?? '',
    id ?? '',
  ])
  for (const line of table(rows)) say(context.terminal, line)
}

/** Where the three steps are, and which comes now. */
function nextOf(found: Found[], { databaseInUse }: Settings, stack: string): string {
  const script = `npm run runbook -- runbooks/restore.ts --stack ${stack}`
  const beside = found.filter(({ item }) => item.name !== databaseInUse)
  const unmade = found.find(({ database }) => database === undefined)
  if (unmade) return `pulumi up -s ${stack} makes ${unmade.item.name}.`
  const unready = beside.find(({ database }) => database?.DBInstanceStatus !== 'available')
  if (unready) return `wait until ${unready.item.name} is available; it is ${unready.database?.DBInstanceStatus}.`
  const other = beside[0]?.item
  if (!other) return `${script} --add latest, or --add TIME, or --add SNAPSHOT, if something must be brought back.`
  const restored = other.restoreOf !== undefined || other.snapshot !== undefined
  const older =
    found.findIndex(({ item }) => item.name === databaseInUse) > found.findIndex(({ item }) => item === other)
  return restored && !older
    ? `judge ${other.name} (runbooks/restore.md, step 3), then ${script} --switch ${other.name}`
    : `when nothing of ${other.name} is needed any more: ${script} --remove ${other.name}`
}
