import { accessRoleArn } from '../access.ts'
import { boundaryName } from '../identity/names.ts'
import type { Conditions, Statement } from '../policy.ts'
import type { Stack } from '../stack.ts'

/*
 * What a deployment changes, by service. Where the name of a thing is ours, it is named; where AWS gives it an id, the tag `stack` stands in
 * its place, which the provider puts on everything. Split in two because IAM takes 6,144 characters in a policy.
 */

const allow = (Sid: string, Action: string[], Resource: string | string[], Condition?: Conditions): Statement => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition && { Condition }),
})

/** Roles, the network, machines, the cluster. */
export function groundStatements(stack: Stack): Statement[] {
  const { accountId } = stack.settings
  const iam = (resource: string) => `arn:aws:iam::${accountId}:${resource}`
  const made = { StringEquals: { 'aws:RequestTag/stack': stack.name } }
  const ours = { StringEquals: { 'aws:ResourceTag/stack': stack.name } }
  return [
    ...roleStatements(stack, iam),
    allow(
      'Make',
      ['ec2:Create*', 'ec2:AllocateAddress', 'kms:CreateKey', 'backup:CreateRestoreTestingPlan'],
      '*',
      made,
    ),
    // What is created stands in a network that is there, and a rule in a group: those are ours by their tag.
    allow('MakeIn', ['ec2:Create*'], stack.arn('ec2', '*'), ours),
    allow('Tag', ['ec2:CreateTags', 'ec2:DeleteTags'], stack.arn('ec2', '*')),
    allow(
      'Network',
      [
        ...['ec2:Associate*', 'ec2:Attach*', 'ec2:AuthorizeSecurityGroup*', 'ec2:Delete*', 'ec2:Detach*'],
        ...['ec2:Disassociate*', 'ec2:Modify*', 'ec2:ReleaseAddress', 'ec2:Replace*', 'ec2:RevokeSecurityGroup*'],
        'ec2:UpdateSecurityGroupRuleDescriptions*',
      ],
      stack.arn('ec2', '*'),
      ours,
    ),
    // An Auto Scaling group tries its template, as the one who makes it.
    allow('Template', ['ec2:RunInstances'], '*', ours),
    allow(
      'Door',
      ['autoscaling:*'],
      stack.arn('autoscaling', `autoScalingGroup:*:autoScalingGroupName/${stack.prefix}-*`),
    ),
    allow(
      'DoorDocument',
      ['ssm:*Document*', 'ssm:*TagsTo*', 'ssm:*TagsFrom*'],
      stack.arn('ssm', `document/${stack.prefix}-*`),
    ),
    allow(
      'Cluster',
      ['eks:*'],
      ['cluster', 'access-entry', 'podidentityassociation', 'addon'].flatMap((kind) => [
        stack.arn('eks', `${kind}/${stack.prefix}`),
        stack.arn('eks', `${kind}/${stack.prefix}/*`),
      ]),
    ),
    allow('Deployer', ['sts:AssumeRole'], accessRoleArn(stack, 'deployer')),
  ]
}

/** Roles of this stack, each within the boundary, handed to the services that wear them and to no other. */
function roleStatements(stack: Stack, iam: (resource: string) => string): Statement[] {
  const roles = iam(`role/${stack.prefix}-*`)
  return [
    allow('BoundedRoles', ['iam:CreateRole', 'iam:PutRolePermissionsBoundary'], roles, {
      StringEquals: { 'iam:PermissionsBoundary': iam(`policy/${boundaryName(stack)}`) },
    }),
    allow(
      'Roles',
      [
        ...['iam:AttachRolePolicy', 'iam:DeleteRole', 'iam:DeleteRolePolicy', 'iam:DetachRolePolicy'],
        ...['iam:PutRolePolicy', 'iam:TagRole', 'iam:UntagRole', 'iam:UpdateAssumeRolePolicy', 'iam:UpdateRole*'],
      ],
      roles,
    ),
    allow(
      'PoliciesAndProfiles',
      [
        ...['iam:*InstanceProfile', 'iam:CreatePolicy', 'iam:CreatePolicyVersion', 'iam:DeletePolicy'],
        ...['iam:DeletePolicyVersion', 'iam:SetDefaultPolicyVersion', 'iam:TagPolicy', 'iam:UntagPolicy'],
      ],
      [iam(`policy/${stack.prefix}-*`), iam(`instance-profile/${stack.prefix}-*`)],
    ),
    allow('HandRoles', ['iam:PassRole'], roles, {
      StringEquals: {
        'iam:PassedToService': [
          ...['backup', 'codebuild', 'config', 'ec2', 'ecr', 'eks', 'monitoring.rds', 'pods.eks', 'rds'],
          ...['vpc-flow-logs', 'cloudtrail', 'events'],
        ].map((service) => `${service}.amazonaws.com`),
      },
    }),
    allow('ServiceRoles', ['iam:CreateServiceLinkedRole'], iam('role/aws-service-role/*')),
  ]
}

