import type { Settings } from '../../settings/schema.ts'
import { type Ability, account, type KeyUser } from './keys.ts'

/** Whose keys they are: what a row needs to spell an ARN. */
export interface Owner {
  settings: Settings
  /** `dhakacart-prod` */
  prefix: string
}

const use: Ability[] = ['read', 'write']

/**
 * Who can use which key, by the key's name: everybody, and nobody else. Written by hand and apart from `keys/policies.ts`, so that a
 * change there has to be made here too, where the next reader sees who reads what.
 *
 * `account` is whoever IAM lets: people's own roles in the account, of which this plan knows nothing, and those of its roles that follow
 * in rows of their own. Beside them, services call in their own name, and AWS's service-linked roles launch machines.
 */
export function keyUsers(owner: Owner): Record<string, KeyUser[]> {
  const users = named(owner)
  if (owner.settings.githubRepository === '') return users
  return Object.fromEntries(Object.entries(users).map(([key, rows]) => [key, [...rows, ...deploys(owner, rows)]]))
}

/** Who deploys makes what stands under a key, and its policy: what the account may, of the stack's own keys. */
const deploys = ({ prefix }: Owner, rows: KeyUser[]): KeyUser[] =>
  rows
    .filter(({ who }) => who === account)
    .map((row) => ({
      ...row,
      who: "Role 'github-deploy'",
      where: [...row.where, `StringEquals aws:ResourceTag/stack = ${prefix.replace('dhakacart-', '')}`].sort(),
    }))

function named(owner: Owner): Record<string, KeyUser[]> {
  const { via, role, of, serviceLinked, own } = spell(owner)
  const copyRegion = owner.settings.backupCopyRegion
  const through = (service: string): KeyUser[] => [administration, ...ofAccount(via(service))]
  const takesBackups = (where: string): KeyUser => ({
    who: "Role 'backups'",
    may: ['grant'],
    where: [forService, where],
  })
  const launches = (who: string): KeyUser[] => [
    { who, may: use, where: [own, via('ec2')] },
    { who, may: ['grant'], where: [forService, own, via('ec2')] },
  ]
  const secret = (name: string) => `${owner.prefix}/${name}`
  const reads = (who: string, secrets: string[]): KeyUser => ({
    who,
    may: ['read'],
    where: [
      via('secretsmanager'),
      `StringLike kms:EncryptionContext:SecretARN = ${secrets.map((name) => of('secretsmanager', `secret:${name}-??????`)).join(' or ')}`,
    ],
  })
  const loki = `arn:aws:s3:::${owner.prefix}-loki-${owner.settings.accountId}-${owner.settings.region}`
  return {
    database: [
      ...through('rds'),
      // RDS takes snapshots in the name of AWS Backup, and a restore test opens one.
      takesBackups(via('rds')),
      { who: "Role 'restore-tests'", may: use, where: [via('rds')] },
      { who: "Role 'restore-tests'", may: ['grant'], where: [forService, via('rds')] },
    ],
    insights: through('rds'),
    cache: through('elasticache'),
    volumes: [
      ...through('ec2'),
      // The cluster's role makes nodes and volumes; the pattern is for a name that is generated.
      ...["Role 'cluster'", role('cluster-*'), ...serviceLinked].flatMap(launches),
    ],
    logs: [
      administration,
      {
        who: `logs.${owner.settings.region}.amazonaws.com`,
        may: use,
        where: [`ArnLike kms:EncryptionContext:aws:logs:arn = ${of('logs', `log-group:*${owner.prefix}*`)}`],
      },
    ],
    audit: [
      administration,
      { who: account, may: use, where: [via('s3')] },
      {
        who: 'cloudtrail.amazonaws.com',
        may: ['write'],
        where: [`StringEquals aws:SourceArn = ${of('cloudtrail', `trail/${owner.prefix}-trail`)}`],
      },
      {
        who: 'config.amazonaws.com',
        may: use,
        where: [`StringEquals aws:SourceAccount = ${owner.settings.accountId}`],
      },
    ],
    secrets: [
      ...through('secretsmanager'),
      reads("Role 'shop'", ['jwt-keys', 'payment-webhook', 'outbox-webhook'].map(secret)),
      reads("Role 'grafana'", [secret('grafana-admin')]),
      // The master secret of a database, which RDS names.
      reads("Role 'migration'", ['rds!db-*']),
    ],
    buckets: [
      administration,
      { who: account, may: use, where: [via('s3')] },
      {
        who: "Role 'loki'",
        may: use,
        where: [via('s3'), `StringLike kms:EncryptionContext:aws:s3:arn = ${loki} or ${loki}/*`],
      },
      { who: "Role 'backups'", may: ['read'], where: [via('s3')] },
    ],
    registry: [...through('ecr'), { who: "Role 'image-cache'", may: ['grant'], where: [forService, via('ecr')] }],
    backups: [...through('backup'), takesBackups(via('backup'))],
    ...(copyRegion !== '' && {
      copies: [
        administration,
        ...['backup', 'rds'].flatMap((service) => [
          ...ofAccount(via(service, copyRegion)),
          takesBackups(via(service, copyRegion)),
        ]),
      ],
    }),
    cluster: [
      // Whoever makes the cluster makes the grant by which EKS works; EKS supports no condition there.
      { who: account, may: ['grant', 'administer'], where: [] },
      { who: "Role 'cluster'", may: use, where: [own] },
      { who: role('cluster-*'), may: use, where: [own] },
    ],
    alarms: [
      administration,
      { who: account, may: use, where: [via('sns')] },
      ...['cloudwatch', 'budgets', 'costalerts', 'events.rds', 'backup'].map((service) => ({
        who: `${service}.amazonaws.com`,
        may: use,
        where: [`StringEquals aws:SourceAccount = ${owner.settings.accountId}`],
      })),
      {
        who: 'events.amazonaws.com',
        may: use,
        where: [`StringEquals kms:EncryptionContext:aws:sns:topicArn = ${of('sns', `${owner.prefix}-alarms`)}`],
      },
    ],
  }
}

/** Policies, deletion and the like, but no data: an administrator can change the policy, which the trail shows. */
const administration: KeyUser = { who: account, may: ['administer'], where: [] }
const ofAccount = (where: string): KeyUser[] => [
  { who: account, may: use, where: [where] },
  { who: account, may: ['grant'], where: [forService, where] },
]
const forService = 'Bool kms:GrantIsForAWSResource = true'

function spell({ settings: { accountId, region }, prefix }: Owner) {
  const roles = `arn:aws:iam::${accountId}:role`
  return {
    via: (service: string, place = region) => `StringEquals kms:ViaService = ${service}.${place}.amazonaws.com`,
    own: `StringEquals kms:CallerAccount = ${accountId}`,
    role: (name: string) => `${roles}/${prefix}-${name}`,
    of: (service: string, resource: string) => `arn:aws:${service}:${region}:${accountId}:${resource}`,
    serviceLinked: [
      `${roles}/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
      `${roles}/aws-service-role/ec2fleet.amazonaws.com/AWSServiceRoleForEC2Fleet`,
      `${roles}/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot`,
    ],
  }
}
