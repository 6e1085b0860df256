import t from 'tap'
import { connectionsOf, databaseClasses } from '../database/classes.ts'
import { schema } from '../settings/schema.ts'
import { condition, counts, madeBy, ofType, one, planned, statementsOf, text } from './harness/graphs.ts'

t.setTimeout(300_000)

const instance = 'aws:rds/instance:Instance'
const alarm = 'aws:cloudwatch/metricAlarm:MetricAlarm'
const gib = 1024 ** 3

const stacks = [
  {
    stack: 'prod',
    expected: {
      instanceClass: 'db.m7g.large',
      multiAz: true,
      allocatedStorage: 50,
      maxAllocatedStorage: 500,
      backupRetentionPeriod: 35,
      deletionProtection: true,
    },
    protect: true,
    logDays: 90,
    alarms: ['cpu', 'storage', 'connections', 'memory'],
  },
  {
    stack: 'staging',
    expected: {
      instanceClass: 'db.t4g.small',
      multiAz: false,
      allocatedStorage: 20,
      maxAllocatedStorage: 100,
      backupRetentionPeriod: 7,
      deletionProtection: false,
    },
    protect: false,
    logDays: 14,
    alarms: ['cpu', 'storage', 'connections', 'memory', 'credits'],
  },
]

for (const { stack, expected, protect, logDays, alarms } of stacks) {
  const applied = (overrides?: Record<string, string>) => planned({ stack, mode: 'applied', overrides })
  const arn = async (type: string, name: string) => text(one(await applied(), type, name).outputs, 'arn')

  t.test(`${stack}: one database, and what belongs to it`, async (t) => {
    const graph = await applied()
    t.strictSame(counts(madeBy(graph, 'Database')), {
      'aws:iam/role:Role': 1,
      'aws:iam/rolePolicyAttachment:RolePolicyAttachment': 1,
      'aws:rds/parameterGroup:ParameterGroup': 1,
      'aws:rds/subnetGroup:SubnetGroup': 1,
      'aws:ec2/securityGroup:SecurityGroup': 1,
      'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule': 1,
      'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule': 1,
      'aws:cloudwatch/logGroup:LogGroup': 3,
      [instance]: 1,
      'aws:secretsmanager/secretRotation:SecretRotation': 1,
      [alarm]: alarms.length,
      'aws:rds/eventSubscription:EventSubscription': 1,
    })
    const { inputs, protect: isProtected } = one(graph, instance, 'main')
    t.match(inputs, expected, 'as large as the settings say')
    t.equal(isProtected, protect)
    t.match(
      inputs,
      {
        identifier: `dhakacart-${stack}-main`,
        engine: 'postgres',
        engineVersion: '17',
        engineLifecycleSupport: 'open-source-rds-extended-support-disabled',
        autoMinorVersionUpgrade: true,
        allowMajorVersionUpgrade: false,
        applyImmediately: false,
        storageEncrypted: true,
        storageType: 'gp3',
        publiclyAccessible: false,
        iamDatabaseAuthenticationEnabled: true,
        manageMasterUserPassword: true,
        caCertIdentifier: 'rds-ca-rsa2048-g1',
        copyTagsToSnapshot: true,
        deleteAutomatedBackups: false,
        skipFinalSnapshot: false,
        finalSnapshotIdentifier: `dhakacart-${stack}-main-final`,
        performanceInsightsEnabled: true,
        monitoringInterval: 60,
        backupWindow: '20:00-20:30',
        maintenanceWindow: 'tue:23:00-wed:00:00',
        enabledCloudwatchLogsExports: ['postgresql', 'upgrade', 'iam-db-auth-error'],
      },
      'what every database has',
    )
    for (const secret of ['password', 'passwordWo']) t.notOk(secret in inputs, `no ${secret} in the program`)
  })

  t.test(`${stack}: each kind of its data has a key of its own`, async (t) => {
    const { inputs } = one(await applied(), instance, 'main')
    const keys = { kmsKeyId: 'database', masterUserSecretKmsKeyId: 'secrets', performanceInsightsKmsKeyId: 'insights' }
    for (const [property, key] of Object.entries(keys)) {
      t.equal(inputs[property], await arn('aws:kms/key:Key', key), `${property} is the key of ${key}`)
    }
  })

  t.test(`${stack}: it stands where nothing goes out, and admits the shop's pods alone`, async (t) => {
    const graph = await applied()
    const isolated = ofType(graph, 'aws:ec2/subnet:Subnet').filter(({ name }) => name.includes('data'))
    t.ok(isolated.length >= 2, `${isolated.length} subnets`)
    t.strictSame(
      one(graph, 'aws:rds/subnetGroup:SubnetGroup', 'database').inputs.subnetIds,
      isolated.map(({ id }) => id),
    )
    const [group, pods] = ['database', 'shop-pods'].map((name) =>
      one(graph, 'aws:ec2/securityGroup:SecurityGroup', name),
    )
    t.strictSame(one(graph, instance, 'main').inputs.vpcSecurityGroupIds, [group?.id])
    const rules = graph.resources.filter(
      ({ type, inputs }) => /[sS]ecurityGroup.*Rule:/.test(type) && inputs.securityGroupId === group?.id,
    )
    t.match(
      rules.map(({ type, inputs }) => [type.split(':').at(-1), inputs]),
      [
        [
          'SecurityGroupIngressRule',
          { referencedSecurityGroupId: pods?.id, ipProtocol: 'tcp', fromPort: 5432, toPort: 5432 },
        ],
      ],
    )
    t.equal(rules.length, 1)
    t.match(one(graph, 'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule', 'shop-pods-to-database').inputs, {
      securityGroupId: pods?.id,
      referencedSecurityGroupId: group?.id,
      fromPort: 5432,
      toPort: 5432,
    })
  })

  t.test(`${stack}: its logs are made before it, with a key and an end`, async (t) => {
    const graph = await applied()
    const { dependencies } = one(graph, instance, 'main')
    for (const type of ['postgresql', 'upgrade', 'iam-db-auth-error']) {
      const { urn, inputs } = one(graph, 'aws:cloudwatch/logGroup:LogGroup', `main-${type}`)
      t.match(inputs, { name: `/aws/rds/instance/dhakacart-${stack}-main/${type}`, retentionInDays: logDays })
      t.ok(dependencies.includes(urn), `${type} is there before the database, or RDS would make it`)
    }
  })

  t.test(`${stack}: alarms and events reach the topic and say what to do`, async (t) => {
    const graph = await applied()
    const topic = text(one(graph, 'aws:sns/topic:Topic', 'alarms').outputs, 'arn')
    const found = madeBy(graph, 'Database').filter(({ type }) => type === alarm)
    t.strictSame(
      found.map(({ name }) => name),
      alarms.map((about) => `database-main-${about}`),
    )
    for (const { name, inputs } of found) {
      t.strictSame([inputs.alarmActions, inputs.okActions], [[topic], [topic]], `${name} reaches the topic`)
      t.strictSame(inputs.dimensions, { DBInstanceIdentifier: `dhakacart-${stack}-main` })
      t.match(text(inputs, 'alarmDescription'), /runbooks\/[a-z-]+\.md|databaseClass/, `${name} says what to do`)
    }
    const threshold = (about: string) => one(graph, alarm, `database-main-${about}`).inputs.threshold
    t.equal(threshold('storage'), (expected.allocatedStorage / 10) * gib)
    t.equal(threshold('connections'), Math.floor(connectionsOf(expected.instanceClass) * 0.8))
    t.match(one(graph, 'aws:rds/eventSubscription:EventSubscription', 'database-main').inputs, {
      snsTopic: topic,
      sourceType: 'db-instance',
      sourceIds: [`dhakacart-${stack}-main`],
    })
  })

  t.test(`${stack}: its master's password changes every week, by no function of ours`, async (t) => {
    const graph = await applied()
    const { inputs, deletedWith } = one(graph, 'aws:secretsmanager/secretRotation:SecretRotation', 'main')
    t.match(inputs, {
      rotateImmediately: false,
      rotationRules: { scheduleExpression: 'cron(0 0 ? * WED *)', duration: '2h' },
    })
    t.match(inputs.secretId, /^arn:aws:secretsmanager:.*:secret:rds!db-/)
    t.notOk('rotationLambdaArn' in inputs)
    t.equal(deletedWith, one(graph, instance, 'main').urn, 'RDS deletes the secret itself')
  })

  t.test(`${stack}: only RDS may watch it, for databases of this stack`, async (t) => {
    const graph = await applied()
    const role = one(graph, 'aws:iam/role:Role', 'database-monitoring')
    const [trust, ...more] = statementsOf(role, 'assumeRolePolicy')
    t.strictSame([trust?.Principal, more], [{ Service: 'monitoring.rds.amazonaws.com' }, []])
    const account = { prod: '222222222222', staging: '111111111111' }[stack]
    t.strictSame(trust && condition(trust, 'aws:SourceAccount'), [account])
    t.strictSame(trust && condition(trust, 'aws:SourceArn'), [
      `arn:aws:rds:ap-southeast-1:${account}:db:dhakacart-${stack}-*`,
    ])
  })
}

