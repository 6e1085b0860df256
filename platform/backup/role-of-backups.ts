import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { serviceTrustPolicy } from '../access/trust.ts'
import type { Stack } from '../stack.ts'
import { bucketArn } from '../storage/names.ts'

export interface BackupRoleArgs {
  stack: Stack
  parent: pulumi.Resource
  /** Whose grants it may make: keys of databases and vaults. */
  grantKeyArns: pulumi.Input<string>[]
  /** What the objects of the buckets are encrypted with. */
  bucketsKeyArn: pulumi.Input<string>
}

/** A role, and what must stand before AWS Backup can work with it. */
export interface BackupRole {
  role: aws.iam.Role
  policy: aws.iam.RolePolicy
}

/**
 * The role by which AWS Backup takes and copies backups. AWS's own policies for it reach every database and bucket of the account, and a dozen
 * services that the stack does not have; this is what of AWSBackupServiceRolePolicyForBackup (v30) and AWSBackupServiceRolePolicyForS3Backup
 * (v5, both read 2026-11-21) is about snapshots of our databases and our one bucket. AWS Backup documents no condition for the trust;
 * IAM lets a role be handed to a service within its account only.
 */
export function makeBackupRole(args: BackupRoleArgs): BackupRole {
  const { stack, parent } = args
  const role = new aws.iam.Role(
    'backups',
    {
      name: `${stack.prefix}-backups`,
      description: `${stack.prefix}: AWS Backup, to take and copy backups`,
      assumeRolePolicy: serviceTrustPolicy('backup.amazonaws.com'),
      permissionsBoundary: stack.boundaryArn,
      tags: stack.tags('backups'),
    },
    { parent },
  )
  const policy = new aws.iam.RolePolicy(
    'backups',
    {
      name: 'take-and-copy-backups',
      role: role.name,
      policy: pulumi.jsonStringify({
        Version: '2012-10-17',
        Statement: [...ofDatabases(stack), ...ofVaults(stack), ...ofKeys(args), ...ofAssets(stack)],
      }),
    },
    { parent },
  )
  return { role, policy }
}

/** Snapshots that AWS Backup made, in either region: it names them so. */
export const snapshotArns = ({ settings: { accountId, region, backupCopyRegion } }: Stack): string[] =>
  [region, backupCopyRegion]
    .filter((place) => place !== '')
    .map((place) => `arn:aws:rds:${place}:${accountId}:snapshot:awsbackup:*`)

function ofDatabases(stack: Stack) {
  const databases = stack.arn('rds', `db:${stack.prefix}-*`)
  return [
    {
      Sid: 'SeeDatabases',
      Effect: 'Allow',
      // IAM knows no resources for the first; of the others AWS Backup asks for all and picks.
      Action: ['tag:GetResources', 'rds:DescribeDBInstances', 'rds:DescribeDBSnapshots'],
      Resource: '*',
    },
    {
      Sid: 'TakeSnapshots',
      Effect: 'Allow',
      Action: ['rds:AddTagsToResource', 'rds:CopyDBSnapshot', 'rds:CreateDBSnapshot', 'rds:ListTagsForResource'],
      Resource: [databases, ...snapshotArns(stack)],
    },
    { Sid: 'EndSnapshots', Effect: 'Allow', Action: 'rds:DeleteDBSnapshot', Resource: snapshotArns(stack) },
  ]
}

function ofVaults({ prefix, settings: { accountId, region, backupCopyRegion } }: Stack) {
  const vaults = [region, backupCopyRegion]
    .filter((place) => place !== '')
    .map((place) => `arn:aws:backup:${place}:${accountId}:backup-vault:${prefix}-*`)
  return [
    {
      Sid: 'FillVaults',
      Effect: 'Allow',
      Action: ['backup:CopyIntoBackupVault', 'backup:DescribeBackupVault'],
      Resource: vaults,
    },
    // The recovery point of a snapshot is the snapshot: an ARN of RDS, or of whatever service made it.
    { Sid: 'CopyFromVaults', Effect: 'Allow', Action: 'backup:CopyFromBackupVault', Resource: '*' },
    {
      Sid: 'TagBackups',
      Effect: 'Allow',
      Action: 'backup:TagResource',
      Resource: `arn:aws:backup:*:${accountId}:recovery-point:*`,
    },
  ]
}

function ofKeys({ stack, grantKeyArns, bucketsKeyArn }: BackupRoleArgs) {
  return [
    {
      Sid: 'LookAtKeys',
      Effect: 'Allow',
      Action: 'kms:DescribeKey',
      Resource: [...grantKeyArns, bucketsKeyArn],
    },
    {
      Sid: 'LendKeysToServices',
      Effect: 'Allow',
      Action: 'kms:CreateGrant',
      Resource: grantKeyArns,
      Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
    {
      Sid: 'ReadObjects',
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: bucketsKeyArn,
      Condition: { StringEquals: { 'kms:ViaService': `s3.${stack.settings.region}.amazonaws.com` } },
    },
  ]
}

/** AWS Backup follows a bucket by a rule of its own in EventBridge, and reads its size from CloudWatch. */
function ofAssets(stack: Stack) {
  const bucket = bucketArn(stack, 'assets')
  return [
    {
      Sid: 'SeeBuckets',
      Effect: 'Allow',
      // IAM knows no resources for these.
      Action: ['cloudwatch:GetMetricData', 'events:ListRules', 's3:ListAllMyBuckets'],
      Resource: '*',
    },
    {
      Sid: 'FollowBucket',
      Effect: 'Allow',
      Action: [
        'events:DeleteRule',
        'events:DescribeRule',
        'events:DisableRule',
        'events:EnableRule',
        'events:ListTargetsByRule',
        'events:PutRule',
        'events:PutTargets',
        'events:RemoveTargets',
      ],
      Resource: stack.arn('events', 'rule/AwsBackupManagedRule*'),
    },
    {
      Sid: 'ReadBucket',
      Effect: 'Allow',
      Action: [
        's3:GetBucketAcl',
        's3:GetBucketLocation',
        's3:GetBucketNotification',
        's3:GetBucketTagging',
        's3:GetBucketVersioning',
        's3:GetInventoryConfiguration',
        's3:ListBucket',
        's3:ListBucketVersions',
        's3:ListTagsForResource',
        's3:PutBucketNotification',
        's3:PutInventoryConfiguration',
      ],
      Resource: bucket,
    },
    {
      Sid: 'ReadObjectsOfBucket',
      Effect: 'Allow',
      Action: [
        's3:GetObject',
        's3:GetObjectAcl',
        's3:GetObjectTagging',
        's3:GetObjectVersion',
        's3:GetObjectVersionAcl',
        's3:GetObjectVersionTagging',
      ],
      Resource: `${bucket}/*`,
    },
  ]
}
