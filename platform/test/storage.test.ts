import t from 'tap'
import type { Graph, Resource } from '../plan/graph.ts'
import type { Statement } from '../policy.ts'
import { condition, counts, list, madeBy, ofType, one, planned, statementsOf, text } from './harness/graphs.ts'

const stacks = [
  { stack: 'staging', account: '111111111111', protect: false, days: { logs: 90, backups: 14, loki: 21 } },
  { stack: 'prod', account: '222222222222', protect: true, days: { logs: 365, backups: 90, loki: 97 } },
]
const bucketType = 'aws:s3/bucket:Bucket'
const perBucket = [
  'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration',
  'aws:s3/bucketOwnershipControls:BucketOwnershipControls',
  'aws:s3/bucketPolicy:BucketPolicy',
  'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock',
  'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration',
  'aws:s3/bucketVersioning:BucketVersioning',
]
const logging = 'aws:s3/bucketLogging:BucketLogging'

/** The one resource of a type that sets something on a bucket, whichever component made it. */
function settingOf(graph: Graph, type: string, bucket: Resource): Resource {
  const found = ofType(graph, type).filter(({ inputs }) => inputs.bucket === bucket.id)
  if (found.length === 1 && found[0]) return found[0]
  throw new Error(`${bucket.id} has ${found.length} ${type}`)
}

const sid = (statements: Statement[], name: string) => {
  const found = statements.find(({ Sid }) => Sid === name)
  if (!found) throw new Error(`no statement ${name}; there are ${statements.map(({ Sid }) => Sid).join(', ')}`)
  return found
}

