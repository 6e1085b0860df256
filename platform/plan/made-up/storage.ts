import type { Row } from './template.ts'

/** Buckets: what only sets something on a bucket has the bucket's name as its id. */
export const storage: Record<string, Row> = {
  'aws:s3/bucket:Bucket': {
    id: '{in.bucket}',
    arn: 'arn:aws:s3:::{in.bucket}',
    bucketDomainName: '{in.bucket}.s3.amazonaws.com',
    bucketRegionalDomainName: '{in.bucket}.s3.{region}.amazonaws.com',
    bucketRegion: '{region}',
    hostedZoneId: 'Z{digits:12}',
  },
  'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration': { id: '{in.bucket}' },
  'aws:s3/bucketLogging:BucketLogging': { id: '{in.bucket}' },
  'aws:s3/bucketOwnershipControls:BucketOwnershipControls': { id: '{in.bucket}' },
  'aws:s3/bucketPolicy:BucketPolicy': { id: '{in.bucket}' },
  'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock': { id: '{in.bucket}' },
  'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration': { id: '{in.bucket}' },
  'aws:s3/bucketVersioning:BucketVersioning': { id: '{in.bucket}' },
}
