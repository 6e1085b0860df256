import type * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import { type MetricAlarmArgs, makeMetricAlarm } from '../alarms/metric-alarm.ts'
import type { Stack } from '../stack.ts'

export interface CacheAlarmsArgs {
  stack: Stack
  parent: pulumi.Resource
  topicArn: pulumi.Input<string>
  cache: aws.elasticache.ReplicationGroup
}

type Watch = Pick<MetricAlarmArgs, 'name' | 'description' | 'metricName' | 'statistic' | 'comparison' | 'threshold'> &
  Partial<Pick<MetricAlarmArgs, 'periodSeconds' | 'evaluationPeriods'>>

const shared = 'The shop counts in memory while the cache is away, so limits hold for each pod by itself.'

/** What is watched on each node, because each may be the primary tomorrow (ElastiCache user guide, "Which metrics should I monitor?", 2026-11). */
const everyNode: Watch[] = [
  {
    name: 'engine-cpu',
    description: `The one thread of Valkey is busy. Look at the slow log, then set cacheNodeType to a bigger one. ${shared}`,
    metricName: 'EngineCPUUtilization',
    statistic: 'Average',
    comparison: 'above',
    threshold: 80,
  },
  {
    name: 'memory',
    description: 'The cache is filling up and will soon forget counts before their time: runbooks/storage-full.md.',
    metricName: 'DatabaseMemoryUsagePercentage',
    statistic: 'Maximum',
    comparison: 'above',
    threshold: 80,
  },
  {
    name: 'evictions',
    description: 'The cache is full and forgets counts before their time, so limits leak: runbooks/storage-full.md.',
    metricName: 'Evictions',
    statistic: 'Sum',
    comparison: 'above',
    threshold: 0,
  },
  {
    // Each pod of the shop holds one connection, and AWS a handful; Valkey refuses above 65,000.
    name: 'connections',
    description:
      'More connections than pods of the shop can hold: somebody else is in, or pods leak them. Restart the shop.',
    metricName: 'CurrConnections',
    statistic: 'Maximum',
    comparison: 'above',
    threshold: 1_000,
  },
  {
    // A pod whose role is wrong tries once a second; a token that came a moment too late is one failure.
    name: 'logins',
    description:
      "Logins are refused: look at the role of the shop's pods and its elasticache:Connect, or for who else tries.",
    metricName: 'AuthenticationFailures',
    statistic: 'Sum',
    comparison: 'above',
    threshold: 10,
  },
  {
    name: 'commands',
    description: 'Somebody uses a command that the shop does not: a release ahead of its access list, or a break-in.',
    metricName: 'CommandAuthorizationFailures',
    statistic: 'Sum',
    comparison: 'above',
    threshold: 0,
  },
  {
    name: 'keys',
    description: "Somebody asks for keys that are not the shop's: a release ahead of its access list, or a break-in.",
    metricName: 'KeyAuthorizationFailures',
    statistic: 'Sum',
    comparison: 'above',
    threshold: 0,
  },
]

/** Of nodes that may run out of credits (cache.t*): they then fall to a fifth of a core or less, and say nothing else about it. */
const burstable: Watch = {
  name: 'cpu-credits',
  description: `The node will soon be slowed to its baseline; a new one rings for its first hour or two. Set cacheNodeType to a bigger one. ${shared}`,
  metricName: 'CPUCreditBalance',
  statistic: 'Minimum',
  comparison: 'below',
  threshold: 20,
  evaluationPeriods: 3,
}

/** Of a cache with copies; only they tell it. */
const copies: Watch = {
  name: 'replication-lag',
  description: 'A copy is seconds behind, and would lose as much if it took over now: runbooks/failover.md.',
  metricName: 'ReplicationLag',
  statistic: 'Maximum',
  comparison: 'above',
  threshold: 10,
  evaluationPeriods: 2,
}

/** Alarms of every node; a node keeps its name when another one becomes the primary. */
export function makeCacheAlarms({ stack, parent, topicArn, cache }: CacheAlarmsArgs): void {
  const { cacheNodes, cacheNodeType } = stack.settings
  const watches = [
    ...everyNode,
    ...(cacheNodeType.startsWith('cache.t') ? [burstable] : []),
    ...(cacheNodes > 1 ? [copies] : []),
  ]
  for (let at = 0; at < cacheNodes; at += 1) {
    for (const { name, ...watch } of watches) {
      makeMetricAlarm({
        periodSeconds: 300,
        evaluationPeriods: 1,
        ...watch,
        stack,
        parent,
        topicArn,
        name: `cache-${at + 1}-${name}`,
        namespace: 'AWS/ElastiCache',
        dimensions: { CacheClusterId: cache.memberClusters.apply((ids) => node(ids, at)) },
        // Nodes say nothing for a while when they are replaced, and counts of what did not happen are left out.
        treatMissingData: 'notBreaching',
      })
    }
  }
}

/** @throws Error when the cache has fewer nodes than the settings say: the alarm would watch nothing. */
function node(ids: string[], at: number): string {
  const id = [...ids].sort()[at]
  if (id === undefined) throw new Error(`The cache has ${ids.length} nodes (${ids.join(', ')}); cacheNodes says more`)
  return id
}
