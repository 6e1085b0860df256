import { secretsAlias, stateAlias, stateBucketName } from '../bootstrap/names.ts'
import type { Statement } from '../policy.ts'
import type { Stack } from '../stack.ts'

/**
 * What a preview and a refresh look at: how things are set up, and never what is in them. AWS has no resource to name in most of these
 * (they list), and where it has one, to see how another stack of the account is set up harms nobody; hence `*`.
 */
const looks = [
  ...['autoscaling:Describe*', 'backup:Describe*', 'backup:GetBackup*', 'backup:GetRestoreTesting*', 'backup:List*'],
  ...['budgets:Describe*', 'budgets:List*', 'budgets:ViewBudget', 'ce:GetAnomaly*', 'ce:ListTagsForResource'],
  ...['cloudtrail:DescribeTrails', 'cloudtrail:GetEventSelectors', 'cloudtrail:GetInsightSelectors'],
  ...['cloudtrail:GetTrail', 'cloudtrail:GetTrailStatus', 'cloudtrail:ListTags', 'cloudwatch:DescribeAlarms'],
  ...['cloudwatch:ListTagsForResource', 'codebuild:BatchGetProjects', 'codeconnections:GetConnection'],
  ...['config:Describe*', 'config:ListTagsForResource', 'ec2:Describe*', 'ec2:GetSecurityGroupsForVpc'],
  ...[
    'ecr:Describe*',
    'ecr:GetLifecyclePolicy',
    'ecr:GetRegistry*',
    'ecr:GetRepositoryPolicy',
    'ecr:ListTagsForResource',
  ],
  ...['eks:Describe*', 'eks:List*', 'elasticache:Describe*', 'elasticache:ListTagsForResource'],
  ...['events:DescribeRule', 'events:ListTagsForResource', 'events:ListTargetsByRule'],
  ...['guardduty:GetDetector', 'guardduty:ListDetectors', 'guardduty:ListTagsForResource'],
  ...['iam:GetInstanceProfile', 'iam:GetPolicy', 'iam:GetPolicyVersion', 'iam:GetRole', 'iam:GetRolePolicy'],
  ...['iam:ListAttachedRolePolicies', 'iam:ListInstanceProfile*', 'iam:ListPolicyTags', 'iam:ListPolicyVersions'],
  ...['iam:ListRolePolicies', 'iam:ListRoleTags', 'kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus'],
  ...['kms:ListAliases', 'kms:ListResourceTags', 'logs:DescribeLogGroups', 'logs:ListTagsForResource'],
  ...['rds:Describe*', 'rds:ListTagsForResource', 's3:GetAccelerateConfiguration', 's3:GetBucket*'],
  ...[
    's3:GetEncryptionConfiguration',
    's3:GetLifecycleConfiguration',
    's3:GetReplicationConfiguration',
    's3:ListBucket',
  ],
  ...['secretsmanager:DescribeSecret', 'secretsmanager:GetResourcePolicy', 'sns:GetSubscriptionAttributes'],
  ...['sns:GetTopicAttributes', 'sns:ListSubscriptionsByTopic', 'sns:ListTagsForResource', 'ssm:DescribeDocument*'],
  ...['ssm:GetDocument', 'ssm:ListTagsForResource', 'tag:GetResources'],
]

/** Looking at what there is, and at Pulumi's state of it. */
export function readStatements(stack: Stack): Statement[] {
  const state = `arn:aws:s3:::${stateBucketName(stack.settings.accountId, stack.settings.region)}`
  return [
    { Sid: 'Look', Effect: 'Allow', Action: looks, Resource: '*' },
    { Sid: 'FindState', Effect: 'Allow', Action: 's3:ListBucket', Resource: state },
    { Sid: 'ReadState', Effect: 'Allow', Action: 's3:GetObject', Resource: `${state}/.pulumi/*` },
    {
      Sid: 'OpenState',
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      // The bootstrap's keys have ids that only AWS knows: by their aliases.
      Resource: stack.arn('kms', 'key/*'),
      Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': [stateAlias, secretsAlias(stack.name)] } },
    },
  ]
}

/** Writing Pulumi's state, its locks and its history. */
export function stateStatements(stack: Stack): Statement[] {
  const state = `arn:aws:s3:::${stateBucketName(stack.settings.accountId, stack.settings.region)}`
  return [
    {
      Sid: 'WriteState',
      Effect: 'Allow',
      Action: ['s3:PutObject', 's3:DeleteObject'],
      // Of this stack and no other: its locks, its state, and the copies of both that Pulumi keeps.
      Resource: [
        `${state}/.pulumi/locks/organization/dhakacart/${stack.name}/*`,
        `${state}/.pulumi/stacks/dhakacart/${stack.name}.*`,
        `${state}/.pulumi/history/dhakacart/${stack.name}/*`,
        `${state}/.pulumi/backups/dhakacart/${stack.name}/*`,
      ],
    },
    {
      Sid: 'SealState',
      Effect: 'Allow',
      Action: ['kms:Encrypt', 'kms:GenerateDataKey'],
      Resource: stack.arn('kms', 'key/*'),
      Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': [stateAlias, secretsAlias(stack.name)] } },
    },
  ]
}

/** What neither role does, whatever else it is given: read what is in things, or log in to them. `*`: of any stack. */
export const neverData: Statement = {
  Sid: 'NeverData',
  Effect: 'Deny',
  Action: [
    ...['secretsmanager:GetSecretValue', 'secretsmanager:BatchGetSecretValue', 'secretsmanager:PutSecretValue'],
    ...['rds-db:connect', 'rds:DownloadCompleteDBLogFile', 'rds:DownloadDBLogFilePortion', 'elasticache:Connect'],
    ...['logs:FilterLogEvents', 'logs:GetLogEvents', 'logs:GetLogRecord', 'logs:GetQueryResults', 'logs:StartLiveTail'],
    ...['logs:StartQuery', 'logs:Unmask', 'ssm:GetParameter*', 'ssm:SendCommand', 'ssm:StartSession'],
    ...['ec2:GetConsole*', 'ec2:GetPasswordData', 'ebs:*', 'pi:*', 'cloudtrail:LookupEvents'],
  ],
  Resource: '*',
}

/** Objects of every bucket but that of Pulumi's state. */
export const neverObjects = ({ settings }: Stack): Statement => ({
  Sid: 'NeverObjects',
  Effect: 'Deny',
  Action: ['s3:GetObject*', 's3:PutObject', 's3:DeleteObject*', 's3:RestoreObject'],
  // Buckets of stacks end in the region (storage/names.ts), that of the state in `-state`.
  Resource: `arn:aws:s3:::dhakacart-*-${settings.accountId}-${settings.region}/*`,
})
