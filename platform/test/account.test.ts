import t from 'tap'
import type { Graph, Resource } from '../plan/graph.ts'
import { condition, counts, madeBy, ofType, one, planned, statementsOf, text } from './harness/graphs.ts'

const account = '222222222222'
const prod = (overrides: Record<string, unknown> = {}) => planned({ stack: 'prod', mode: 'applied', overrides })
const none = { production: false, breakGlassPrincipals: [], cloudTrail: 'none', guardDuty: 'none', awsConfig: 'none' }
const trailArn = `arn:aws:cloudtrail:ap-southeast-1:${account}:trail/dhakacart-prod-trail`
const bucketName = `dhakacart-prod-audit-${account}-ap-southeast-1`
const policyOf = (graph: Graph) => statementsOf(one(graph, 'aws:s3/bucketPolicy:BucketPolicy', 'audit'))
const before = (resource: Resource) => resource.dependencies

t.test('each of the three is made by its own setting', async (t) => {
  const kinds = async (overrides: Record<string, unknown>) => {
    const made = madeBy(await prod({ ...none, ...overrides }), 'Account')
    return [...new Set(made.map(({ type }) => type.split(/[:/]/)[1]))].sort()
  }
  t.strictSame(await kinds({}), [])
  t.strictSame(await kinds({ cloudTrail: 'build' }), ['cloudtrail', 's3'])
  t.strictSame(await kinds({ awsConfig: 'build' }), ['cfg', 's3'])
  t.strictSame(await kinds({ guardDuty: 'build' }), ['cloudwatch', 'guardduty'])
  t.strictSame(await kinds({ cloudTrail: 'exists', awsConfig: 'exists' }), [], 'what exists is not made again')
  t.strictSame(await kinds({ guardDuty: 'exists' }), ['cloudwatch'], "another's findings are told here too")
  const all = counts(madeBy(await prod(), 'Account'))
  t.equal(all['aws:s3/bucket:Bucket'], 1, 'trail and recorder share one bucket')
  t.equal(all['aws:s3/bucketLogging:BucketLogging'], 1, 'and who reads it is logged')
})

t.test('the trail hears every region, can be checked, and is encrypted with the key of audit', async (t) => {
  const graph = await prod()
  const trail = one(graph, 'aws:cloudtrail/trail:Trail', 'trail')
  const key = one(graph, 'aws:kms/key:Key', 'audit')
  t.match(trail.inputs, {
    name: 'dhakacart-prod-trail',
    s3BucketName: bucketName,
    kmsKeyId: text(key.outputs, 'arn'),
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    enableLogFileValidation: true,
    enableLogging: true,
  })
  t.equal(trail.inputs.eventSelectors, undefined, 'reading calls too: the alarm of break-glass hears AssumeRole')
  t.equal(trail.outputs.arn, trailArn)
  t.strictSame(
    statementsOf(key)
      .filter(({ Sid }) => Sid === 'Trail')
      .flatMap((statement) => condition(statement, 'aws:SourceArn')),
    [trailArn],
    'the key admits this trail',
  )
  t.ok(before(trail).includes(one(graph, 'aws:s3/bucketPolicy:BucketPolicy', 'audit').urn), 'after the policy')
})

