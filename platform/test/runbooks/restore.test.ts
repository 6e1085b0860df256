import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CreateDBSnapshotCommand,
  DeleteDBInstanceCommand,
  ModifyDBInstanceCommand,
  RestoreDBInstanceToPointInTimeCommand,
} from '@aws-sdk/client-rds'
import t from 'tap'
import { finalSnapshotOf, identifierOf } from '../../../runbooks/database/databases.ts'
import { restore } from '../../../runbooks/restore.ts'
import { plan } from '../../plan/index.ts'
import { loadStack } from '../../settings/stack-file.ts'
import { changeBetween } from '../harness/change.ts'
import { runHere } from '../harness/command.ts'
import { ofType, planned } from '../harness/graphs.ts'
import { motoMissing, motoTimeoutMs } from '../harness/moto.ts'
import { openTestProject } from '../harness/project.ts'
import { goneResourceId, openDatabaseCase } from '../harness/rds.ts'

const now = new Date('2026-11-20T18:00:00Z')
const window = { earliest: '2026-11-13T20:05:11Z', latest: '2026-11-20T17:55:00Z' }
const command: typeof restore = (context) => restore(context, now)

t.test('says what it needs', async (t) => {
  const root = await openTestProject(t)
  const run = (...argv: string[]) => runHere(restore, { argv, root, env: { HOME: root, PATH: '' } })
  t.match(await run('--help'), { code: 0, stdout: /^Usage: npm run runbook -- runbooks\/restore\.ts/ })
  t.match(await run(), { code: 1, stderr: /^Which stack/ })
  t.match(await run('--stack', 'qa'), { code: 1, stderr: /known are prod, staging/ })
  t.match(await run('--stack', 'prod', '--add', 'latest', '--switch', 'x'), { code: 1, stderr: /^One step at a time/ })
  t.match(await run('--stack', 'prod', '--name', 'x'), { code: 1, stderr: '--of and --name belong to --add.' })
})

t.test('names databases as the program does', async (t) => {
  for (const stack of ['staging', 'prod']) {
    const instances = ofType(await planned({ stack, mode: 'applied' }), 'aws:rds/instance:Instance')
    t.ok(instances.length > 0, `${instances.length} databases`)
    const [main] = instances
    t.match(main?.inputs, {
      identifier: identifierOf(stack, 'main'),
      finalSnapshotIdentifier: finalSnapshotOf(stack, 'main'),
    })
  }
})

t.test('a whole restore, with the plan of every step', { skip: motoMissing, timeout: motoTimeoutMs }, async (t) => {
  const { root, rds, make, run, tellWindow, aws } = await openDatabaseCase(t, command)
  // Planned as in prod, where what is in use is protected.
  const planNow = async () => {
    const { config } = await loadStack('staging', root)
    const { 'dhakacart:databaseInstances': databaseInstances, 'dhakacart:databaseInUse': databaseInUse } = config
    return plan({ stack: 'prod', mode: 'applied', overrides: { databaseInstances, databaseInUse } })
  }
  const databases = (list: string[]) => list.filter((name) => /rds\/instance/.test(name))
  await make('main', { DeletionProtection: true })
  tellWindow('main', window)
  const before = await planNow()
  t.ok(ofType(before, 'aws:rds/instance:Instance').length === 1, 'one database')
  t.match((await run()).stdout, /\nNext: .*--add latest/)

  const added = await run('--add', '2026-11-20T20:00:00+06:00', '--name', 'restored')
  t.equal(added.code, 0, added.stderr)
  t.match(
    added.stdout,
    'Pulumi.staging.yaml:\n+   dhakacart:databaseInstances: [{name: main}, {name: restored, restoreOf: main, restoreTo: 2026-11-20T14:00:00Z}]\n',
  )
  t.match(added.stdout, 'Next: npm run plan -- staging, then pulumi preview -s staging')
  const beside = await planNow()
  const adding = changeBetween(before, beside)
  t.strictSame(adding.replaced, [])
  t.strictSame(databases(adding.created), ['aws:rds/instance:Instance restored'])
  t.strictSame(adding.deleted, [])
  t.strictSame(databases(adding.updated), [])
  t.match((await run()).stdout, '\nNext: pulumi up -s staging makes restored.')

  const [SourceDBInstanceIdentifier, TargetDBInstanceIdentifier] = [
    'dhakacart-staging-main',
    'dhakacart-staging-restored',
  ]
  await rds.send(new RestoreDBInstanceToPointInTimeCommand({ SourceDBInstanceIdentifier, TargetDBInstanceIdentifier }))
  tellWindow('restored', undefined)
  const looked = await run()
  t.match(looked.stdout, /\nrestored +beside +available +db\.t4g\.small .* as main was at 2026-11-20T14:00:00Z\n/)
  t.match(looked.stdout, 'main can be restored to any second from 2026-11-13T20:05:11Z (2026-11-14 02:05 in Dhaka)')
  t.match(looked.stdout, 'restored has no automated backup yet')
  t.match(looked.stdout, /The newest snapshots of main:\n.* available +rds:dhakacart-staging-main/)
  t.match(looked.stdout, '--switch restored\n')

  const switched = await run('--switch', 'restored')
  t.equal(switched.code, 0, switched.stderr)
  t.match(switched.stdout, 'Pulumi.staging.yaml:\n+   dhakacart:databaseInUse: restored\n')
  const inUse = await planNow()
  const switching = changeBetween(beside, inUse)
  t.strictSame(switching.replaced, [])
  t.strictSame(databases([...switching.created, ...switching.deleted]), [])
  t.strictSame(databases(switching.updated), ['aws:rds/instance:Instance main', 'aws:rds/instance:Instance restored'])
  t.match((await run()).stdout, '--remove main\n')

  t.match(await run('--remove', 'main'), { code: 1, stderr: /^AWS still protects main: the switch is not applied yet/ })
  await rds.send(
    new ModifyDBInstanceCommand({ DBInstanceIdentifier: 'dhakacart-staging-main', DeletionProtection: false }),
  )
  const removed = await run('--remove', 'main')
  t.equal(removed.code, 0, removed.stderr)
  t.match(removed.stdout, 'It leaves the snapshot dhakacart-staging-main-final')
  const after = await planNow()
  const removing = changeBetween(inUse, after)
  t.strictSame(removing.replaced, [])
  t.strictSame(databases(removing.deleted), ['aws:rds/instance:Instance main'])
  t.strictSame(removing.created, [])
  t.strictSame(databases(removing.updated), [])

  aws.changes()
  await run()
  await run('--add', 'latest', '--name', 'another', '--of', 'main')
  t.strictSame(aws.changes(), [], 'it changes nothing in AWS')
})

