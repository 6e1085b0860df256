import { type Change, cloudFormationOnly, notInCloudFormation, type Rules, terraform } from './rules.ts'

/** Such as `8.2`, as a number that sorts. */
const rank = (version: unknown): number => {
  const [major = 0, minor = 0] = String(version).split('.').map(Number)
  return major * 1_000 + minor
}

/** ElastiCache. */
export const cache: Record<string, Rules> = {
  'aws:elasticache/replicationGroup:ReplicationGroup': {
    source: `${terraform('elasticache/replication_group.go', '001b6364c1a3b3045e152f655440a6d47eb44a70')}, and engine_version.go at 01606926a0c0ab9174aec440f976a48b0baee722`,
    cloudFormation: {
      type: 'AWS::ElastiCache::ReplicationGroup',
      names: {
        CacheSubnetGroupName: 'subnetGroupName',
        MultiAZEnabled: 'multiAzEnabled',
        PreferredCacheClusterAZs: 'preferredCacheClusterAzs',
      },
    },
    replace: [
      'atRestEncryptionEnabled',
      'dataTieringEnabled',
      'globalReplicationGroupId',
      'kmsKeyId',
      'networkType',
      'port',
      'replicationGroupId',
      'securityGroupNames',
      'snapshotArns',
      'snapshotName',
      'subnetGroupName',
    ],
    update: [
      'applyImmediately',
      'authToken',
      'authTokenUpdateStrategy',
      'autoMinorVersionUpgrade',
      'automaticFailoverEnabled',
      'clusterMode',
      'description',
      'finalSnapshotIdentifier',
      'ipDiscovery',
      'logDeliveryConfigurations',
      'maintenanceWindow',
      'multiAzEnabled',
      'nodeType',
      'notificationTopicArn',
      'numCacheClusters',
      'parameterGroupName',
      'preferredCacheClusterAzs',
      'securityGroupIds',
      'snapshotRetentionLimit',
      'snapshotWindow',
      'transitEncryptionMode',
      'userGroupIds',
    ],
    conditions: [
      {
        path: 'engineVersion',
        replaces: ({ old, now }: Change) => rank(now) < rank(old),
        why: 'A version goes up in place; AWS goes down by none.',
      },
      {
        path: 'engine',
        replaces: ({ old }: Change) => old === 'valkey',
        why: 'Redis becomes Valkey in place, and Valkey never becomes Redis again.',
      },
      {
        path: 'transitEncryptionEnabled',
        replaces: ({ inputs }: Change) => rank(inputs?.engineVersion) < rank('7.1'),
        why: 'From 7.0.5 on it is switched in place; every Valkey is newer.',
      },
      {
        path: 'nodeGroupConfigurations',
        replaces: () => true,
        why: 'Some changes of shards are made in place; we have none, and take each for a replacement.',
      },
    ],
    differs: {
      preferredCacheClusterAzs: 'The provider ignores a change of it.',
      securityGroupNames: notInCloudFormation,
    },
  },
  'aws:elasticache/subnetGroup:SubnetGroup': {
    source: terraform('elasticache/subnet_group.go', '01c08000ddb14181b5bd19201d8fca311dc570e4'),
    cloudFormation: { type: 'AWS::ElastiCache::SubnetGroup', names: { CacheSubnetGroupName: 'name' } },
    replace: ['name'],
    update: ['description', 'subnetIds'],
  },
  'aws:elasticache/parameterGroup:ParameterGroup': {
    source: terraform('elasticache/parameter_group.go', '0593466d96e383de3f75587805537f6e590ebf4e'),
    cloudFormation: { type: 'AWS::ElastiCache::ParameterGroup', names: { CacheParameterGroupFamily: 'family' } },
    replace: ['description', 'family', 'name'],
    update: ['parameters'],
    differs: { description: notInCloudFormation, name: notInCloudFormation },
  },
  'aws:elasticache/user:User': {
    source: terraform('elasticache/user.go', '01f431114674c27cf790fafb67ac274bf8f765e1'),
    cloudFormation: { type: 'AWS::ElastiCache::User' },
    replace: ['userId', 'userName'],
    update: ['accessString', 'authenticationMode', 'engine', 'noPasswordRequired', 'passwords'],
  },
  'aws:elasticache/userGroup:UserGroup': {
    // The provider's file of that age was not stored; the older one that was knew Redis only.
    source: cloudFormationOnly,
    cloudFormation: { type: 'AWS::ElastiCache::UserGroup' },
    replace: ['userGroupId'],
    update: ['engine', 'userIds'],
  },
}
