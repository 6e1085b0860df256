import type { Settings } from '../../settings/schema.ts'
import type { Facts, Index } from './facts.ts'

/** What AWS itself has against losing the data of a type. */
interface Hold {
  /** Whether this one is meant, among others of its type that keep nothing. */
  only?(said: Facts, settings: Settings): boolean
  /** Whether Pulumi must refuse to delete it; always, where nothing is said. */
  protects?(said: Facts, settings: Settings): boolean
  /** What it lacks of what AWS offers; nothing where AWS offers nothing. */
  lacks?(said: Facts, settings: Settings, index: Index): string[]
}

/** What has to be said, and what is said instead. */
const mustSay = (said: Facts, path: string, wanted: boolean): string[] =>
  said.flag(path) === wanted ? [] : [`${path} is ${String(said.value(path) ?? 'not said')} instead of ${wanted}`]
/** AWS's own word where nothing is said is the safe one. */
const mustNotSay = (said: Facts, path: string): string[] => (said.flag(path) === true ? [`${path} is true`] : [])

const isReplica = (said: Facts) => said.text('replicateSourceDb') !== undefined
const inUse = (said: Facts, settings: Settings) => said.resource.name === settings.databaseInUse

/** Log groups that tell who did what. The others describe the shop, are read and never put back, and go by their days. */
const evidence = ['control-plane', 'flow-logs']

const lockType = 'aws:backup/vaultLockConfiguration:VaultLockConfiguration'

/** Every type that keeps something which the program and its settings could not make again, or that other things cannot outlive. */
export const keeps: Readonly<Record<string, Hold>> = {
  'aws:rds/instance:Instance': {
    only: (said) => !isReplica(said),
    // During a restore the one that is not in use must be removable; its last state stays as a snapshot all the same.
    protects: inUse,
    lacks: (said, settings) => [
      ...(inUse(said, settings) ? mustSay(said, 'deletionProtection', true) : []),
      ...mustNotSay(said, 'skipFinalSnapshot'),
      ...(said.text('finalSnapshotIdentifier') ? [] : ['finalSnapshotIdentifier is not said']),
      // AWS deletes them with the instance unless it is told not to.
      ...mustSay(said, 'deleteAutomatedBackups', false),
    ],
  },
  // AWS has no deletion protection for it, and a last snapshot of counts is worth nothing (decisions/0007).
  'aws:elasticache/replicationGroup:ReplicationGroup': {},
  'aws:s3/bucket:Bucket': { lacks: (said) => mustNotSay(said, 'forceDestroy') },
  'aws:kms/key:Key': {
    lacks: (said, { kmsDeletionWindowDays }) => {
      const days = said.number('deletionWindowInDays') ?? 30
      return days < kmsDeletionWindowDays ? [`deletionWindowInDays is ${days} instead of ${kmsDeletionWindowDays}`] : []
    },
  },
  'aws:backup/vault:Vault': {
    lacks: (said, { backupVaultLock }, index) => {
      const name = said.text('name')
      const lock = index.of(lockType).some((one) => one.inputs.backupVaultName === name)
      return [...mustNotSay(said, 'forceDestroy'), ...(lock || backupVaultLock === 'none' ? [] : ['it has no lock'])]
    },
  },
  'aws:secretsmanager/secret:Secret': {
    lacks: (said) => ((said.number('recoveryWindowInDays') ?? 30) < 7 ? ['recoveryWindowInDays is less than 7'] : []),
  },
  'aws:ecr/repository:Repository': { lacks: (said) => mustNotSay(said, 'forceDelete') },
  'aws:eks/cluster:Cluster': { lacks: (said) => mustSay(said, 'deletionProtection', true) },
  'aws:cloudwatch/logGroup:LogGroup': { only: (said) => evidence.includes(said.resource.name) },
  // AWS has nothing against the deletion of these.
  'aws:ec2/vpc:Vpc': {},
  'aws:ec2/subnet:Subnet': {},
  'aws:cloudtrail/trail:Trail': {},
}

/** Types that keep nothing, by service. What is neither here nor above is reported: nobody has said what is lost with it. */
const nothing: Readonly<Record<string, string>> = {
  autoscaling: 'group',
  backup:
    'vaultLockConfiguration vaultPolicy vaultNotifications plan selection regionSettings restoreTestingPlan restoreTestingSelection',
  budgets: 'budget',
  cfg: 'recorder recorderStatus deliveryChannel retentionConfiguration',
  cloudwatch: 'eventRule eventTarget metricAlarm logResourcePolicy logMetricFilter',
  codebuild: 'project webhook',
  costexplorer: 'anomalyMonitor anomalySubscription',
  ec2: 'defaultSecurityGroup eip flowLog internetGateway launchTemplate natGateway route routeTable routeTableAssociation securityGroup vpcEndpoint',
  ecr: 'lifecyclePolicy repositoryPolicy registryPolicy pullThroughCacheRule repositoryCreationTemplate registryScanningConfiguration',
  eks: 'accessEntry accessPolicyAssociation addon podIdentityAssociation',
  elasticache: 'parameterGroup subnetGroup user userGroup',
  guardduty: 'detector detectorFeature',
  iam: 'instanceProfile openIdConnectProvider policy role rolePolicy rolePolicyAttachment serviceLinkedRole',
  kms: 'alias keyPolicy',
  rds: 'eventSubscription parameterGroup subnetGroup',
  s3: 'bucketLifecycleConfiguration bucketLogging bucketOwnershipControls bucketPolicy bucketPublicAccessBlock bucketServerSideEncryptionConfiguration bucketVersioning',
  secretsmanager: 'secretPolicy secretRotation',
  sns: 'topic topicPolicy topicSubscription',
  ssm: 'document',
  vpc: 'securityGroupEgressRule securityGroupIngressRule',
}

/** Kinds of Kubernetes that keep data on disks; all others are written by this program. */
const disks = ['PersistentVolume', 'PersistentVolumeClaim', 'StatefulSet']

/** Whether a type is known to keep nothing. */
export function keepsNothing(type: string): boolean {
  const [provider, module = '', kind = ''] = type.split(':')
  if (provider === 'pulumi') return true
  if (provider === 'kubernetes') return !disks.includes(kind)
  const [service = '', word = ''] = module.split('/')
  return provider === 'aws' && (nothing[service]?.split(' ').includes(word) ?? false)
}
