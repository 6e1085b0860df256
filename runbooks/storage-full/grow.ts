import { diffOf, setSettings } from '../../platform/settings/edit.ts'
import { CommandError, say } from '../../platform/terminal/terminal.ts'
import { type Ground, goOn, inDhaka, utc } from '../database/ground.ts'
import { readDisk, tenthMore } from './disk.ts'

/** How far above a disk its limit should be at least, so that AWS does not warn of the limit at once (RDS user guide, 2026-11-21). */
const roomAbove = 1.26

/**
 * Writes a larger disk into the stack's file.
 * @throws {CommandError} where AWS would refuse it now
 */
export async function grow(ground: Ground, given: string | undefined, gib: number): Promise<number> {
  const { context, stack, settings } = ground
  const disk = await readDisk(ground, given)
  const least = tenthMore(disk.allocatedGib)
  if (gib < least) {
    throw new CommandError(
      `${disk.name} has ${disk.allocatedGib} GiB and AWS adds a tenth at least: use --grow ${least} or more.`,
    )
  }
  if (disk.restsUntil) {
    const until = `${utc(disk.restsUntil)} (${inDhaka(disk.restsUntil)})`
    throw new CommandError(
      `The disk of ${disk.name} was changed within the last six hours: AWS refuses another change before ${until}. Make room meanwhile (runbooks/storage-full.md, step 3).`,
    )
  }
  if (disk.status !== 'available' && disk.status !== 'storage-full') {
    throw new CommandError(
      `${disk.name} is ${disk.status}: AWS changes a disk while it is available or storage-full. Wait.`,
    )
  }
  goOn(ground)
  const most = Math.ceil(gib * roomAbove)
  const edit = await setSettings(context.root, stack, {
    databaseStorageGib: gib,
    ...(settings.databaseMaxStorageGib < most && { databaseMaxStorageGib: most }),
  })
  say(context.terminal, `${edit.file}:`)
  for (const line of diffOf(edit)) say(context.terminal, line)
  for (const line of [
    `Next: pulumi preview -s ${stack} must update ${disk.name} and replace nothing, then pulumi up -s ${stack}. AWS keeps the change for the maintenance window; to have it now, with whatever else waits for that window:`,
    `  aws rds modify-db-instance --region ${settings.region} --db-instance-identifier ${disk.identifier} --allocated-storage ${gib} --apply-immediately`,
    'It takes effect within minutes and without an interruption. A disk never shrinks, and AWS refuses the next change for six hours.',
  ]) {
    say(context.terminal, line)
  }
  return 0
}