t.test('a time or a snapshot that cannot be restored', { skip: motoMissing, timeout: motoTimeoutMs }, async (t) => {
  const { root, rds, make, run, tellWindow } = await openDatabaseCase(t, command)
  const file = await readFile(join(root, 'Pulumi.staging.yaml'), 'utf8')
  const refused = async (said: RegExp, ...argv: string[]) =>
    t.match(await run('--add', ...argv), { code: 1, stdout: '', stderr: said }, argv.join(' '))
  tellWindow('main', undefined)
  await refused(/^There is no database main .* and no automated backup of it/, 'latest')
  await make('main')
  await refused(/^main \(dhakacart-staging-main, available\) has no automated backup yet/, 'latest')
  tellWindow('main', window)
  await refused(/on, and 2026-11-01T00:00:00Z .* is before that/, '2026-11-01T00:00:00Z')
  await refused(/up to 2026-11-20T17:55:00Z .* is after that: wait five minutes/, '2026-11-20T17:56:00Z')
  for (const time of ['2026-11-20T17:00', '2026-11-20', '2026-11-20 17:00Z', '2026-13-15T17:00:00Z']) {
    await refused(/is no time with its zone/, time)
  }
  await refused(/^dhakacart:databaseInstances has main already/, 'latest', '--name', 'main')
  await refused(/dhakacart:databaseInstances\[1\]\.name/, 'latest', '--name', 'Not-a-name')
  await refused(/^There is no snapshot nowhere in ap-southeast-1/, 'nowhere')
  await refused(/^--of belongs to a time/, 'nowhere', '--of', 'main')

  const snapshotOf = async (name: string, more: Parameters<typeof make>[1]) => {
    await make(name, more)
    const DBInstanceIdentifier = `dhakacart-staging-${name}`
    await rds.send(new CreateDBSnapshotCommand({ DBInstanceIdentifier, DBSnapshotIdentifier: `of-${name}` }))
  }
  await snapshotOf('older', { EngineVersion: '16.9' })
  await snapshotOf('strange', { KmsKeyId: 'arn:aws:kms:ap-southeast-1:123456789012:key/another' })
  await snapshotOf('large', { AllocatedStorage: 95, MaxAllocatedStorage: 400 })
  await snapshotOf('well', {})
  await refused(
    /of-older cannot be restored: it is of PostgreSQL 16\.9, and dhakacart:databaseVersion is 17/,
    'of-older',
  )
  await refused(/of-strange cannot be restored: its key is .*another: restore a copy of it with ours/, 'of-strange')
  await refused(/of-large has a disk of 95 GiB, .* is 100: AWS wants at least 105/, 'of-large')
  await refused(/^AWS has a database dhakacart-staging-well already/, 'of-well', '--name', 'well')
  await rds.send(
    new DeleteDBInstanceCommand({
      DBInstanceIdentifier: 'dhakacart-staging-well',
      FinalDBSnapshotIdentifier: 'dhakacart-staging-well-final',
    }),
  )
  await refused(/^There is a final snapshot dhakacart-staging-well-final/, 'of-well', '--name', 'well')
  t.equal(await readFile(join(root, 'Pulumi.staging.yaml'), 'utf8'), file, 'the file is as it was')

  const added = await run('--add', 'of-well')
  t.equal(added.code, 0, added.stderr)
  t.match(added.stdout, '{name: restored20261120, snapshot: of-well}', 'named after the day')
  await refused(/^dhakacart:databaseInstances has restored20261120 already/, 'of-well')
})

