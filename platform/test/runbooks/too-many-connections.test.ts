import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import t from 'tap'
import { tooManyConnections } from '../../../runbooks/too-many-connections.ts'
import { connectionsOf } from '../../database/classes.ts'
import { connectionsOfShop } from '../../database/connections.ts'
import { plan } from '../../plan/index.ts'
import { changeBetween } from '../harness/change.ts'
import { runHere } from '../harness/command.ts'
import { planned } from '../harness/graphs.ts'
import { motoMissing, motoTimeoutMs } from '../harness/moto.ts'
import { openTestProject } from '../harness/project.ts'
import { openDatabaseCase } from '../harness/rds.ts'

const now = new Date('2027-03-15T18:00:00Z')
const command: typeof tooManyConnections = (context) => tooManyConnections(context, now)
const offered = connectionsOf('db.t4g.small')
const most = connectionsOfShop(4)

t.test('says what it needs', async (t) => {
  const root = await openTestProject(t)
  const run = (...argv: string[]) => runHere(tooManyConnections, { argv, root, env: { HOME: root, PATH: '' } })
  t.match(await run('--help'), { code: 0, stdout: /^Usage: npm run runbook -- runbooks\/too-many-connections\.ts/ })
  t.match(await run(), { code: 1, stderr: /^Which stack/ })
  t.match(await run('--stack', 'staging', '--replicas', 'few'), { code: 1, stderr: /^--replicas "few" is no number/ })
  t.match(await run('--stack', 'staging', '--class', 'db.x'), {
    code: 1,
    stderr: /^--class "db\.x" is none of ours: use/,
  })
  t.match(await run('--stack', 'staging', '--class', 'db.m7g.large', '--replicas', '2'), {
    code: 1,
    stderr: /^One remedy/,
  })
})

t.test('says how many there are, and whose they can be', { skip: motoMissing, timeout: motoTimeoutMs }, async (t) => {
  const { make, run, aws, tellDatabase } = await openDatabaseCase(t, command)
  const cloudWatch = new CloudWatchClient({ region: 'ap-southeast-1' })
  t.teardown(() => cloudWatch.destroy())
  const measure = async (minutesAgo: number, Value: number) => {
    const Dimensions = [{ Name: 'DBInstanceIdentifier', Value: 'dhakacart-staging-main' }]
    const Timestamp = new Date(now.getTime() - minutesAgo * 60_000)
    const MetricData = [{ MetricName: 'DatabaseConnections', Dimensions, Timestamp, Value }]
    await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'AWS/RDS', MetricData }))
  }
  t.match(await run(), { code: 1, stderr: /^AWS has no dhakacart-staging-main: pulumi up/ })
  t.match(await run('--database', 'other'), { code: 1, stderr: /has no other: it has main/ })
  await make('main')
  t.match(await run(), { code: 0, stdout: /CloudWatch has no value of the last day\.\n$/ })
  await measure(600, 61)
  await measure(30, 33)
  aws.changes()
  const calm = await run()
  t.equal(calm.code, 0)
  t.match(calm.stdout, 'main (dhakacart-staging-main, db.t4g.small) is available.\n')
  t.match(calm.stdout, `It offers at least ${offered} connections; "show max_connections" tells the true number.\n`)
  t.match(
    calm.stdout,
    `The shop may have ${most} of them: 4 pods and one more during a rollout, 14 each, and a migration's.\n`,
  )
  t.match(
    calm.stdout,
    'There are 33, at 2027-03-15T17:30:00Z (2027-03-15 23:30 in Dhaka); the most of the last day were 61.\nThere is room.\n',
  )
  t.strictSame(aws.changes(), [], 'it only looks')

  await measure(10, most + 5)
  t.match(await run(), { code: 0, stdout: /That is 5 more than the shop may have: .*\nThere is room\.\n$/ })
  await measure(5, Math.ceil(offered * 0.8))
  t.match(await run(), { code: 1, stdout: /more than the shop may have/ })
  tellDatabase('main', { DBInstanceStatus: 'available', DBInstanceClass: 'db.t3.micro' })
  t.match(await run(), { code: 0, stdout: /db\.t3\.micro is no class of databaseClass: ask the database/ })
})

t.test('a remedy is written where it helps', { skip: motoMissing, timeout: motoTimeoutMs }, async (t) => {
  const { root, make, run, tellDatabase } = await openDatabaseCase(t, command)
  await make('main')
  const file = () => readFile(join(root, 'Pulumi.staging.yaml'), 'utf8')
  const before = await file()
  t.match(await run('--replicas', '4'), { code: 1, stderr: /shopMaxReplicas is 4: --replicas 4 frees no connection/ })
  t.match(await run('--replicas', '1'), { code: 1, stderr: /dhakacart:shopMinReplicas: 2 is above shopMaxReplicas 1/ })
  t.match(await run('--class', 'db.t4g.micro'), {
    code: 1,
    stderr: /^db\.t4g\.micro offers \d+ connections, and main has/,
  })
  tellDatabase('main', { DBInstanceStatus: 'modifying', DBInstanceClass: 'db.t4g.small' })
  t.match(await run('--class', 'db.m7g.large'), { code: 1, stderr: /^main is modifying: AWS changes a machine while/ })
  t.equal(await file(), before, 'the file is as it was')

  const fewer = await run('--replicas', '3')
  t.match(fewer, { code: 0, stdout: '-   dhakacart:shopMaxReplicas: 4\n+   dhakacart:shopMaxReplicas: 3\n' })
  t.match(fewer.stdout, `The shop may have ${most - 14} connections then.\n`)

  tellDatabase('main', { DBInstanceStatus: 'available', DBInstanceClass: 'db.t4g.small' })
  const larger = await run('--class', 'db.m7g.large')
  t.match(larger, {
    code: 0,
    stdout: '-   dhakacart:databaseClass: db.t4g.small\n+   dhakacart:databaseClass: db.m7g.large\n',
  })
  t.match(larger.stdout, '--db-instance-class db.m7g.large --apply-immediately\n')
  t.match(larger.stdout, 'The database is away for ten minutes or more: it has no standby.')
  tellDatabase('main', { DBInstanceStatus: 'available', DBInstanceClass: 'db.m7g.large', MultiAZ: 'true' })
  t.match((await run('--class', 'db.m7g.xlarge')).stdout, 'for a minute or two, while the standby takes over')
})

t.test('a larger machine is an update', async (t) => {
  const overrides = { databaseClass: 'db.m7g.xlarge' }
  const before = await planned({ stack: 'prod', mode: 'applied' })
  const change = changeBetween(before, await plan({ stack: 'prod', mode: 'applied', overrides }))
  t.ok(change.updated.includes('aws:rds/instance:Instance main'), change.updated.join(', '))
  t.strictSame([...change.created, ...change.replaced, ...change.deleted], [])
})
