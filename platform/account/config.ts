import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import type { Statement } from '../policy.ts'
import type { Stack } from '../stack.ts'
import type { MadeBucket } from '../storage/bucket.ts'
import { bucketArn } from '../storage/names.ts'

export interface ConfigArgs {
  stack: Stack
  parent: pulumi.Resource
  key: aws.kms.Key
  audit: MadeBucket
}

/** AWS Config's own role, which the bootstrap makes: an account has one, so no stack owns it. */
export const configRoleArn = (accountId: string) =>
  `arn:aws:iam::${accountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`

/** What Config needs of the bucket (Config developer guide, "Permissions for the Amazon S3 Bucket", 2026-11). */
export function configStatements(stack: Stack): Statement[] {
  const { accountId } = stack.settings
  const bucket = bucketArn(stack, 'audit')
  const service = { Effect: 'Allow', Principal: { Service: 'config.amazonaws.com' } } as const
  const ofAccount = { 'aws:SourceAccount': accountId }
  return [
    {
      Sid: 'ConfigLooks',
      ...service,
      Action: ['s3:GetBucketAcl', 's3:ListBucket'],
      Resource: bucket,
      Condition: { StringEquals: ofAccount },
    },
    {
      Sid: 'ConfigWrites',
      ...service,
      Action: 's3:PutObject',
      Resource: `${bucket}/AWSLogs/${accountId}/Config/*`,
      Condition: { StringEquals: { ...ofAccount, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    },
  ]
}

/** Auto Mode makes and ends many of these in a day: once a day is enough to say what stood there, and costs a part of it. */
const shortLived = ['AWS::EC2::NetworkInterface', 'AWS::EC2::Volume']

/** How every resource of the account was, and when it changed: all types, those of no region too. */
export function makeRecorder({ stack, parent, key, audit }: ConfigArgs): void {
  const recorder = new aws.cfg.Recorder(
    'recorder',
    {
      name: stack.prefix,
      roleArn: configRoleArn(stack.settings.accountId),
      recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
      recordingMode: {
        recordingFrequency: 'CONTINUOUS',
        recordingModeOverride: {
          description: 'What comes and goes with nodes',
          recordingFrequency: 'DAILY',
          resourceTypes: shortLived,
        },
      },
    },
    { parent },
  )
  const channel = new aws.cfg.DeliveryChannel(
    'recorder',
    {
      name: stack.prefix,
      s3BucketName: audit.bucket.bucket,
      s3KmsKeyArn: key.arn,
      snapshotDeliveryProperties: { deliveryFrequency: 'TwentyFour_Hours' },
    },
    { parent, dependsOn: [recorder, ...audit.ready] },
  )
  // AWS starts no recorder without a channel, and deletes no channel of one that runs.
  new aws.cfg.RecorderStatus('recorder', { name: recorder.name, isEnabled: true }, { parent, dependsOn: channel })
}
