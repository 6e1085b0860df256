import t from 'tap'
import type { Graph, Resource } from '../plan/graph.ts'
import type { Statement } from '../policy.ts'
import { condition, list, matches, ofType, one, planned, statementsOf, text } from './harness/graphs.ts'

const kinds = [
  'database',
  'insights',
  'cache',
  'volumes',
  'logs',
  'audit',
  'secrets',
  'buckets',
  'registry',
  'backups',
  'cluster',
  'alarms',
]

const stacks = [
  { stack: 'staging', account: '111111111111', window: 7, protect: false, kinds },
  // Its backups are copied to another region, under a key there.
  { stack: 'prod', account: '222222222222', window: 30, protect: true, kinds: [...kinds, 'copies'] },
]

const keysOf = (graph: Graph) => ofType(graph, 'aws:kms/key:Key')
const named = (statement: Statement) =>
  statement.Principal === '*' ? ['*'] : [...list(statement.Principal?.AWS), ...list(statement.Principal?.Service)]
const sid = (key: Resource, name: string) => {
  const found = statementsOf(key).find((statement) => statement.Sid === name)
  if (!found) throw new Error(`The key ${key.name} has no statement ${name}`)
  return found
}

for (const { stack, account, window, protect, kinds } of stacks) {
  t.test(`${stack} has a key for each kind of data`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    const keys = keysOf(graph)
    t.strictSame(
      keys.map((key) => key.name),
      kinds,
    )
    for (const key of keys) {
      t.equal(key.inputs.enableKeyRotation, true, `${key.name} is rotated`)
      t.equal(key.inputs.deletionWindowInDays, window, `${key.name} can be brought back for ${window} days`)
      t.equal(key.protect, protect, `${key.name} is ${protect ? '' : 'not '}protected`)
      const alias = one(graph, 'aws:kms/alias:Alias', key.name)
      t.equal(alias.inputs.name, `alias/dhakacart-${stack}/${key.name}`)
      t.strictSame(alias.propertyDependencies.targetKeyId, [key.urn], 'the alias is of its own key')
    }
  })

  t.test(`${stack}: no key opens to more than its policy says`, async (t) => {
    const keys = keysOf(await planned({ stack, mode: 'preview' }))
    t.equal(keys.length, kinds.length)
    for (const key of keys) {
      const statements = statementsOf(key)
      t.ok(statements.length >= 2, `${key.name} names who uses it`)
      t.equal(new Set(statements.map((statement) => statement.Sid)).size, statements.length, 'no name twice')
      for (const statement of statements) {
        const about = `${key.name}/${statement.Sid}`
        const principals = named(statement)
        t.ok(principals.length > 0, `${about} has a principal`)
        t.notOk(
          list(statement.Action).some((action) => action === 'kms:*' || action === '*'),
          `${about} is bounded`,
        )
        if (principals.includes('*')) {
          t.strictSame(condition(statement, 'kms:CallerAccount'), [account], `${about}: anybody, but of this account`)
          t.ok(condition(statement, 'aws:PrincipalArn').length > 0, `${about}: anybody, but of these names`)
        }
        for (const principal of principals.filter((principal) => principal.endsWith('.amazonaws.com'))) {
          t.ok(statement.Condition, `${about}: ${principal} is held by a condition`)
        }
        for (const arn of principals.filter((principal) => principal.startsWith('arn:'))) {
          t.equal(arn, `arn:aws:iam::${account}:root`, `${about} names nobody who may not exist yet`)
        }
      }
      const administration = list(sid(key, 'Administration').Action)
      for (const action of [
        'kms:Decrypt',
        'kms:Encrypt',
        'kms:GenerateDataKey',
        'kms:ReEncryptFrom',
        'kms:CreateGrant',
      ]) {
        t.notOk(
          administration.some((pattern) => matches(pattern, action)),
          `administering ${key.name} is not ${action}`,
        )
      }
      t.ok(administration.includes('kms:PutKeyPolicy'), `${key.name} cannot lock everybody out`)
    }
  })

  t.test(`${stack}: every grant is for AWS's own use, but for the one that EKS does not support`, async (t) => {
    const keys = keysOf(await planned({ stack, mode: 'preview' }))
    t.equal(keys.length, kinds.length)
    const granting = keys.flatMap((key) =>
      statementsOf(key)
        .filter((statement) => list(statement.Action).includes('kms:CreateGrant'))
        .map((statement) => ({ key: key.name, statement })),
    )
    t.ok(granting.length >= 5)
    const free = granting.filter(({ statement }) => condition(statement, 'kms:GrantIsForAWSResource')[0] !== 'true')
    t.strictSame(
      free.map(({ key, statement }) => `${key}/${statement.Sid}`),
      ['cluster/CreateCluster'],
    )
  })

  t.test(`${stack}: every log group is encrypted, kept for a set time, and admitted by the key of logs`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    const groups = ofType(graph, 'aws:cloudwatch/logGroup:LogGroup')
    t.ok(groups.length >= 2, 'flow logs and the control plane')
    const key = one(graph, 'aws:kms/key:Key', 'logs')
    const [pattern = ''] = condition(sid(key, 'LogGroups'), 'kms:EncryptionContext:aws:logs:arn')
    for (const group of groups) {
      t.strictSame(group.propertyDependencies.kmsKeyId, [key.urn], `${group.name} has the key of logs`)
      t.type(group.inputs.retentionInDays, 'number', `${group.name} is kept for a set time`)
      const arn = `arn:aws:logs:ap-southeast-1:${account}:log-group:${text(group.inputs, 'name')}`
      t.ok(matches(pattern, arn), `${arn} is admitted`)
    }
    t.notOk(matches(pattern, `arn:aws:logs:ap-southeast-1:${account}:log-group:/aws/lambda/other`), 'others are not')
  })

  t.test(`${stack}: the role of the cluster is one that the keys of volumes and of the cluster admit`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    const roleArn = text(one(graph, 'aws:iam/role:Role', 'cluster').outputs, 'arn')
    for (const [kind, name] of [
      ['volumes', 'LaunchMachines'],
      ['volumes', 'AttachVolumes'],
      ['cluster', 'ClusterRole'],
    ] as const) {
      const admitted = condition(sid(one(graph, 'aws:kms/key:Key', kind), name), 'aws:PrincipalArn')
      t.ok(
        admitted.some((pattern) => matches(pattern, roleArn)),
        `${kind}/${name} admits ${roleArn}`,
      )
    }
  })

  t.test(`${stack}: EventBridge is held by the topic, for it delivers nothing under aws:SourceAccount`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    const key = one(graph, 'aws:kms/key:Key', 'alarms')
    const events = sid(key, 'PublishEvents')
    t.strictSame(named(events), ['events.amazonaws.com'])
    t.strictSame(condition(events, 'aws:SourceAccount'), [])
    const topic = one(graph, 'aws:sns/topic:Topic', 'alarms')
    t.strictSame(condition(events, 'kms:EncryptionContext:aws:sns:topicArn'), [
      `arn:aws:sns:ap-southeast-1:${account}:${text(topic.inputs, 'name')}`,
    ])
    t.strictSame(condition(sid(key, 'Publish'), 'aws:SourceAccount'), [account])
    const publishers = [...named(events), ...named(sid(key, 'Publish'))].sort()
    const [publishing] = statementsOf(one(graph, 'aws:sns/topicPolicy:TopicPolicy', 'alarms'))
    t.strictSame(publishing && named(publishing).sort(), publishers, 'who may publish may use the key')
  })
}
