import { say } from '../../platform/terminal/terminal.ts'
import { type Ground, goOn, inDhaka, utc } from '../database/ground.ts'
import { hoursBefore, type MetricQuestion, newest, type Point, readMetric } from '../database/metrics.ts'
import { type Disk, gib, nextStep, readDisk } from './disk.ts'

/** Below this share of free space AWS makes a disk larger by itself; then it is time to look. */
const little = 0.1
const week = 7 * 24

/** Says how full a disk is and how fast it fills. Returns 1 where there is little room. */
export async function look(ground: Ground, given: string | undefined): Promise<number> {
  const { context, stack } = ground
  const disk = await readDisk(ground, given)
  goOn(ground)
  const free = await readMetric(ground.clients, question(ground, disk, 'FreeStorageSpace', 'Minimum', week))
  goOn(ground)
  const wal = await readMetric(ground.clients, question(ground, disk, 'TransactionLogsDiskUsage', 'Maximum', 2))
  const slot = await readMetric(ground.clients, question(ground, disk, 'OldestReplicationSlotLag', 'Maximum', 2))
  const tell = (line: string) => say(context.terminal, line)
  tell(`${disk.name} (${disk.identifier}) is ${disk.status}.`)
  tell(
    `Disk: ${disk.allocatedGib} GiB${disk.mostGib ? `, which AWS makes larger by itself up to ${disk.mostGib}` : ''}.`,
  )
  const last = newest(free)
  if (!last) tell('Free: CloudWatch has no value of the last week.')
  else {
    tell(`Free: ${size(last.value)} (${share(last.value, disk)} %), at ${utc(last.at)} (${inDhaka(last.at)}).`)
    tell(growth(free, disk))
  }
  if (newest(wal)) tell(`Transaction logs: ${size(newest(wal)?.value ?? 0)}.`)
  if ((newest(slot)?.value ?? 0) > gib) {
    tell(
      `A replication slot keeps ${size(newest(slot)?.value ?? 0)} of them: that is what fills the disk; runbooks/storage-full.md, step 3.`,
    )
  }
  tell(byItself(disk))
  const tight = disk.status === 'storage-full' || (last !== undefined && last.value < little * disk.allocatedGib * gib)
  tell(
    tight
      ? `Next: npm run runbook -- runbooks/storage-full.ts --stack ${stack} --grow ${nextStep(disk.allocatedGib)}, or more; then look for what fills it (runbooks/storage-full.md, step 3).`
      : 'There is room.',
  )
  return tight ? 1 : 0
}

function question(
  { now }: Ground,
  { identifier }: Disk,
  metric: string,
  statistic: MetricQuestion['statistic'],
  hours: number,
) {
  return { metric, identifier, statistic, periodSeconds: 3_600, from: hoursBefore(now, hours), to: now }
}

const size = (bytes: number): string => `${(bytes / gib).toFixed(1)} GiB`
const share = (bytes: number, { allocatedGib }: Disk): number => Math.floor((bytes / gib / allocatedGib) * 100)

/** What was written in the week. A jump upwards is a disk that grew (by a tenth at least), or a great cleaning, and counts for nothing. */
function growth(free: Point[], disk: Disk): string {
  const [first] = free
  const last = newest(free)
  const hours = first && last ? (last.at.getTime() - first.at.getTime()) / 3_600_000 : 0
  if (!last || hours < 24) return 'Growth: CloudWatch has less than a day of values.'
  const jump = 0.05 * disk.allocatedGib * gib
  const written = free.reduce((sum, { value }, at) => {
    const before = free[at - 1]?.value ?? value
    return value - before >= jump ? sum : sum + before - value
  }, 0)
  const perDay = (written / hours) * 24
  if (perDay <= 0) return `Growth: none over ${Math.round(hours / 24)} days.`
  const days = last.value / perDay
  const told = days < 2 ? `${Math.round(days * 24)} hours` : `${Math.round(days)} days`
  return `Growth: ${size(perDay)} a day over ${Math.round(hours / 24)} days; this disk is full in about ${told}.`
}

/** Whether AWS would make it larger when a tenth is left. */
function byItself(disk: Disk): string {
  const { status, allocatedGib, mostGib, restsUntil } = disk
  if (!mostGib) return 'It grows no more by itself: databaseMaxStorageGib is reached.'
  if (nextStep(allocatedGib) > mostGib) {
    return `It grows no more by itself: the next step, to ${nextStep(allocatedGib)} GiB, is beyond databaseMaxStorageGib ${mostGib}.`
  }
  if (status === 'storage-optimization') {
    return 'It cannot grow now: AWS still optimises the last change, which takes hours; the shop goes on meanwhile.'
  }
  if (restsUntil)
    return `It cannot grow before ${utc(restsUntil)} (${inDhaka(restsUntil)}): AWS rests six hours after a change.`
  return `It grows by itself when less than a tenth is free for five minutes, to ${nextStep(allocatedGib)} GiB or more.`
}
