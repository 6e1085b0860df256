import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import t, { type Test } from 'tap'
import { storageFull } from '../../../runbooks/storage-full.ts'
import { plan } from '../../plan/index.ts'
import { changeBetween } from '../harness/change.ts'
import { runHere } from '../harness/command.ts'
import { planned } from '../harness/graphs.ts'
import { motoMissing, motoTimeoutMs } from '../harness/moto.ts'
import { openTestProject } from '../harness/project.ts'
import { openDatabaseCase } from '../harness/rds.ts'

const now = new Date('2027-03-15T18:00:00Z')
const command: typeof storageFull = (context) => storageFull(context, now)
const gib = 1024 ** 3

async function openCase(t: Test) {
  const one = await openDatabaseCase(t, command)
  const cloudWatch = new CloudWatchClient({ region: 'ap-southeast-1' })
  t.teardown(() => cloudWatch.destroy())
  return {
    ...one,
    /** Values of a metric, one an hour, the last one in the last hour. */
    async measure(metric: string, values: number[]) {
      const MetricData = values.map((Value, at) => ({
        MetricName: metric,
        Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'dhakacart-staging-main' }],
        Timestamp: new Date(now.getTime() - (values.length - at) * 3_600_000),
        Value: Value * gib,
      }))
      await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'AWS/RDS', MetricData }))
    },
    /** What RDS said of the database, hours ago. */
    tellEvent(message: string, hours: number) {
      const date = new Date(now.getTime() - hours * 3_600_000).toISOString()
      const call = 'DescribeEvents'
      const body = `<${call}Response xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><${call}Result><Events><Event><Message>${message}</Message><Date>${date}</Date></Event></Events></${call}Result></${call}Response>`
      one.aws.intercept(({ name }) => (name === call ? { headers: { 'content-type': 'text/xml' }, body } : undefined))
    },
  }
}

t.test('says what it needs', async (t) => {
  const root = await openTestProject(t)
  const run = (...argv: string[]) => runHere(storageFull, { argv, root, env: { HOME: root, PATH: '' } })
  t.match(await run('--help'), { code: 0, stdout: /^Usage: npm run runbook -- runbooks\/storage-full\.ts/ })
  t.match(await run(), { code: 1, stderr: /^Which stack/ })
  t.match(await run('--stack', 'staging', '--grow', 'much'), { code: 1, stderr: /^--grow "much" is no size/ })
})

t.test('says how full a disk is, and how fast it fills', { skip: motoMissing, timeout: motoTimeoutMs }, async (t) => {
  const { make, run, measure, aws } = await openCase(t)
  t.match(await run(), { code: 1, stderr: /^AWS has no dhakacart-staging-main: pulumi up/ })
  t.match(await run('--database', 'other'), { code: 1, stderr: /has no other: it has main/ })
  await make('main')
  t.match(await run(), { code: 0, stdout: /Free: CloudWatch has no value of the last week\./ })
  // 48 hours, a quarter of a GiB each; the disk was made 10 GiB larger once.
  const free = Array.from({ length: 49 }, (_, hour) => 15 - hour / 4 + (hour >= 30 ? 5 : 0))
  await measure('FreeStorageSpace', free)
  aws.changes()
  const { code, stdout } = await run()
  t.equal(code, 0)
  t.match(
    stdout,
    'main (dhakacart-staging-main) is available.\nDisk: 20 GiB, which AWS makes larger by itself up to 100.\n',
  )
  t.match(stdout, 'Free: 8.0 GiB (40 %), at 2027-03-15T17:00:00Z (2027-03-15 23:00 in Dhaka).\n')
  t.match(stdout, 'Growth: 5.9 GiB a day over 2 days; this disk is full in about 33 hours.\n')
  t.match(
    stdout,
    'It grows by itself when less than a tenth is free for five minutes, to 30 GiB or more.\nThere is room.\n',
  )
  t.strictSame(aws.changes(), [], 'it only looks')
})

