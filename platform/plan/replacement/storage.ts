import { type Rules, terraform } from './rules.ts'

/** What only sets something on a bucket follows the bucket, and changes in place. */
const ofBucket = (source: string, update: string[]): Rules => ({
  source,
  replace: ['bucket', 'expectedBucketOwner'],
  update,
})

/** Buckets. */
export const storage: Record<string, Rules> = {
  'aws:s3/bucket:Bucket': {
    source: terraform('s3/bucket.go', '0070bcd12c952f14c5434a6f351ef7b6fa791226'),
    cloudFormation: {
      type: 'AWS::S3::Bucket',
      names: { BucketName: 'bucket', BucketNamePrefix: 'bucketPrefix' },
    },
    replace: ['bucket', 'bucketPrefix', 'bucketNamespace', 'objectLockEnabled'],
    update: ['forceDestroy'],
    differs: { objectLockEnabled: 'CloudFormation has an API call for it; the provider makes another bucket.' },
  },
  'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration': ofBucket(
    terraform('s3/bucket_lifecycle_configuration.go', '01606926a0c0ab9174aec440f976a48b0baee722'),
    ['rules', 'transitionDefaultMinimumObjectSize'],
  ),
  'aws:s3/bucketLogging:BucketLogging': ofBucket(
    terraform('s3/bucket_logging.go', '01f431114674c27cf790fafb67ac274bf8f765e1'),
    ['targetBucket', 'targetGrants', 'targetObjectKeyFormat', 'targetPrefix'],
  ),
  'aws:s3/bucketOwnershipControls:BucketOwnershipControls': {
    source: terraform('s3/bucket_ownership_controls.go', '01c08000ddb14181b5bd19201d8fca311dc570e4'),
    replace: ['bucket'],
    update: ['rule'],
  },
  'aws:s3/bucketPolicy:BucketPolicy': {
    source: terraform('s3/bucket_policy.go', '0073593e7d6993ba482409f4dc35438daaa79bb3'),
    cloudFormation: { type: 'AWS::S3::BucketPolicy' },
    replace: ['bucket'],
    update: ['policy'],
  },
  'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock': {
    source: terraform('s3/bucket_public_access_block.go', '01606926a0c0ab9174aec440f976a48b0baee722'),
    replace: ['bucket'],
    update: ['blockPublicAcls', 'blockPublicPolicy', 'ignorePublicAcls', 'restrictPublicBuckets', 'skipDestroy'],
  },
  'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration': ofBucket(
    terraform('s3/bucket_server_side_encryption_configuration.go', '01606926a0c0ab9174aec440f976a48b0baee722'),
    ['rules'],
  ),
  'aws:s3/bucketVersioning:BucketVersioning': ofBucket(
    terraform('s3/bucket_versioning.go', '01c08000ddb14181b5bd19201d8fca311dc570e4'),
    ['mfa', 'versioningConfiguration'],
  ),
}