t.test('parameters: TLS is forced, nothing waits for ever, and no parameter of a statement is logged', async (t) => {
  for (const version of ['17', '18']) {
    const graph = await planned({
      stack: 'prod',
      mode: 'applied',
      overrides: { 'dhakacart:databaseVersion': version },
    })
    const { inputs } = one(graph, 'aws:rds/parameterGroup:ParameterGroup', `database-postgres${version}`)
    t.match(inputs, { family: `postgres${version}`, name: `dhakacart-prod-postgres${version}` })
    const rows = inputs.parameters as { name: string; value: string; applyMethod: string }[]
    const values = Object.fromEntries(rows.map(({ name, value }) => [name, value]))
    t.match(values, {
      'rds.force_ssl': '1',
      statement_timeout: '60000',
      lock_timeout: '10000',
      idle_in_transaction_session_timeout: '60000',
      log_min_duration_statement: '500',
      log_parameter_max_length: '0',
      shared_preload_libraries: 'pg_stat_statements',
    })
    t.strictSame(
      rows.filter(({ applyMethod }) => applyMethod === 'pending-reboot').map(({ name }) => name),
      ['shared_preload_libraries'],
      'what only a restart can change says so',
    )
    t.equal(one(graph, instance, 'main').inputs.parameterGroupName, `dhakacart-prod-postgres${version}`)
  }
})

