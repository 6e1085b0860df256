import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import type { Keys } from '../keys.ts'
import type { Network } from '../network.ts'
import type { Stack } from '../stack.ts'
import { dailyWindow, weeklyWindow } from '../times.ts'
import { makeLogs } from './logs.ts'
import type { CacheUsers } from './users.ts'

/** Valkey's own; AWS cannot change it later. */
export const cachePort = 6379

export interface ReplicationGroupArgs {
  stack: Stack
  parent: pulumi.Resource
  network: Network
  keys: Keys
  securityGroupId: pulumi.Input<string>
  users: CacheUsers
}

/**
 * One primary, and as many copies as the settings ask for, each in another zone; one of them takes over within seconds to minutes.
 *
 * It has no final snapshot, on purpose: what is in it are counts of limits that end within a quarter of an hour, and a final snapshot of
 * the same name would refuse the second destroy. Nor does it tell the alarm topic: ElastiCache cannot publish to an encrypted one and
 * drops it silently (ElastiCache user guide, "Event notifications and Amazon SNS", 2026-11), so the alarms beside it do.
 */
export function makeReplicationGroup(args: ReplicationGroupArgs): aws.elasticache.ReplicationGroup {
  const { stack, parent, network, keys, securityGroupId, users } = args
  const { settings } = stack
  const several = settings.cacheNodes > 1
  return new aws.elasticache.ReplicationGroup(
    'cache',
    {
      replicationGroupId: `${stack.prefix}-cache`,
      description: `${stack.prefix}: counts of limits that all pods of the shop share`,
      engine: 'valkey',
      engineVersion: settings.cacheVersion,
      nodeType: settings.cacheNodeType,
      numCacheClusters: settings.cacheNodes,
      automaticFailoverEnabled: several,
      multiAzEnabled: several,
      parameterGroupName: makeParameters(stack, parent).name,
      subnetGroupName: makeSubnetGroup(stack, network, parent).name,
      securityGroupIds: [securityGroupId],
      port: cachePort,
      transitEncryptionEnabled: true,
      transitEncryptionMode: 'required',
      atRestEncryptionEnabled: true,
      kmsKeyId: keys.cache.arn,
      userGroupIds: [users.group.userGroupId],
      snapshotRetentionLimit: settings.cacheSnapshotRetentionDays,
      snapshotWindow: dailyWindow(settings.backupTime, 60),
      maintenanceWindow: weeklyWindow(settings.maintenanceTime, 60),
      autoMinorVersionUpgrade: true,
      // Whoever makes the cache bigger does so because it is too small now; the shop counts in memory while a node changes.
      applyImmediately: true,
      logDeliveryConfigurations: makeLogs(stack, keys.logs, parent),
      tags: stack.tags('cache', 'personal'),
    },
    { parent, protect: settings.protect },
  )
}

function makeSubnetGroup(stack: Stack, network: Network, parent: pulumi.Resource): aws.elasticache.SubnetGroup {
  return new aws.elasticache.SubnetGroup(
    'cache',
    {
      name: `${stack.prefix}-cache`,
      description: 'Subnets without a way out',
      subnetIds: network.isolatedSubnetIds,
      tags: stack.tags('cache'),
    },
    { parent },
  )
}

/** It is of one major version, and named after it, so that the next one can stand beside it while the cache changes over. */
function makeParameters(stack: Stack, parent: pulumi.Resource): aws.elasticache.ParameterGroup {
  const family = `valkey${stack.settings.cacheVersion.split('.')[0]}`
  return new aws.elasticache.ParameterGroup(
    'cache',
    {
      name: `${stack.prefix}-cache-${family}`,
      family,
      description: 'Parameters of the cache',
      parameters: [
        // Every key of ours ends by itself. When there is no room left, the count that ends first is worth the least.
        { name: 'maxmemory-policy', value: 'volatile-ttl' },
        // In seconds: a pod that is gone without a word frees its connection within two minutes instead of ten.
        { name: 'tcp-keepalive', value: '60' },
      ],
      tags: stack.tags('cache'),
    },
    { parent },
  )
}
