import t from 'tap'
import { bucketStores, type Store, storeOf, stores } from '../backup/stores.ts'
import type { Graph } from '../plan/graph.ts'
import { effectOf } from '../plan/replacement.ts'
import { condition, list, madeBy, matches, ofType, one, planned, statementsOf, text, texts } from './harness/graphs.ts'

const lock = 'aws:backup/vaultLockConfiguration:VaultLockConfiguration'
const vault = 'aws:backup/vault:Vault'
const prod = () => planned({ stack: 'prod', mode: 'applied' })
const staging = () => planned({ stack: 'staging', mode: 'applied' })
const arnsOf = (graph: Graph) =>
  ofType(graph, 'aws:backup/selection:Selection').flatMap(({ inputs }) => texts(inputs.resources))

t.test('what the plan is to hold, it holds; what it does not hold says why', async (t) => {
  for (const graph of [await prod(), await staging()]) {
    const kept = graph.resources.filter((resource) => storeOf(resource) !== undefined)
    t.ok(kept.length >= 20, `${graph.stack}: ${kept.length} stores`)
    const inPlan = kept.filter((resource) => (storeOf(resource) as { how?: string }).how === 'plan')
    t.strictSame(arnsOf(graph).sort(), inPlan.map(({ outputs }) => text(outputs, 'arn')).sort())
    t.strictSame(
      ofType(graph, 'aws:s3/bucket:Bucket').filter((bucket) => storeOf(bucket) === undefined),
      [],
      'each bucket is spoken of',
    )
  }
  const says = [...Object.values(stores), ...Object.values(bucketStores)] as Store[]
  for (const store of says) if ('not' in store) t.match(store.not, /^[A-Z].{20,}\.$/, 'a reason is a sentence')
  t.match(
    storeOf({ type: 'aws:rds/instance:Instance', name: 'r', inputs: { replicateSourceDb: 'main' } }),
    { not: /read replica/ },
    'a replica is made again',
  )
})

t.test('every night, away from the windows of RDS, and on to the second region', async (t) => {
  const graph = await prod()
  const [rule] = one(graph, 'aws:backup/plan:Plan', 'daily').inputs.rules as Record<string, unknown>[]
  // backupTime 02:00 in Dhaka is 20:00 UTC, and this is an hour later.
  t.match(rule, {
    schedule: 'cron(0 21 * * ? *)',
    startWindow: 60,
    enableContinuousBackup: false,
    lifecycle: { deleteAfter: 30 },
    targetVaultName: 'dhakacart-prod-backups',
    copyActions: [
      {
        destinationVaultArn: 'arn:aws:backup:ap-south-1:222222222222:backup-vault:dhakacart-prod-copies',
        lifecycle: { deleteAfter: 30 },
      },
    ],
  })
  const copies = one(graph, vault, 'copies')
  const key = one(graph, 'aws:kms/key:Key', 'copies')
  t.match(copies.inputs, { region: 'ap-south-1', kmsKeyArn: text(key.outputs, 'arn') })
  t.match(key.outputs.arn, /^arn:aws:kms:ap-south-1:222222222222:/)
  const services = statementsOf(key).flatMap((statement) => condition(statement, 'kms:ViaService'))
  t.strictSame([...new Set(services)].sort(), ['backup.ap-south-1.amazonaws.com', 'rds.ap-south-1.amazonaws.com'])
})

t.test('without a second region nothing is made there', async (t) => {
  const graph = await staging()
  const made = madeBy(graph, 'Backup')
  t.ok(made.length >= 15, `${made.length} resources`)
  t.strictSame(
    made.filter(({ inputs }) => inputs.region !== undefined),
    [],
  )
  t.strictSame(
    (one(graph, 'aws:backup/plan:Plan', 'daily').inputs.rules as { copyActions: unknown }[])[0]?.copyActions,
    [],
  )
})

t.test('the lock is as the setting says, and a vault without one empties itself', async (t) => {
  const governed = await prod()
  t.equal(ofType(governed, lock).length, 2)
  for (const { inputs, deleteBeforeReplace, name } of ofType(governed, lock)) {
    t.equal(inputs.changeableForDays, undefined, `${name}: governance`)
    t.match(inputs, { minRetentionDays: 7, maxRetentionDays: 3_653 })
    t.equal(deleteBeforeReplace, true, 'a new lock made first would go with the old one')
  }
  for (const resource of ofType(governed, vault)) {
    t.match(resource, { protect: true, inputs: { forceDestroy: false } })
    const [deny] = statementsOf(one(governed, 'aws:backup/vaultPolicy:VaultPolicy', resource.name))
    t.match(deny, { Effect: 'Deny', Principal: '*' })
    t.ok(list(deny?.Action).includes('backup:DeleteRecoveryPoint'))
  }
  const free = await staging()
  t.strictSame([ofType(free, lock).length, ofType(free, 'aws:backup/vaultPolicy:VaultPolicy').length], [0, 0])
  t.equal(one(free, vault, 'backups').inputs.forceDestroy, true)
  const forever = await planned({ stack: 'staging', mode: 'applied', overrides: { backupVaultLock: 'compliance' } })
  t.equal(one(forever, lock, 'backups').inputs.changeableForDays, 3)
})

