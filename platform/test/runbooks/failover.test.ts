import t, { type Test } from 'tap'
import { failover } from '../../../runbooks/failover.ts'
import { openPretendedCli } from '../harness/aws-cli.ts'
import { runHere } from '../harness/command.ts'
import { motoMissing, motoTimeoutMs } from '../harness/moto.ts'
import { openTestProject } from '../harness/project.ts'
import { openDatabaseCase } from '../harness/rds.ts'

const options = { skip: motoMissing, timeout: motoTimeoutMs }
const zones = { a: 'ap-southeast-1a', b: 'ap-southeast-1b' }

/** A database and a cache, and what AWS says of them at each pause. */
async function openCase(t: Test) {
  const cli = await openPretendedCli(t)
  const meanwhile: (() => unknown)[] = []
  const one = await openDatabaseCase(t, async () => 0)
  const run = (...argv: string[]) =>
    runHere((context) => failover(context, new Date(), async () => meanwhile.shift()?.()), {
      argv: ['--stack', 'staging', ...argv],
      root: one.root,
      env: { ...one.aws.env, ...cli.env },
    })
  const tellDatabase = (status: string, zone: string, multiAz = true) =>
    one.tellDatabase('main', {
      DBInstanceIdentifier: 'dhakacart-staging-main',
      DBInstanceStatus: status,
      AvailabilityZone: zone,
      SecondaryAvailabilityZone: zone === zones.a ? zones.b : zones.a,
      MultiAZ: String(multiAz),
    })
  const tellCache = (primary: string | undefined, status = 'available', nodes = ['001', '002']) =>
    cli.answer({
      'elasticache describe-replication-groups': {
        ReplicationGroups: [
          {
            ReplicationGroupId: 'dhakacart-staging-cache',
            Status: status,
            AutomaticFailover: nodes.length > 1 ? 'enabled' : 'disabled',
            NodeGroups: [
              {
                NodeGroupId: '0001',
                NodeGroupMembers: nodes.map((node) => ({
                  CacheClusterId: `dhakacart-staging-cache-${node}`,
                  CurrentRole: node === primary ? 'primary' : 'replica',
                  PreferredAvailabilityZone: node === '001' ? zones.a : zones.b,
                })),
              },
            ],
          },
        ],
      },
      'elasticache test-failover': {},
    })
  const forced = async () => (await cli.calls()).filter(([, operation]) => operation === 'test-failover')
  return { ...one, run, meanwhile, tellDatabase, tellCache, forced }
}

t.test('says what it needs', async (t) => {
  const root = await openTestProject(t)
  const run = (...argv: string[]) => runHere(failover, { argv, root, env: { HOME: root, PATH: '' } })
  t.match(await run('--help'), { code: 0, stdout: /^Usage: npm run runbook -- runbooks\/failover\.ts/ })
  t.match(await run(), { code: 1, stderr: /^Which stack/ })
  t.match(await run('--stack', 'staging', '--force', 'shop'), { code: 1, stderr: /^--force "shop" is neither/ })
})

t.test('looks at both, and changes nothing', options, async (t) => {
  const { run, tellDatabase, tellCache, aws, forced } = await openCase(t)
  await tellCache('001')
  t.match(await run(), { code: 1, stderr: /^AWS has no dhakacart-staging-main: pulumi up -s staging makes it/ })
  tellDatabase('available', zones.a)
  const both = await run()
  t.equal(both.code, 0, both.stderr)
  t.equal(
    both.stdout,
    `Database dhakacart-staging-main: available, in ${zones.a}.\n  A standby waits in ${zones.b}.\n` +
      `Cache dhakacart-staging-cache: available.\n  dhakacart-staging-cache-001: primary, in ${zones.a}\n  dhakacart-staging-cache-002: replica, in ${zones.b}\n`,
  )
  t.strictSame([aws.changes(), await forced()], [[], []])
})

t.test('refuses where nothing stands ready', options, async (t) => {
  const { run, tellDatabase, tellCache, aws, forced } = await openCase(t)
  tellDatabase('available', zones.a, false)
  await tellCache('001', 'available', ['001'])
  const both = await run()
  t.equal(both.code, 1)
  t.match(both.stdout, 'No failover: it has no standby (databaseMultiAz is false)')
  t.match(both.stdout, 'No failover: it has one node (cacheNodes)')
  const nothing = { code: 1, stderr: 'Nothing stands ready to take over, so nothing was done.\n' }
  t.match(await run('--force', 'database', '--yes'), nothing)
  t.match(await run('--force', 'cache', '--yes'), nothing)
  tellDatabase('modifying', zones.a)
  t.match(await run('--force', 'database', '--yes'), {
    ...nothing,
    stdout: /only while it is available, and it is modifying/,
  })
  await tellCache('001', 'snapshotting')
  t.match(await run('--force', 'cache', '--yes'), { ...nothing, stdout: /it is snapshotting/ })
  t.strictSame([aws.changes(), await forced()], [[], []])
})

t.test('lets the standby of the database take over, and waits for it', options, async (t) => {
  const { make, run, meanwhile, tellDatabase, aws } = await openCase(t)
  await make('main')
  tellDatabase('available', zones.a)
  aws.changes()
  t.match(await run('--force', 'database'), { code: 1, stderr: /pass --yes/ })
  t.strictSame(aws.changes(), [])
  meanwhile.push(
    () => tellDatabase('rebooting', zones.a),
    () => tellDatabase('available', zones.a),
    () => tellDatabase('available', zones.b),
  )
  const { code, stdout, stderr } = await run('--force', 'database', '--yes')
  t.equal(code, 0, stderr)
  t.match(
    stdout,
    `  available, in ${zones.a}\n  rebooting, in ${zones.a}\n  available, in ${zones.a}\n  available, in ${zones.b}\nIt took 0 s`,
  )
  const call = aws.calls.find(({ name }) => name === 'RebootDBInstance')
  t.match(call?.body, 'ForceFailover=true')
  t.strictSame(aws.changes(), ['RebootDBInstance'])
})

t.test('lets a replica of the cache take over, and waits for it', options, async (t) => {
  const { run, meanwhile, tellCache, forced } = await openCase(t)
  await tellCache('001')
  meanwhile.push(
    () => tellCache(undefined, 'modifying'),
    () => tellCache('002', 'modifying'),
    () => tellCache('002'),
  )
  const { code, stdout, stderr } = await run('--force', 'cache', '--yes')
  t.equal(code, 0, stderr)
  t.match(stdout, '  modifying, the primary is nobody\n  modifying, the primary is dhakacart-staging-cache-002\n')
  t.match(await forced(), [
    ['elasticache', 'test-failover', '--replication-group-id', 'dhakacart-staging-cache', '--node-group-id', '0001'],
  ])
})

t.test('gives up what does not end, and ends on Ctrl-C', options, async (t) => {
  const { make, run, root, aws, tellDatabase } = await openCase(t)
  await make('main')
  tellDatabase('available', zones.a)
  t.match(await run('--force', 'database', '--yes'), { code: 1, stdout: /Not over after a quarter of an hour/ })
  const interruption = new AbortController()
  const interrupted = await runHere((context) => failover(context, new Date(), async () => interruption.abort()), {
    argv: ['--stack', 'staging', '--force', 'database', '--yes'],
    root,
    env: aws.env,
    interruption: interruption.signal,
  })
  t.equal(interrupted.code, 130)
})