/** Keys, data, logs, alarms, what the account sees. */
export function dataStatements(stack: Stack): Statement[] {
  const { region, accountId } = stack.settings
  const { prefix } = stack
  const ours = { StringEquals: { 'aws:ResourceTag/stack': stack.name } }
  const keys = `arn:aws:kms:*:${accountId}:key/*`
  return [
    allow(
      'Keys',
      [
        ...['kms:*Alias', 'kms:CancelKeyDeletion', 'kms:EnableKey*', 'kms:PutKeyPolicy', 'kms:TagResource'],
        ...['kms:UntagResource', 'kms:UpdateKeyDescription', 'kms:RevokeGrant'],
      ],
      keys,
      ours,
    ),
    allow('Aliases', ['kms:*Alias'], `arn:aws:kms:*:${accountId}:alias/${prefix}/*`),
    // Whoever makes a thing under a key uses the key; its own policy says by way of which service.
    allow(
      'UseKeys',
      ['kms:CreateGrant', 'kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      keys,
      ours,
    ),
    allow(
      'Database',
      ['rds:Add*', 'rds:Create*', 'rds:Delete*', 'rds:Modify*', 'rds:Reboot*', 'rds:Remove*', 'rds:Restore*'],
      ['db', 'es', 'og', 'pg', 'subgrp', 'snapshot'].map((kind) => stack.arn('rds', `${kind}:${prefix}-*`)),
    ),
    allow(
      'MasterSecret',
      ['secretsmanager:CreateSecret', 'secretsmanager:TagResource', 'secretsmanager:RotateSecret'],
      [stack.arn('secretsmanager', 'secret:rds!db-*')],
    ),
    allow(
      'Cache',
      ['elasticache:Add*', 'elasticache:Create*', 'elasticache:Delete*', 'elasticache:Modify*', 'elasticache:Remove*'],
      stack.arn('elasticache', `*:${prefix}-*`),
    ),
    allow(
      'Buckets',
      [
        's3:CreateBucket',
        's3:DeleteBucket',
        's3:DeleteBucketPolicy',
        's3:Put*Configuration',
        's3:PutBucket*',
        's3:TagResource',
      ],
      `arn:aws:s3:::${prefix}-*`,
    ),
    allow(
      'Secrets',
      [
        ...['secretsmanager:CreateSecret', 'secretsmanager:DeleteSecret', 'secretsmanager:DeleteResourcePolicy'],
        ...['secretsmanager:PutResourcePolicy', 'secretsmanager:RestoreSecret', 'secretsmanager:TagResource'],
        ...['secretsmanager:UntagResource', 'secretsmanager:UpdateSecret', 'secretsmanager:ValidateResourcePolicy'],
      ],
      [`secret:${prefix}/*`, `secret:ecr-pullthroughcache/${prefix}-*`].map((name) =>
        stack.arn('secretsmanager', name),
      ),
    ),
    allow(
      'Images',
      [
        'ecr:*Repository*',
        'ecr:*LifecyclePolicy',
        'ecr:PutImage*Configuration',
        'ecr:TagResource',
        'ecr:UntagResource',
      ],
      [stack.arn('ecr', `repository/${prefix}*`)],
    ),
    // Rules of the image cache have no resource of their own in IAM.
    allow('ImageCache', ['ecr:*PullThroughCacheRule', 'ecr:PutRegistryScanningConfiguration'], '*'),
    allow(
      'Logs',
      ['logs:*LogGroup', 'logs:*RetentionPolicy', 'logs:*KmsKey', 'logs:TagResource', 'logs:UntagResource'],
      [stack.arn('logs', `log-group:*${prefix}*`)],
    ),
    // ElastiCache has its logs delivered in the deployer's name, and lets itself write by the account's policy of logs: neither has a resource.
    allow(
      'LogDelivery',
      [
        ...['logs:CreateLogDelivery', 'logs:DeleteLogDelivery', 'logs:GetLogDelivery', 'logs:ListLogDeliveries'],
        ...['logs:UpdateLogDelivery', 'logs:DescribeResourcePolicies', 'logs:PutResourcePolicy'],
      ],
      '*',
    ),
    allow('Topic', ['sns:*'], stack.arn('sns', `${prefix}-*`)),
    allow('Alarms', ['cloudwatch:*'], stack.arn('cloudwatch', `alarm:${prefix}-*`)),
    allow('Events', ['events:*'], stack.arn('events', `rule/${prefix}-*`)),
    allow('Budget', ['budgets:*'], `arn:aws:budgets::${accountId}:budget/${prefix}*`),
    allow('Anomalies', ['ce:*Anomaly*', 'ce:*TagResource*'], `arn:aws:ce::${accountId}:anomaly*`),
    allow('Runner', ['codebuild:*'], stack.arn('codebuild', `project/${prefix}-*`)),
    // Vaults and plans have ids, and vaults stand in the region of the copies too.
    allow('Backup', ['backup:*', 'backup-storage:MountCapsule'], '*', {
      StringEquals: { 'aws:ResourceAccount': accountId },
    }),
    allow(
      'Trail',
      ['cloudtrail:*Trail', 'cloudtrail:*Tags', 'cloudtrail:PutEventSelectors', 'cloudtrail:StartLogging'],
      [stack.arn('cloudtrail', `trail/${prefix}-*`)],
    ),
    // Of these there is one in an account and region, and it has no name.
    allow('Watch', ['guardduty:*', 'config:Put*', 'config:StartConfigurationRecorder', 'config:TagResource'], '*', {
      StringEquals: { 'aws:RequestedRegion': region },
    }),
  ]
}
