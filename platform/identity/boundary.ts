import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { policyDocument, type Statement } from '../policy.ts'
import type { Stack } from '../stack.ts'
import { boundaryName, githubRoleName } from './names.ts'

/** What the boundary is made from: the stack without the boundary itself. */
export type Bounded = Omit<Stack, 'boundaryArn'>

/**
 * The permissions boundary that every role of the program carries: the most that any of them can ever do, whatever policy somebody puts on
 * it. Whoever deploys makes roles, so without it they could make one that does what they may not (decisions/0009-identities.md).
 *
 * @returns its ARN, which is plain text in a preview too, and after which every role is made
 */
export function makeBoundary(stack: Bounded): pulumi.Output<string> {
  const policy = new aws.iam.Policy(
    'boundary',
    {
      name: boundaryName(stack),
      description: `${stack.prefix}: the most that a role of this stack can do`,
      policy: policyDocument(boundaryStatements(stack)),
      tags: stack.tags('boundary'),
    },
    { provider: stack.provider, protect: stack.settings.protect },
  )
  return pulumi.interpolate`arn:aws:iam::${stack.settings.accountId}:policy/${policy.name}`
}

/** Services that the program, its pods and the services that work for it call. A new one is added here, by an administrator. */
const services = [
  ...['acm', 'autoscaling', 'backup', 'backup-storage', 'budgets', 'ce', 'cloudfront', 'cloudtrail', 'cloudwatch'],
  ...['codebuild', 'codeconnections', 'codestar-connections', 'config', 'ec2', 'ec2messages', 'ecr', 'eks', 'eks-auth'],
  ...['elasticache', 'elasticloadbalancing', 'events', 'guardduty', 'iam', 'kms', 'logs', 'rds', 'rds-db', 'route53'],
  ...['s3', 'secretsmanager', 'shield', 'sns', 'ssm', 'ssmmessages', 'sts', 'tag', 'waf-regional', 'wafv2'],
]

/** The statements of the boundary; the denials hold even for an administrator's policy on such a role. */
export function boundaryStatements(stack: Bounded): Statement[] {
  const { accountId } = stack.settings
  const roles = (name: string) => `arn:aws:iam::${accountId}:role/${name}`
  const boundaryArn = `arn:aws:iam::${accountId}:policy/${boundaryName(stack)}`
  const github = [
    roles(githubRoleName(stack, '*')),
    `arn:aws:iam::${accountId}:policy/${githubRoleName(stack, '*')}`,
    boundaryArn,
  ]
  return [
    // A ceiling, not a gift: what a role may do is in its own policies, hence `*`.
    { Sid: 'TheMost', Effect: 'Allow', Action: services.map((service) => `${service}:*`), Resource: '*' },
    deny('NoRoleWithoutIt', ['iam:CreateRole', 'iam:PutRolePermissionsBoundary'], '*', {
      StringNotEquals: { 'iam:PermissionsBoundary': boundaryArn },
    }),
    deny('NeverTakenOff', ['iam:DeleteRolePermissionsBoundary'], '*'),
    deny('NotItsOwnLimits', changesOfIdentities, github),
    deny('NoPeople', changesOfPeople, '*'),
    deny('NoBlindness', blinding, '*'),
    deny('NoLostCopies', losing, '*', {
      // The one role that lets old backups go, when their time is over.
      ArnNotLike: { 'aws:PrincipalArn': roles(`${stack.prefix}-backup*`) },
    }),
    deny('NotElsewhere', ['*'], '*', { StringNotEquals: { 'aws:RequestedRegion': regions(stack) } }),
  ]
}

const deny = (Sid: string, Action: string[], Resource: string | string[], Condition?: Statement['Condition']) =>
  ({ Sid, Effect: 'Deny', Action, Resource, ...(Condition && { Condition }) }) satisfies Statement

/** Roles that GitHub takes, and this boundary: only an administrator changes them. */
const changesOfIdentities = [
  'iam:AttachRolePolicy',
  'iam:CreatePolicy',
  'iam:CreatePolicyVersion',
  'iam:CreateRole',
  'iam:DeletePolicy',
  'iam:DeletePolicyVersion',
  'iam:DeleteRole',
  'iam:DeleteRolePolicy',
  'iam:DetachRolePolicy',
  'iam:PassRole',
  'iam:PutRolePermissionsBoundary',
  'iam:PutRolePolicy',
  'iam:SetDefaultPolicyVersion',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateRole',
]

/** The program has no users, groups, keys or federations of IAM: who makes one makes a second way in. */
const changesOfPeople = [
  ...['iam:*AccessKey*', 'iam:*Group', 'iam:*LoginProfile', 'iam:*MFADevice', 'iam:*OpenIDConnectProvider*'],
  ...['iam:*SAMLProvider', 'iam:*ServiceSpecificCredential', 'iam:*SSHPublicKey', 'iam:*SigningCertificate'],
  ...[
    'iam:*User',
    'iam:*UserPolicy',
    'iam:*UserPermissionsBoundary',
    'iam:*AccountAlias',
    'iam:*AccountPasswordPolicy',
  ],
]

/** What would keep the account from seeing what happens next. */
const blinding = [
  ...['cloudtrail:DeleteTrail', 'cloudtrail:StopLogging'],
  ...['config:DeleteConfigurationRecorder', 'config:DeleteDeliveryChannel', 'config:StopConfigurationRecorder'],
  ...['guardduty:DeleteDetector', 'guardduty:DisassociateFromAdministratorAccount'],
]

/** What takes away the copy that brings the rest back. */
const losing = [
  ...['backup:DeleteBackupVault', 'backup:DeleteBackupVaultLockConfiguration', 'backup:DeleteRecoveryPoint'],
  ...['backup:UpdateRecoveryPointLifecycle', 'kms:DisableKey', 'kms:ScheduleKeyDeletion'],
  ...['rds:DeleteDBInstanceAutomatedBackup', 'rds:DeleteDBSnapshot'],
]

/** The stack's own region, that of its copies, and the one where AWS keeps what is global (IAM, CloudFront, prices). */
function regions({ settings }: Bounded): string[] {
  return [...new Set([settings.region, settings.backupCopyRegion, 'us-east-1'])].filter(Boolean)
}
