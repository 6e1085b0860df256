import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import { trailName } from '../keys/policies.ts'
import type { Statement } from '../policy.ts'
import type { Stack } from '../stack.ts'
import type { MadeBucket } from '../storage/bucket.ts'
import { bucketArn } from '../storage/names.ts'

export interface TrailArgs {
  stack: Stack
  parent: pulumi.Resource
  key: aws.kms.Key
  audit: MadeBucket
}

const sourceArn = (stack: Stack) => stack.arn('cloudtrail', `trail/${trailName(stack)}`)

/** What CloudTrail needs of the bucket, for this one trail (CloudTrail user guide, "Amazon S3 bucket policy for CloudTrail", 2026-11). */
export function trailStatements(stack: Stack): Statement[] {
  const bucket = bucketArn(stack, 'audit')
  const ofTrail = { 'aws:SourceArn': sourceArn(stack) }
  return [
    {
      Sid: 'TrailLooks',
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: 's3:GetBucketAcl',
      Resource: bucket,
      Condition: { StringEquals: ofTrail },
    },
    {
      Sid: 'TrailWrites',
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: `${bucket}/AWSLogs/${stack.settings.accountId}/*`,
      Condition: { StringEquals: { ...ofTrail, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    },
  ]
}

/**
 * Every call in the account that manages something, in every region, with digests by which a missing or changed file is found. What is done
 * to single objects is not in it: the buckets' own logs say that, at the price of their storage.
 */
export function makeTrail({ stack, parent, key, audit }: TrailArgs): void {
  new aws.cloudtrail.Trail(
    'trail',
    {
      name: trailName(stack),
      s3BucketName: audit.bucket.bucket,
      kmsKeyId: key.arn,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      enableLogging: true,
      tags: stack.tags('trail', 'personal'),
    },
    { parent, dependsOn: audit.ready, protect: stack.settings.protect },
  )
}
