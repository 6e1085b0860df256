import { type Conditions, policyDocument, type Statement } from '../policy.ts'
import type { Stack } from '../stack.ts'

/** The kinds of data that have a key of their own, so that whoever may read one kind can read no other. */
export const keyNames = [
  'database',
  'insights',
  'cache',
  'volumes',
  'logs',
  'audit',
  'secrets',
  'buckets',
  'registry',
  'backups',
  'cluster',
  'alarms',
] as const

export type KeyName = (typeof keyNames)[number]

const use = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey']

/**
 * The policy of one key. It is plain text and names no role that the stack makes: KMS refuses a policy that names a role which does not
 * exist yet, and deleting and remaking a role breaks a policy that names it. So a statement admits the account and narrows it by a
 * condition: `aws:PrincipalArn` holds for names to come, and `kms:ViaService` for callers that come through one service.
 *
 * A statement for the account's root (`arn:aws:iam::<account>:root`) gives nobody anything by itself: the caller's own IAM policy must
 * allow it too. A statement for `*` with `kms:CallerAccount` gives it directly, and is there only for roles whose IAM policies AWS owns.
 */
export function keyPolicy(name: KeyName, stack: Stack): string {
  return policyDocument([administration(stack), ...statements[name](stack)])
}

const statements: Record<KeyName, (stack: Stack) => Statement[]> = {
  database: (stack) => through(stack, ['rds'], { grants: true }),
  // Whoever may look at the load of a database sees its statements: another circle than those who may restore it.
  insights: (stack) => through(stack, ['rds'], { grants: true }),
  cache: (stack) => through(stack, ['elasticache'], { grants: true }),
  volumes: (stack) => [...through(stack, ['ec2'], { grants: true }), ...launchers(stack)],
  logs: (stack) => [logDelivery(stack)],
  audit: (stack) => [...through(stack, ['s3'], { grants: false }), trail(stack), recorder(stack)],
  // RDS keeps its master password by calling Secrets Manager in the caller's name, which needs the grant.
  secrets: (stack) => through(stack, ['secretsmanager'], { grants: true }),
  buckets: (stack) => through(stack, ['s3'], { grants: false }),
  registry: (stack) => through(stack, ['ecr'], { grants: true }),
  backups: (stack) => vault(stack, stack.settings.region),
  cluster,
  alarms: (stack) => [...through(stack, ['sns'], { grants: false }), ...publishers(stack)],
}

const root = (stack: Stack) => ({ AWS: `arn:aws:iam::${stack.settings.accountId}:root` })

/**
 * The account administers the key by its IAM policies, or a lost role would lose the key for ever (AWS cannot open it either). It is
 * bounded: no `kms:*`, so an administrator can change the policy, which CloudTrail shows, but cannot read data by IAM alone.
 */
const administration = (stack: Stack): Statement => ({
  Sid: 'Administration',
  Effect: 'Allow',
  Principal: root(stack),
  Action: [
    'kms:DescribeKey',
    'kms:Get*',
    'kms:List*',
    'kms:PutKeyPolicy',
    'kms:UpdateKeyDescription',
    'kms:EnableKey',
    'kms:DisableKey',
    'kms:EnableKeyRotation',
    'kms:RotateKeyOnDemand',
    'kms:RevokeGrant',
    'kms:CreateAlias',
    'kms:UpdateAlias',
    'kms:DeleteAlias',
    'kms:TagResource',
    'kms:UntagResource',
    'kms:ScheduleKeyDeletion',
    'kms:CancelKeyDeletion',
  ],
  Resource: '*',
})

const viaServices = (services: string[], region: string) => ({
  'kms:ViaService': services.map((service) => `${service}.${region}.amazonaws.com`),
})