t.test('says what holds AWS up', { skip: motoMissing, timeout: motoTimeoutMs }, async (t) => {
  const { make, run, measure, tellDatabase, tellEvent } = await openCase(t)
  await make('main')
  await measure('FreeStorageSpace', [1.5])
  await measure('TransactionLogsDiskUsage', [9])
  await measure('OldestReplicationSlotLag', [8.5])
  const { code, stdout } = await run()
  t.equal(code, 1)
  t.match(stdout, 'Free: 1.5 GiB (7 %)')
  t.match(stdout, 'Growth: CloudWatch has less than a day of values.\nTransaction logs: 9.0 GiB.\n')
  t.match(stdout, 'A replication slot keeps 8.5 GiB of them')
  t.match(stdout, '\nNext: npm run runbook -- runbooks/storage-full.ts --stack staging --grow 30, or more')

  tellEvent('Finished applying autoscaling-initiated modification to allocated storage.', 2)
  t.match((await run()).stdout, 'It cannot grow before 2027-03-15T22:00:00Z (2027-03-16 04:00 in Dhaka)')
  tellEvent('Finished applying modification to master credentials.', 2)
  t.match((await run()).stdout, 'It grows by itself')
  const main = { DBInstanceIdentifier: 'dhakacart-staging-main', AllocatedStorage: '95' }
  tellDatabase('main', { ...main, MaxAllocatedStorage: '100', DBInstanceStatus: 'available' })
  t.match((await run()).stdout, 'the next step, to 105 GiB, is beyond databaseMaxStorageGib 100.')
  tellDatabase('main', { ...main, DBInstanceStatus: 'available' })
  t.match((await run()).stdout, 'It grows no more by itself: databaseMaxStorageGib is reached.')
  tellDatabase('main', { ...main, MaxAllocatedStorage: '400', DBInstanceStatus: 'storage-optimization' })
  t.match((await run()).stdout, 'It cannot grow now: AWS still optimises the last change')
  tellDatabase('main', { ...main, MaxAllocatedStorage: '400', DBInstanceStatus: 'storage-full' })
  t.match(await run(), { code: 1, stdout: /is storage-full\./ })
})

t.test('a larger disk is written where AWS would take it', { skip: motoMissing, timeout: motoTimeoutMs }, async (t) => {
  const { root, make, run, tellDatabase, tellEvent } = await openCase(t)
  await make('main', { AllocatedStorage: 50 })
  const file = () => readFile(join(root, 'Pulumi.staging.yaml'), 'utf8')
  const before = await file()
  t.match(await run('--grow', '54'), {
    code: 1,
    stderr: /has 50 GiB and AWS adds a tenth at least: use --grow 55 or more/,
  })
  tellEvent('Finished applying modification to allocated storage.', 5)
  t.match(await run('--grow', '80'), { code: 1, stderr: /^The disk of main was changed within the last six hours/ })
  tellEvent('Finished applying modification to allocated storage.', 7)
  tellDatabase('main', { DBInstanceStatus: 'modifying', AllocatedStorage: '50', MaxAllocatedStorage: '100' })
  t.match(await run('--grow', '80'), { code: 1, stderr: /^main is modifying: AWS changes a disk while/ })
  t.equal(await file(), before, 'the file is as it was')

  tellDatabase('main', { DBInstanceStatus: 'storage-full', AllocatedStorage: '50', MaxAllocatedStorage: '100' })
  const { code, stdout, stderr } = await run('--grow', '90')
  t.equal(code, 0, stderr)
  t.match(
    stdout,
    'Pulumi.staging.yaml:\n-   dhakacart:databaseStorageGib: 20\n-   dhakacart:databaseMaxStorageGib: 100\n+   dhakacart:databaseStorageGib: 90\n+   dhakacart:databaseMaxStorageGib: 114\n',
  )
  t.match(stdout, '--db-instance-identifier dhakacart-staging-main --allocated-storage 90 --apply-immediately\n')
})

t.test('a larger disk is an update', async (t) => {
  const overrides = { databaseStorageGib: 90, databaseMaxStorageGib: 114 }
  const before = await planned({ stack: 'staging', mode: 'applied' })
  const change = changeBetween(before, await plan({ stack: 'staging', mode: 'applied', overrides }))
  t.ok(change.updated.includes('aws:rds/instance:Instance main'), change.updated.join(', '))
  t.strictSame([...change.created, ...change.replaced, ...change.deleted], [])
})
