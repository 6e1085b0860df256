import { type Bucket, bucketTypes, letsIn, readBuckets, refusesClear, statementsOf } from './buckets.ts'
import { factsOf, label, type Undecided } from './facts.ts'
import { linesOf, type Proof } from './proof.ts'

/** Settings of a bucket that say nothing about who gets in from where. What is in neither list is a finding. */
const harmless = [
  'bucketPolicy:BucketPolicy',
  'bucketPublicAccessBlock:BucketPublicAccessBlock',
  'bucketOwnershipControls:BucketOwnershipControls',
  'bucketVersioning:BucketVersioning',
  'bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration',
  'bucketLifecycleConfiguration:BucketLifecycleConfiguration',
  'bucketLogging:BucketLogging',
  'bucketCorsConfiguration:BucketCorsConfiguration',
  'bucketNotification:BucketNotification',
  'bucketMetric:BucketMetric',
  'bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration',
].map((type) => `aws:s3/${type}`)
/** Ways in, or out to somebody else, that an older provider wrote into the bucket itself. */
const inside = ['acl', 'grants', 'policy', 'website', 'replicationConfiguration']
const four = ['blockPublicAcls', 'blockPublicPolicy', 'ignorePublicAcls', 'restrictPublicBuckets']

const bucketsClosed: Proof = {
  name: 'buckets-closed',
  says: 'No bucket can be reached without TLS, nor from outside of the account but by the CDN and by services of AWS that deliver for this account.',
  prove: ({ graph, identities: { index }, settings }) => {
    const undecided: Undecided[] = []
    const buckets = readBuckets(index, undecided)
    const findings = buckets.flatMap((bucket) => [
      ...open(bucket),
      ...statementsOf(bucket).flatMap((statement) => letsIn(statement, bucket, settings.accountId, index)),
    ])
    const strange = graph.resources
      .filter(({ type, custom }) => custom && /^aws:s3[a-z]*\//.test(type))
      .filter(({ type }) => ![...bucketTypes, ...harmless].includes(type))
      .map((resource) => `${label(resource)} gives a way to a bucket that is not understood: ${resource.type}`)
    return {
      looked: buckets.length,
      at: `${buckets.length} buckets, ${buckets.flatMap(statementsOf).length} statements`,
      findings: [...findings, ...strange, ...strayed(index)],
      undecided: linesOf(graph, undecided),
    }
  },
}

/** What does not close a bucket as it should, its policy's openings apart. */
function open(bucket: Bucket): string[] {
  const blocks = bucket.parts('BucketPublicAccessBlock')
  const owners = bucket.parts('BucketOwnershipControls').map((facts) => facts.text('rule.objectOwnership'))
  const policies = bucket.parts('BucketPolicy')
  const written = inside.filter((path) => bucket.said.value(path) !== undefined)
  return [
    ...four
      .filter((flag) => !blocks.some((facts) => facts.flag(flag) === true))
      .map((flag) => `${bucket.label}: no public access block says ${flag}`),
    ...(owners.length === 1 && owners[0] === 'BucketOwnerEnforced'
      ? []
      : [`${bucket.label}: its ACLs are not switched off, objectOwnership is ${owners.join(', ') || 'not said'}`]),
    ...(policies.length === 1 ? [] : [`${bucket.label} has ${policies.length} bucket policies instead of one`]),
    ...(refusesClear(statementsOf(bucket), bucket.arn) ? [] : [`${bucket.label}: nothing refuses callers without TLS`]),
    ...written.map((path) => `${bucket.label}: its own '${path}' is not understood; use the resource for it`),
  ]
}

/** Settings of buckets that this plan does not hold, and logs that go to such. */
function strayed(index: Parameters<typeof readBuckets>[0]): string[] {
  const parts = index.of(...harmless).map((resource) => factsOf(resource, []))
  return parts.flatMap((facts) =>
    ['bucket', ...(facts.resource.type.endsWith('BucketLogging') ? ['targetBucket'] : [])]
      .filter((path) => !index.find(bucketTypes, facts.text(path)))
      .map((path) => `${label(facts.resource)}: ${path} ${facts.text(path) ?? ''} is no bucket of this plan`),
  )
}

/** Proofs about buckets. */
export const bucketProofs: Proof[] = [bucketsClosed]