/** Whoever IAM lets use the key, but only by way of these services of one region: the stack's, where no other is named. */
function through(stack: Stack, services: string[], options: { grants: boolean; region?: string }): Statement[] {
  const { grants, region = stack.settings.region } = options
  const condition = viaServices(services, region)
  const uses: Statement = {
    Sid: 'UseThroughService',
    Effect: 'Allow',
    Principal: root(stack),
    Action: use,
    Resource: '*',
    Condition: { StringEquals: condition },
  }
  const grantsToService: Statement = {
    Sid: 'GrantThroughService',
    Effect: 'Allow',
    Principal: root(stack),
    Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
    Resource: '*',
    Condition: { StringEquals: condition, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
  }
  return grants ? [uses, grantsToService] : [uses]
}

/**
 * AWS Backup uses a vault's key by grants, which it makes in the name of whoever makes the vault, and of the role of a job (AWS Backup
 * developer guide, "Encryption for backups" and "Required permissions" of a vault, 2026-11). Users: the deployer, the role of backups.
 */
function vault(stack: Stack, region: string): Statement[] {
  return [
    ...through(stack, ['backup'], { grants: true, region }),
    {
      Sid: 'RetireGrants',
      Effect: 'Allow',
      Principal: root(stack),
      Action: 'kms:RetireGrant',
      Resource: '*',
      Condition: { StringEquals: viaServices(['backup'], region) },
    },
  ]
}

/**
 * The policy of the key of the vault that backups are copied to, in another region. RDS copies a snapshot by itself, under that vault's
 * key, and so it is a service of that region that uses the key too.
 */
export function copiesKeyPolicy(stack: Stack, region: string): string {
  const copied = through(stack, ['rds'], { grants: true, region }).map((statement) => ({
    ...statement,
    Sid: `Snapshots${statement.Sid}`,
  }))
  return policyDocument([administration(stack), ...vault(stack, region), ...copied])
}

/** ARNs of the cluster's service role (named after the stack) and of the roles by which AWS itself launches machines. */
const launcherArns = (stack: Stack) => {
  const roles = `arn:aws:iam::${stack.settings.accountId}:role`
  return [
    ...clusterRoleArns(stack),
    `${roles}/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
    `${roles}/aws-service-role/ec2fleet.amazonaws.com/AWSServiceRoleForEC2Fleet`,
    `${roles}/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot`,
  ]
}

/** The cluster's service role is `<prefix>-cluster`, with whatever a generated name adds. */
const clusterRoleArns = (stack: Stack) => [
  `arn:aws:iam::${stack.settings.accountId}:role/${stack.prefix}-cluster`,
  `arn:aws:iam::${stack.settings.accountId}:role/${stack.prefix}-cluster-*`,
]

/**
 * Auto Mode launches nodes and makes volumes with the cluster's role, an Auto Scaling group with its service-linked role. AWS owns the
 * IAM policies of these and puts no key of ours in them, so the key's policy must allow them directly, as that of `aws/ebs` does.
 */
function launchers(stack: Stack): Statement[] {
  const principals = { 'aws:PrincipalArn': launcherArns(stack) }
  const viaEc2 = {
    'kms:CallerAccount': stack.settings.accountId,
    'kms:ViaService': `ec2.${stack.settings.region}.amazonaws.com`,
  }
  return [
    {
      Sid: 'LaunchMachines',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: use,
      Resource: '*',
      Condition: { StringEquals: viaEc2, ArnLike: principals },
    },
    {
      Sid: 'AttachVolumes',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: 'kms:CreateGrant',
      Resource: '*',
      Condition: { StringEquals: viaEc2, ArnLike: principals, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
  ]
}

/** CloudWatch Logs says for which log group it asks: only groups with the stack's prefix in their name. */
const logDelivery = (stack: Stack): Statement => ({
  Sid: 'LogGroups',
  Effect: 'Allow',
  Principal: { Service: `logs.${stack.settings.region}.amazonaws.com` },
  Action: use,
  Resource: '*',
  Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': stack.arn('logs', `log-group:*${stack.prefix}*`) } },
})

/** The trail has a fixed name, because its key's policy names it before it exists. */
export const trailName = (stack: Stack) => `${stack.prefix}-trail`

/** CloudTrail encrypts what it writes for this one trail (CloudTrail user guide, "Configure AWS KMS key policies", 2026-11). */
const trail = (stack: Stack): Statement => ({
  Sid: 'Trail',
  Effect: 'Allow',
  Principal: { Service: 'cloudtrail.amazonaws.com' },
  Action: ['kms:GenerateDataKey*', 'kms:DescribeKey'],
  Resource: '*',
  Condition: { StringEquals: { 'aws:SourceArn': stack.arn('cloudtrail', `trail/${trailName(stack)}`) } },
})

/** Config writes with a role that AWS owns, so the service is admitted (its developer guide, "Permissions for the KMS key", 2026-11). */
const recorder = (stack: Stack): Statement => ({
  Sid: 'Recorder',
  Effect: 'Allow',
  Principal: { Service: 'config.amazonaws.com' },
  Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
  Resource: '*',
  Condition: { StringEquals: { 'aws:SourceAccount': stack.settings.accountId } },
})

/**
 * EKS uses the key by a grant that whoever creates the cluster makes for it. `kms:GrantIsForAWSResource` is not supported there (EKS user
 * guide, "Enable secret encryption", 2026-11), so IAM alone decides who that may be.
 */
function cluster(stack: Stack): Statement[] {
  return [
    { Sid: 'CreateCluster', Effect: 'Allow', Principal: root(stack), Action: 'kms:CreateGrant', Resource: '*' },
    {
      Sid: 'ClusterRole',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ListGrants', 'kms:DescribeKey'],
      Resource: '*',
      Condition: {
        StringEquals: { 'kms:CallerAccount': stack.settings.accountId },
        ArnLike: { 'aws:PrincipalArn': clusterRoleArns(stack) },
      },
    },
  ]
}

/** Services that publish to the alarm topic; the topic's own policy lists the same. */
export const alarmServices = [
  'cloudwatch.amazonaws.com',
  'budgets.amazonaws.com',
  'costalerts.amazonaws.com',
  'events.rds.amazonaws.com',
  'backup.amazonaws.com',
]

/** The alarm topic has a fixed name, because its key's policy names it before it exists. */
export const alarmTopicName = (stack: Stack) => `${stack.prefix}-alarms`

/**
 * What publishes to an encrypted topic needs its key. EventBridge stands apart: with `aws:SourceAccount` on the key it silently delivers
 * nothing (SNS developer guide, "Managing encryption keys", 2026-11), so it is held by the topic that SNS says it encrypts for.
 */
function publishers(stack: Stack): Statement[] {
  const topic: Conditions = {
    StringEquals: { 'kms:EncryptionContext:aws:sns:topicArn': stack.arn('sns', alarmTopicName(stack)) },
  }
  return [
    {
      Sid: 'Publish',
      Effect: 'Allow',
      Principal: { Service: alarmServices },
      Action: ['kms:GenerateDataKey*', 'kms:Decrypt'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:SourceAccount': stack.settings.accountId } },
    },
    {
      Sid: 'PublishEvents',
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: ['kms:GenerateDataKey*', 'kms:Decrypt'],
      Resource: '*',
      Condition: topic,
    },
  ]
}
