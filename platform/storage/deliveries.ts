import type { Statement } from '../policy.ts'
import type { Stack } from '../stack.ts'
import { accessLogPrefix } from './bucket.ts'
import { bucketArn } from './names.ts'

/** Where the load balancer and CloudFront put their logs in the bucket of logs. */
export const logPrefixes = { loadBalancer: 'alb', cdn: 'cloudfront' } as const

/**
 * Which services of AWS deliver into the bucket of logs, each on its own path and for this account only: S3 for the named buckets, load
 * balancers, and CloudFront, whose log deliveries live in us-east-1 (user guides of S3, ELB and CloudWatch Logs, 2026-11).
 */
export function logDeliveries(stack: Stack, loggedBuckets: readonly string[]): Statement[] {
  const { accountId } = stack.settings
  const logs = bucketArn(stack, 'logs')
  const fromAccount = { 'aws:SourceAccount': accountId }
  return [
    {
      Sid: 'LogsOfBuckets',
      Effect: 'Allow',
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: `${logs}/${accessLogPrefix}*`,
      Condition: {
        StringEquals: fromAccount,
        ArnEquals: { 'aws:SourceArn': loggedBuckets.map((purpose) => bucketArn(stack, purpose)) },
      },
    },
    {
      Sid: 'LogsOfLoadBalancers',
      Effect: 'Allow',
      Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
      Action: 's3:PutObject',
      // No condition on the source: deliveries do not always name it, and were refused then (seen by others, 2026). The path, which the
      // service builds from the owner of the load balancer, admits this account only.
      Resource: `${logs}/${logPrefixes.loadBalancer}/AWSLogs/${accountId}/*`,
    },
    {
      Sid: 'LogsOfCloudFront',
      Effect: 'Allow',
      Principal: { Service: 'delivery.logs.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: `${logs}/${logPrefixes.cdn}/*`,
      Condition: {
        StringEquals: { ...fromAccount, 's3:x-amz-acl': 'bucket-owner-full-control' },
        ArnLike: { 'aws:SourceArn': `arn:aws:logs:us-east-1:${accountId}:delivery-source:*` },
      },
    },
  ]
}