t.test('the bucket of audit admits this trail and the recorder of this account, and nobody deletes', async (t) => {
  const graph = await prod()
  const arn = `arn:aws:s3:::${bucketName}`
  const allowed = policyOf(graph).filter(({ Effect }) => Effect === 'Allow')
  t.strictSame(
    allowed.map(({ Sid, Principal, Action, Resource, Condition }) => [Sid, Principal, Action, Resource, Condition]),
    [
      [
        'TrailLooks',
        { Service: 'cloudtrail.amazonaws.com' },
        's3:GetBucketAcl',
        arn,
        { StringEquals: { 'aws:SourceArn': trailArn } },
      ],
      [
        'TrailWrites',
        { Service: 'cloudtrail.amazonaws.com' },
        's3:PutObject',
        `${arn}/AWSLogs/${account}/*`,
        { StringEquals: { 'aws:SourceArn': trailArn, 's3:x-amz-acl': 'bucket-owner-full-control' } },
      ],
      [
        'ConfigLooks',
        { Service: 'config.amazonaws.com' },
        ['s3:GetBucketAcl', 's3:ListBucket'],
        arn,
        { StringEquals: { 'aws:SourceAccount': account } },
      ],
      [
        'ConfigWrites',
        { Service: 'config.amazonaws.com' },
        's3:PutObject',
        `${arn}/AWSLogs/${account}/Config/*`,
        { StringEquals: { 'aws:SourceAccount': account, 's3:x-amz-acl': 'bucket-owner-full-control' } },
      ],
    ],
  )
  const keeps = policyOf(graph).find(({ Sid }) => Sid === 'NobodyDeletes')
  t.match(keeps, { Effect: 'Deny', Principal: '*', Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'] })
  t.equal(keeps?.Condition, undefined, 'without exception')
  const open = policyOf(await prod({ production: false, protect: false }))
  t.notOk(
    open.some(({ Sid }) => Sid === 'NobodyDeletes'),
    'a stack that may go can empty it',
  )
})

t.test('what CloudTrail writes is not refused by what the bucket demands of others', async (t) => {
  const graph = await prod()
  const onlyKms = policyOf(graph).find(({ Sid }) => Sid === 'OnlyKms')
  t.strictSame(onlyKms && condition(onlyKms, 'aws:PrincipalServiceName'), ['cloudtrail.amazonaws.com'], 'its digests')
  const encryption = one(
    graph,
    'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration',
    'audit',
  )
  t.match(encryption.inputs.rules, [{ bucketKeyEnabled: false }], 'with a bucket key it would need to decrypt')
  const assets = statementsOf(one(graph, 'aws:s3/bucketPolicy:BucketPolicy', 'assets'))
  t.strictSame(
    assets.flatMap((statement) => condition(statement, 'aws:PrincipalServiceName')),
    [],
    'no other bucket makes an exception',
  )
})

t.test('the recorder records all types with the role of AWS, and runs once it can deliver', async (t) => {
  const graph = await prod()
  const recorder = one(graph, 'aws:cfg/recorder:Recorder', 'recorder')
  t.match(recorder.inputs, {
    roleArn: `arn:aws:iam::${account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
    recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
    recordingMode: { recordingFrequency: 'CONTINUOUS' },
  })
  const channel = one(graph, 'aws:cfg/deliveryChannel:DeliveryChannel', 'recorder')
  const key = one(graph, 'aws:kms/key:Key', 'audit')
  t.match(channel.inputs, { s3BucketName: bucketName, s3KmsKeyArn: text(key.outputs, 'arn') })
  t.ok(before(channel).includes(recorder.urn))
  const status = one(graph, 'aws:cfg/recorderStatus:RecorderStatus', 'recorder')
  t.match(status.inputs, { name: 'dhakacart-prod', isEnabled: true })
  t.ok(before(status).includes(channel.urn))
})

t.test('what GuardDuty finds from medium on is told, and each of its features is on or off by choice', async (t) => {
  const graph = await prod()
  t.match(one(graph, 'aws:guardduty/detector:Detector', 'detector').inputs, {
    enable: true,
    findingPublishingFrequency: 'FIFTEEN_MINUTES',
  })
  t.strictSame(
    Object.fromEntries(
      ofType(graph, 'aws:guardduty/detectorFeature:DetectorFeature').map(({ inputs }) => [inputs.name, inputs.status]),
    ),
    {
      EKS_AUDIT_LOGS: 'ENABLED',
      S3_DATA_EVENTS: 'ENABLED',
      RDS_LOGIN_EVENTS: 'ENABLED',
      EBS_MALWARE_PROTECTION: 'DISABLED',
      LAMBDA_NETWORK_LOGS: 'DISABLED',
    },
  )
  const rule = one(graph, 'aws:cloudwatch/eventRule:EventRule', 'findings')
  t.strictSame(JSON.parse(text(rule.inputs, 'eventPattern')), {
    source: ['aws.guardduty'],
    'detail-type': ['GuardDuty Finding'],
    detail: { severity: [{ numeric: ['>=', 4] }] },
  })
  const target = one(graph, 'aws:cloudwatch/eventTarget:EventTarget', 'findings')
  t.equal(target.inputs.arn, graph.outputs.alarmTopicArn)
  t.match(target.inputs.inputTransformer, { inputTemplate: /^"[^"]*<severity>[^"]*<title>[^"]*<type>[^"]*"$/ })
})