t.test('a restore adds a selection, and replaces none', async (t) => {
  const databaseInstances = [{ name: 'main' }, { name: 'restored', restoreOf: 'main', restoreTo: 'latest' }]
  const before = await staging()
  const during = await planned({ stack: 'staging', mode: 'applied', overrides: { databaseInstances } })
  for (const selection of ofType(before, 'aws:backup/selection:Selection')) {
    t.strictSame(one(during, selection.type, selection.name).inputs, selection.inputs, `${selection.name} stays`)
  }
  t.equal(arnsOf(during).length, arnsOf(before).length + 1)
  t.equal(
    effectOf('aws:backup/selection:Selection', { path: 'resources[1]', old: undefined, now: 'arn' }).effect,
    'replace',
    'which a list of all of them would do',
  )
})

t.test('a restore test makes a database that nobody reaches, and can touch no other', async (t) => {
  const graph = await prod()
  const { inputs } = one(graph, 'aws:backup/restoreTestingSelection:RestoreTestingSelection', 'restore-tests')
  const nobody = one(graph, 'aws:ec2/securityGroup:SecurityGroup', 'restore-tests')
  t.strictSame(inputs.restoreMetadataOverrides, {
    dbSubnetGroupName: one(graph, 'aws:rds/subnetGroup:SubnetGroup', 'database').inputs.name,
    dbParameterGroupName: 'dhakacart-prod-postgres17',
    vpcSecurityGroupIds: JSON.stringify([nobody.id]),
    publiclyAccessible: 'false',
    multiAz: 'false',
  })
  const opened = graph.resources.filter(
    ({ type, inputs }) => /Rule:/.test(type) && inputs.securityGroupId === nobody.id,
  )
  t.strictSame(opened, [], 'no rule opens its group')
  const plan = one(graph, 'aws:backup/restoreTestingPlan:RestoreTestingPlan', 'restore-tests')
  t.equal(plan.inputs.scheduleExpression, 'cron(0 0 ? * SUN *)', 'four hours after 02:00 in Dhaka')
  t.match(plan.inputs.name, /^[0-9A-Za-z_]{1,50}$/)

  const statements = statementsOf(one(graph, 'aws:iam/rolePolicy:RolePolicy', 'restore-tests'))
  const main = 'arn:aws:rds:ap-southeast-1:222222222222:db:dhakacart-prod-main'
  const test = 'arn:aws:rds:ap-southeast-1:222222222222:db:awsbackup-restore-test-1'
  const may = (action: string, arn: string) =>
    statements.some(
      (statement) =>
        list(statement.Action).includes(action) && list(statement.Resource).some((one) => matches(one, arn)),
    )
  t.notOk(may('rds:DeleteDBInstance', main), "the shop's database is none of its business")
  t.notOk(may('rds:RestoreDBInstanceFromDBSnapshot', main))
  t.ok(may('rds:DeleteDBInstance', test) && may('rds:RestoreDBInstanceFromDBSnapshot', test))
})

t.test('failures and silence are told', async (t) => {
  const graph = await prod()
  const roles = ['backups', 'restore-tests'].map((name) => text(one(graph, 'aws:iam/role:Role', name).outputs, 'arn'))
  const pattern = (name: string) =>
    JSON.parse(text(one(graph, 'aws:cloudwatch/eventRule:EventRule', name).inputs, 'eventPattern'))
  t.strictSame(pattern('backup-failed').detail, {
    iamRoleArn: roles,
    state: ['FAILED', 'ABORTED', 'EXPIRED', 'PARTIAL'],
  })
  t.strictSame(pattern('restore-failed').detail, { iamRoleArn: roles, status: ['FAILED', 'ABORTED'] })
  t.strictSame(pattern('vault-changed').resources, [text(one(graph, vault, 'backups').outputs, 'arn')])
  const topic = text(one(graph, 'aws:sns/topic:Topic', 'alarms').outputs, 'arn')
  for (const name of ['backup-failed', 'restore-failed', 'vault-changed']) {
    t.equal(one(graph, 'aws:cloudwatch/eventTarget:EventTarget', name).inputs.arn, topic)
  }
  t.match(one(graph, 'aws:cloudwatch/metricAlarm:MetricAlarm', 'no-backup').inputs, {
    evaluationPeriods: 26,
    period: 3_600,
    treatMissingData: 'breaching',
    dimensions: { BackupVaultName: 'dhakacart-prod-backups' },
  })
})