t.test('read replicas are of the database in use, and hold nothing of their own', async (t) => {
  const graph = await planned({ stack: 'prod', mode: 'applied', overrides: { 'dhakacart:databaseReadReplicas': '2' } })
  const replicas = ofType(graph, instance).filter(({ inputs }) => 'replicateSourceDb' in inputs)
  t.strictSame(
    replicas.map(({ name }) => name),
    ['main-replica-1', 'main-replica-2'],
  )
  const main = one(graph, instance, 'main')
  for (const { inputs, protect, name } of replicas) {
    t.match(inputs, {
      replicateSourceDb: text(main.outputs, 'arn'),
      storageEncrypted: true,
      skipFinalSnapshot: true,
      dbSubnetGroupName: main.inputs.dbSubnetGroupName,
      vpcSecurityGroupIds: main.inputs.vpcSecurityGroupIds,
    })
    t.notOk(protect)
    const refused = ['engine', 'engineVersion', 'username', 'dbName', 'kmsKeyId', 'manageMasterUserPassword']
    t.strictSame(
      refused.filter((key) => key in inputs),
      [],
      'what AWS takes from the source is not said',
    )
    t.equal(one(graph, alarm, `database-${name}-lag`).inputs.threshold, 60)
  }
})

t.test('every class has its memory, and offers no more connections than RDS would make of all of it', async (t) => {
  const choices = (schema.properties.databaseClass as unknown as { enum: string[] }).enum
  t.strictSame(choices, Object.keys(databaseClasses))
  for (const [name, { memoryGib }] of Object.entries(databaseClasses)) {
    const most = Math.min(Math.floor((memoryGib * gib) / 9_531_392), 5_000)
    t.ok(connectionsOf(name) > 50 && connectionsOf(name) <= most, `${name}: ${connectionsOf(name)} of at most ${most}`)
  }
  t.throws(() => connectionsOf('db.x9.huge'), /"db\.x9\.huge" is none of the database's classes db\.t4g\.micro/)
})
