import { facts } from '@dhakacart/service'
import t from 'tap'
import { shopAccess } from '../cache/users.ts'
import type { Graph } from '../plan/graph.ts'
import { effectOf } from '../plan/replacement.ts'
import { counts, madeBy, ofType, one, planned, text } from './harness/graphs.ts'

const groupType = 'aws:elasticache/replicationGroup:ReplicationGroup'
const alarmsOf = (graph: Graph) =>
  madeBy(graph, 'Cache').filter(({ type }) => type === 'aws:cloudwatch/metricAlarm:MetricAlarm')
const stacks = [
  { stack: 'staging', nodes: 1, alarms: 8, type: 'cache.t4g.micro', days: 1, several: false },
  { stack: 'prod', nodes: 2, alarms: 18, type: 'cache.t4g.small', days: 7, several: true },
]

for (const { stack, nodes, alarms, type, days, several } of stacks) {
  const prefix = `dhakacart-${stack}`

  t.test(`${stack}: the cache is encrypted, apart, and kept`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    t.strictSame(counts(madeBy(graph, 'Cache')), {
      'aws:cloudwatch/logGroup:LogGroup': 2,
      'aws:cloudwatch/metricAlarm:MetricAlarm': alarms,
      'aws:ec2/securityGroup:SecurityGroup': 1,
      'aws:elasticache/parameterGroup:ParameterGroup': 1,
      [groupType]: 1,
      'aws:elasticache/subnetGroup:SubnetGroup': 1,
      'aws:elasticache/user:User': 1,
      'aws:elasticache/userGroup:UserGroup': 1,
      'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule': 1,
      'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule': 1,
    })
    const { inputs, protect } = one(graph, groupType, 'cache')
    t.match(inputs, {
      engine: 'valkey',
      engineVersion: '8.2',
      nodeType: type,
      numCacheClusters: nodes,
      automaticFailoverEnabled: several,
      multiAzEnabled: several,
      transitEncryptionEnabled: true,
      transitEncryptionMode: 'required',
      atRestEncryptionEnabled: true,
      kmsKeyId: text(one(graph, 'aws:kms/key:Key', 'cache').outputs, 'arn'),
      autoMinorVersionUpgrade: true,
      snapshotRetentionLimit: days,
      snapshotWindow: '20:00-21:00',
      maintenanceWindow: 'tue:23:00-wed:00:00',
      parameterGroupName: `${prefix}-cache-valkey8`,
      subnetGroupName: `${prefix}-cache`,
    })
    t.equal(protect, stack === 'prod')
    t.notOk('notificationTopicArn' in inputs, 'ElastiCache cannot publish to an encrypted topic')
    const data = ofType(graph, 'aws:ec2/subnet:Subnet').filter(({ name }) => name.includes('-data-'))
    t.ok(data.length >= 2)
    t.strictSame(
      one(graph, 'aws:elasticache/subnetGroup:SubnetGroup', 'cache').inputs.subnetIds,
      data.map(({ id }) => id),
      'in the subnets without a way out',
    )
  })

  t.test(`${stack}: one user, without a password, with the shop's own commands`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    const user = one(graph, 'aws:elasticache/user:User', 'shop').inputs
    t.match(user, {
      userId: `${prefix}-shop`,
      userName: `${prefix}-shop`,
      engine: 'valkey',
      authenticationMode: { type: 'iam' },
      accessString: shopAccess(),
    })
    t.equal(text(user, 'userId'), text(user, 'userId').toLowerCase(), 'AWS stores it in lower case')
    t.notOk('passwords' in user || 'noPasswordRequired' in user)
    const users = one(graph, 'aws:elasticache/userGroup:UserGroup', 'cache').inputs
    t.strictSame(users.userIds, [`${prefix}-shop`], 'and nobody else, no `default` either')
    t.strictSame(one(graph, groupType, 'cache').inputs.userGroupIds, [users.userGroupId])
  })

  t.test(`${stack}: its logs are encrypted, and for as long as the database's`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    const said = one(graph, groupType, 'cache').inputs.logDeliveryConfigurations
    t.match(
      said,
      ['slow-log', 'engine-log'].map((logType) => ({
        logType,
        destinationType: 'cloudwatch-logs',
        destination: `/aws/vendedlogs/elasticache/${prefix}/${logType}`,
      })),
    )
    for (const name of ['cache-slow-log', 'cache-engine-log']) {
      t.match(one(graph, 'aws:cloudwatch/logGroup:LogGroup', name).inputs, {
        kmsKeyId: text(one(graph, 'aws:kms/key:Key', 'logs').outputs, 'arn'),
        retentionInDays: stack === 'prod' ? 90 : 14,
      })
    }
  })

  t.test(`${stack}: each node has its alarms, and each says what to do`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    const found = alarmsOf(graph)
    t.equal(found.length, alarms)
    const watched = new Set(found.map(({ inputs }) => (inputs.dimensions as { CacheClusterId: string }).CacheClusterId))
    t.strictSame(
      [...watched],
      Array.from({ length: nodes }, (_, at) => `${prefix}-cache-00${at + 1}`),
    )
    for (const { name, inputs } of found) {
      t.equal(inputs.namespace, 'AWS/ElastiCache', name)
      t.ok(text(inputs, 'alarmDescription').length > 60, `${name}: ${text(inputs, 'alarmDescription')}`)
    }
    const lag = found.filter(({ inputs }) => inputs.metricName === 'ReplicationLag')
    t.equal(lag.length, several ? nodes : 0, 'copies can be behind, a single node cannot')
  })
}

t.test('nodes of a fixed speed have no credits to watch', async (t) => {
  const graph = await planned({ stack: 'prod', mode: 'applied', overrides: { cacheNodeType: 'cache.m7g.large' } })
  const metrics = alarmsOf(graph).map(({ inputs }) => inputs.metricName)
  t.equal(metrics.length, 16)
  t.notOk(metrics.includes('CPUCreditBalance'))
})

t.test('the access list is exactly what the service publishes', async (t) => {
  const words = shopAccess().split(' ')
  t.strictSame(words.slice(0, 4), ['on', `~${facts.cache.keyPrefix}*`, 'resetchannels', '-@all'])
  t.strictSame(
    words.slice(4),
    facts.cache.commands.map((command) => `+${command}`),
  )
  t.ok(words.length > 4, 'the shop may do something')
  t.notOk(
    words.some((word) =>
      /^\+@|^\+(acl|config|flushall|flushdb|keys|debug|shutdown)|^~\*$|^allkeys$|^nopass$/.test(word),
    ),
    'no category, nothing that empties or tells the whole cache, not all keys',
  )
  t.equal(
    shopAccess({ keyPrefix: 'dhakacart:limit:', commands: ['get'] }),
    'on ~dhakacart:limit:* resetchannels -@all +get',
  )
})

t.test('going to a later version keeps the cache, going back replaces it', async (t) => {
  const change = (old: string, now: string) => effectOf(groupType, { path: 'engineVersion', old, now }).effect
  t.strictSame([change('8.1', '8.2'), change('8.2', '9.0'), change('8.2', '8.1')], ['update', 'update', 'replace'])
  for (const path of ['nodeType', 'numCacheClusters', 'parameterGroupName', 'multiAzEnabled', 'snapshotWindow']) {
    t.equal(effectOf(groupType, { path, old: 1, now: 2 }).effect, 'update', path)
  }
})
