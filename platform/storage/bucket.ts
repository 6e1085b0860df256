import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import { policyDocument, type Statement } from '../policy.ts'
import type { DataClass, Stack } from '../stack.ts'
import { bucketStatements } from './bucket-policy.ts'
import { bucketName } from './names.ts'

/**
 * What a bucket is for, which decides how it is kept.
 * - `data`: what we put in, under our key; who asks for it is logged.
 * - `audit`: what AWS writes down about the account, under our key; logged, and where the stack is protected nobody deletes it.
 * - `delivered`: where AWS delivers logs. ALB and S3 deliver to SSE-S3 only, and it keeps no log of itself, which would never end.
 */
export type BucketKind = 'data' | 'audit' | 'delivered'

interface Common {
  stack: Stack
  parent: pulumi.Resource
  /** What it is called inside of the stack: `loki`. */
  name: string
  dataClass: DataClass
  /** After how many days an object goes; without it objects stay until somebody deletes them. */
  expiresAfterDays?: number
  /** How long what was overwritten or deleted can be brought back. */
  noncurrentDays: number
  /** Who else may do what; the policy's refusals stand above it. */
  extraStatements?: readonly Statement[]
}

type Encrypted = Common & { kind: 'data' | 'audit'; key: aws.kms.Key; logs: MadeBucket }
type Delivered = Common & { kind: 'delivered' }

export type MakeBucketArgs = Encrypted | Delivered

export interface MadeBucket {
  bucket: aws.s3.Bucket
  /** Its policy and all else that keeps it closed: what writes into it comes after these. */
  ready: pulumi.Resource[]
}

/** A private bucket: TLS only, versioned, encrypted, owned by the account, with a life for everything in it. */
export function makeBucket(args: MakeBucketArgs): MadeBucket {
  const { stack, parent, name, dataClass } = args
  const { protect } = stack.settings
  const bucket = new aws.s3.Bucket(
    name,
    { bucket: bucketName(stack, name), forceDestroy: !protect, tags: stack.tags(name, dataClass) },
    { parent, protect },
  )
  // Deleted with the bucket: while there is a bucket, it is closed.
  const opts = { parent, deletedWith: bucket }
  const closed = closeBucket(name, bucket, opts)
  const versioning = new aws.s3.BucketVersioning(
    name,
    { bucket: bucket.bucket, versioningConfiguration: { status: 'Enabled' } },
    opts,
  )
  const encryption = new aws.s3.BucketServerSideEncryptionConfiguration(
    name,
    { bucket: bucket.bucket, rules: [encryptionOf(args)] },
    opts,
  )
  const lifecycle = new aws.s3.BucketLifecycleConfiguration(
    name,
    { bucket: bucket.bucket, rules: [lifeOf(args)] },
    { ...opts, dependsOn: versioning },
  )
  const policy = new aws.s3.BucketPolicy(name, { bucket: bucket.bucket, policy: policyOf(args) }, opts)
  if (args.kind !== 'delivered') {
    new aws.s3.BucketLogging(
      name,
      {
        bucket: bucket.bucket,
        targetBucket: args.logs.bucket.bucket,
        targetPrefix: accessLogPrefix,
        targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: 'EventTime' } },
      },
      { ...opts, dependsOn: args.logs.ready },
    )
  }
  return { bucket, ready: [...closed, versioning, encryption, lifecycle, policy] }
}

/** Where S3 puts the logs of buckets; behind it come account, region, bucket and day. */
export const accessLogPrefix = 's3/'

function closeBucket(name: string, bucket: aws.s3.Bucket, opts: pulumi.CustomResourceOptions): pulumi.Resource[] {
  return [
    new aws.s3.BucketPublicAccessBlock(
      name,
      {
        bucket: bucket.bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      opts,
    ),
    new aws.s3.BucketOwnershipControls(
      name,
      { bucket: bucket.bucket, rule: { objectOwnership: 'BucketOwnerEnforced' } },
      opts,
    ),
  ]
}

/** SSE-C is blocked: a key that the uploader keeps is a key that we have not got. */
function encryptionOf(args: MakeBucketArgs) {
  if (args.kind === 'delivered') {
    return { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' }, blockedEncryptionTypes: ['SSE-C'] }
  }
  return {
    applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: args.key.arn },
    // CloudTrail would have to decrypt with a bucket key (its user guide, "Configure AWS KMS key policies", 2026-11): it may only write.
    bucketKeyEnabled: args.kind === 'data',
    blockedEncryptionTypes: ['SSE-C'],
  }
}

/** A rule that expires objects by age tidies their delete markers too; the others must say it. */
function lifeOf({ expiresAfterDays, noncurrentDays }: MakeBucketArgs) {
  return {
    id: 'life',
    status: 'Enabled',
    filter: { prefix: '' },
    expiration: expiresAfterDays === undefined ? { expiredObjectDeleteMarker: true } : { days: expiresAfterDays },
    noncurrentVersionExpiration: { noncurrentDays },
    abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
  }
}

function policyOf(args: MakeBucketArgs): pulumi.Input<string> {
  const { stack, name: purpose, extraStatements } = args
  if (args.kind === 'delivered') return policyDocument(bucketStatements({ stack, purpose, extraStatements }))
  const ofAudit = {
    keepsAll: stack.settings.protect,
    freeInAlgorithm: 'cloudtrail.amazonaws.com',
  }
  const special = args.kind === 'audit' ? ofAudit : {}
  return args.key.arn.apply((keyArn) =>
    policyDocument(bucketStatements({ stack, purpose, keyArn, extraStatements, ...special })),
  )
}