for (const { stack, account, protect, days } of stacks) {
  const applied = () => planned({ stack, mode: 'applied' })
  const nameOf = (purpose: string) => `dhakacart-${stack}-${purpose}-${account}-ap-southeast-1`

  t.test(`${stack} has four buckets of its own, named after stack, account and region`, async (t) => {
    const made = madeBy(await applied(), 'Storage')
    t.strictSame(counts(made), {
      [bucketType]: 4,
      ...Object.fromEntries(perBucket.map((type) => [type, 4])),
      [logging]: 3,
    })
    t.strictSame(
      made.filter(({ type }) => type === bucketType).map(({ inputs }) => inputs.bucket),
      ['logs', 'assets', 'backups', 'loki'].map(nameOf),
    )
  })

  t.test(`${stack}: every bucket of the stack is closed, versioned, encrypted and has a life`, async (t) => {
    const graph = await applied()
    const buckets = ofType(graph, bucketType)
    t.ok(buckets.length >= 4, `${buckets.length} buckets`)
    for (const bucket of buckets) {
      const of = (type: string) => settingOf(graph, type, bucket).inputs
      t.strictSame([bucket.protect, bucket.inputs.forceDestroy], [protect, !protect], `${bucket.name}: who deletes it`)
      t.match(of('aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock'), {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      })
      t.match(of('aws:s3/bucketOwnershipControls:BucketOwnershipControls'), {
        rule: { objectOwnership: 'BucketOwnerEnforced' },
      })
      t.match(of('aws:s3/bucketVersioning:BucketVersioning'), { versioningConfiguration: { status: 'Enabled' } })
      const [rule] = of('aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration').rules as unknown as Rule[]
      t.match(rule, {
        status: 'Enabled',
        filter: { prefix: '' },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      })
      t.ok(rule && rule.noncurrentVersionExpiration.noncurrentDays >= 7, `${bucket.name}: a week to think better of it`)
      for (const type of [...perBucket, logging]) {
        for (const setting of ofType(graph, type).filter(({ inputs }) => inputs.bucket === bucket.id)) {
          t.equal(setting.deletedWith, bucket.urn, `${bucket.name}: ${type} stays as long as the bucket`)
        }
      }
    }
  })

  t.test(`${stack}: things go when the settings say so`, async (t) => {
    const graph = await applied()
    const expiry = (name: string) => {
      const bucket = one(graph, bucketType, name)
      const type = 'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration'
      return (settingOf(graph, type, bucket).inputs.rules as unknown as Rule[])[0]?.expiration
    }
    t.strictSame(expiry('logs'), { days: days.logs })
    t.strictSame(expiry('backups'), { days: days.backups })
    t.strictSame(expiry('loki'), { days: days.loki }, 'a week after Loki itself')
    t.strictSame(expiry('assets'), { expiredObjectDeleteMarker: true }, 'what the shop shows stays')
  })

  t.test(`${stack}: our key for data, the key of S3 where AWS delivers, and no log of the logs`, async (t) => {
    const graph = await applied()
    const key = text(one(graph, 'aws:kms/key:Key', 'buckets').outputs, 'arn')
    const encryption = (name: string) => settingOf(graph, perBucket[4] ?? '', one(graph, bucketType, name)).inputs.rules
    for (const name of ['assets', 'backups', 'loki']) {
      t.strictSame(encryption(name), [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key },
          bucketKeyEnabled: true,
          blockedEncryptionTypes: ['SSE-C'],
        },
      ])
      const log = settingOf(graph, logging, one(graph, bucketType, name))
      t.match(log.inputs, { targetBucket: nameOf('logs'), targetPrefix: 's3/' })
      const policy = settingOf(graph, 'aws:s3/bucketPolicy:BucketPolicy', one(graph, bucketType, 'logs'))
      t.ok(log.dependencies.includes(policy.urn), 'AWS may deliver before it is asked to')
    }
    t.strictSame(encryption('logs'), [
      { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' }, blockedEncryptionTypes: ['SSE-C'] },
    ])
    t.notOk(ofType(graph, logging).some(({ inputs }) => inputs.bucket === nameOf('logs')))
  })

  t.test(`${stack}: a policy refuses the same to everybody, and admits services on their own path only`, async (t) => {
    const graph = await applied()
    const buckets = ofType(graph, bucketType)
    t.ok(buckets.length >= 4)
    for (const bucket of buckets) {
      const statements = statementsOf(settingOf(graph, 'aws:s3/bucketPolicy:BucketPolicy', bucket))
      const arn = `arn:aws:s3:::${bucket.id}`
      for (const name of ['OnlyTls', 'OnlyTls12', 'OnlyThisAccount', 'OnlyForThisAccount']) {
        t.match(sid(statements, name), {
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: [arn, `${arn}/*`],
        })
      }
      t.strictSame(sid(statements, 'OnlyTls').Condition, { Bool: { 'aws:SecureTransport': 'false' } })
      t.strictSame(sid(statements, 'OnlyThisAccount').Condition, {
        StringNotEquals: { 'aws:PrincipalAccount': account },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      })
      for (const statement of statements.filter(({ Effect }) => Effect === 'Allow')) {
        const about = `${bucket.name}/${statement.Sid}`
        const principal = typeof statement.Principal === 'object' ? statement.Principal : {}
        t.strictSame(Object.keys(principal), ['Service'], `${about}: services only`)
        const sources = condition(statement, 'aws:SourceArn')
        const held =
          condition(statement, 'aws:SourceAccount').includes(account) ||
          (sources.length > 0 && sources.every((arn) => arn.split(':')[4] === account))
        t.ok(held || list(statement.Resource).every((path) => path.includes(`/AWSLogs/${account}/`)), about)
      }
    }
  })

  t.test(`${stack}: what is put in under another key is refused`, async (t) => {
    const graph = await applied()
    const key = text(one(graph, 'aws:kms/key:Key', 'buckets').outputs, 'arn')
    const bucket = one(graph, bucketType, 'backups')
    const statements = statementsOf(settingOf(graph, 'aws:s3/bucketPolicy:BucketPolicy', bucket))
    const refused = (request: Record<string, string>) =>
      statements
        .filter(({ Sid }) => ['OnlyKms', 'OnlyThisKey', 'NoUnnamedKey'].includes(Sid))
        .filter(({ Condition = {} }) => applies(Condition, request))
        .map(({ Sid }) => Sid)
    const algorithm = 's3:x-amz-server-side-encryption'
    const id = `${algorithm}-aws-kms-key-id`
    t.strictSame(refused({}), [], 'the default of the bucket')
    t.strictSame(refused({ [algorithm]: 'aws:kms', [id]: key }), [])
    t.strictSame(refused({ [algorithm]: 'aws:kms' }), ['NoUnnamedKey'])
    t.strictSame(refused({ [algorithm]: 'aws:kms', [id]: `${key}x` }), ['OnlyThisKey'])
    t.strictSame(refused({ [algorithm]: 'AES256' }), ['OnlyKms'])
  })

  t.test(
    `${stack}: AWS delivers into the bucket of logs from this account, each service to its own path`,
    async (t) => {
      const graph = await applied()
      const statements = statementsOf(
        settingOf(graph, 'aws:s3/bucketPolicy:BucketPolicy', one(graph, bucketType, 'logs')),
      )
      const logs = `arn:aws:s3:::${nameOf('logs')}`
      const allowed = statements.filter(({ Effect }) => Effect === 'Allow')
      t.strictSame(
        allowed.map(({ Sid, Action, Resource }) => [Sid, Action, Resource]),
        [
          ['LogsOfBuckets', 's3:PutObject', `${logs}/s3/*`],
          ['LogsOfLoadBalancers', 's3:PutObject', `${logs}/alb/AWSLogs/${account}/*`],
          ['LogsOfCloudFront', 's3:PutObject', `${logs}/cloudfront/*`],
        ],
      )
      const sources = condition(sid(statements, 'LogsOfBuckets'), 'aws:SourceArn')
      const logged = ofType(graph, logging).map(({ inputs }) => `arn:aws:s3:::${text(inputs, 'bucket')}`)
      t.strictSame(
        logged.filter((arn) => !sources.includes(arn)),
        [],
        'every logged bucket may deliver',
      )
      t.strictSame(condition(sid(statements, 'LogsOfCloudFront'), 'aws:SourceArn'), [
        `arn:aws:logs:us-east-1:${account}:delivery-source:*`,
      ])
    },
  )
}

interface Rule {
  expiration: object
  noncurrentVersionExpiration: { noncurrentDays: number }
}

/** Whether a condition block holds: the three operators that these statements use. */
function applies(conditions: NonNullable<Statement['Condition']>, request: Record<string, string>): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => {
      const value = request[key]
      if (operator === 'Null') return (value === undefined) === (wanted === 'true')
      if (operator === 'StringEquals') return value !== undefined && list(wanted).includes(value)
      if (operator === 'StringNotEquals') return value === undefined || !list(wanted).includes(value)
      throw new Error(`${operator} is not read here`)
    }),
  )
}