t.test('what is gone but backed up can be restored', { skip: motoMissing, timeout: motoTimeoutMs }, async (t) => {
  const { run, tellWindow } = await openDatabaseCase(t, command)
  tellWindow('gone', { ...window, status: 'retained' })
  const added = await run('--add', 'latest', '--of', 'gone', '--name', 'back')
  t.equal(added.code, 0, added.stderr)
  t.match(added.stdout, `{name: back, restoreOf: ${goneResourceId}, restoreTo: latest}`)
})

t.test('a database that cannot take over, or cannot go', { skip: motoMissing, timeout: motoTimeoutMs }, async (t) => {
  const { root, make, run, tellWindow, tellDatabase, aws } = await openDatabaseCase(t, command)
  await make('main')
  tellWindow('main', window)
  await run('--add', 'latest', '--name', 'restored')
  const file = await readFile(join(root, 'Pulumi.staging.yaml'), 'utf8')
  const refused = async (said: RegExp, ...argv: string[]) =>
    t.match(await run(...argv), { code: 1, stdout: '', stderr: said }, argv.join(' '))
  await refused(/^dhakacart:databaseInstances has no nobody: it has main, restored/, '--switch', 'nobody')
  await refused(/^main is in use already/, '--switch', 'main')
  await refused(/^AWS has no dhakacart-staging-restored yet: pulumi up/, '--switch', 'restored')
  const well = {
    DBInstanceIdentifier: 'dhakacart-staging-restored',
    DBInstanceStatus: 'available',
    LatestRestorableTime: '2026-11-20T17:55:00Z',
    IAMDatabaseAuthenticationEnabled: 'true',
    MultiAZ: 'false',
  }
  const waiting = '<DBParameterGroup><ParameterApplyStatus>pending-reboot</ParameterApplyStatus></DBParameterGroup>'
  for (const [wrong, said] of [
    [{ DBInstanceStatus: 'backing-up' }, /^restored cannot take over yet: it is backing-up\. Nothing was changed/],
    [{ LatestRestorableTime: '' }, /it has no backup of its own yet/],
    [{ IAMDatabaseAuthenticationEnabled: 'false' }, /it does not let the shop in by IAM yet/],
    [{ DBParameterGroups: waiting }, /its parameters are pending-reboot: aws rds reboot-db-instance/],
  ] as const) {
    const elements = Object.entries({ ...well, ...wrong }).filter(([, value]) => value !== '')
    tellDatabase('restored', Object.fromEntries(elements))
    await refused(said, '--switch', 'restored')
  }
  await refused(/^main is in use: switch to another one first/, '--remove', 'main')
  await refused(/^dhakacart:databaseInstances has no nobody/, '--remove', 'nobody')
  t.equal(await readFile(join(root, 'Pulumi.staging.yaml'), 'utf8'), file, 'the file is as it was')

  tellDatabase('restored', well)
  aws.intercept(({ name }) =>
    name.endsWith(':GetMetricStatistics')
      ? {
          headers: { 'content-type': 'application/x-amz-json-1.0' },
          body: JSON.stringify({ Datapoints: [{ Timestamp: now.getTime() / 1000, Maximum: 3 }] }),
        }
      : undefined,
  )
  await refused(/^3 connections to restored at 2026-11-20T18:00:00Z .*: somebody uses it/, '--remove', 'restored')
})

t.test('Ctrl-C leaves the file as it was', { skip: motoMissing, timeout: motoTimeoutMs }, async (t) => {
  const { root, make, tellWindow, aws } = await openDatabaseCase(t, command)
  await make('main')
  tellWindow('main', window)
  const interruption = new AbortController()
  aws.hold(
    ({ name }) => name === 'DescribeDBInstanceAutomatedBackups',
    async () => interruption.abort(),
  )
  const file = await readFile(join(root, 'Pulumi.staging.yaml'), 'utf8')
  const argv = ['--stack', 'staging', '--add', 'latest']
  t.match(await runHere(command, { argv, root, env: aws.env, interruption: interruption.signal }), { code: 130 })
  t.equal(await readFile(join(root, 'Pulumi.staging.yaml'), 'utf8'), file)
})
