import { askAws } from '../../platform/aws/cli.ts'
import { CommandError, say } from '../../platform/terminal/terminal.ts'
import type { Ground, Pause } from '../database/ground.ts'
import { waitUntil } from './wait.ts'

interface Member {
  CacheClusterId: string
  CurrentRole?: string
  PreferredAvailabilityZone?: string
}

interface ReplicationGroup {
  ReplicationGroupId: string
  Status: string
  AutomaticFailover: string
  NodeGroups: { NodeGroupId: string; NodeGroupMembers: Member[] }[]
}

/** Says which node of the cache is the primary, and which could be. */
export async function lookAtCache(ground: Ground): Promise<boolean> {
  const { terminal } = ground.context
  const group = await readGroup(ground)
  const [nodes] = group.NodeGroups
  say(terminal, `Cache ${group.ReplicationGroupId}: ${group.Status}.`)
  for (const { CacheClusterId, CurrentRole, PreferredAvailabilityZone } of nodes?.NodeGroupMembers ?? []) {
    say(terminal, `  ${CacheClusterId}: ${CurrentRole ?? 'of no role now'}, in ${PreferredAvailabilityZone}`)
  }
  const trouble = whyNotReady(group)
  if (trouble) say(terminal, `  No failover: ${trouble}.`)
  return trouble === undefined
}

/** Lets a replica become the primary. AWS allows this 15 times a day in an account (API reference of TestFailover, 2026-11-21). */
export async function forceCache(ground: Ground, pause: Pause): Promise<number | undefined> {
  const group = await readGroup(ground)
  const before = primaryOf(group)
  const nodes = ['--node-group-id', group.NodeGroups[0]?.NodeGroupId ?? '0001']
  await aws(ground, 'test-failover', ...nodes)
  return waitUntil(ground, pause, async () => {
    const now = await readGroup(ground)
    const primary = primaryOf(now)
    return {
      done: now.Status === 'available' && primary !== undefined && primary !== before,
      said: `${now.Status}, the primary is ${primary ?? 'nobody'}`,
    }
  })
}

function whyNotReady({ AutomaticFailover, NodeGroups, Status }: ReplicationGroup): string | undefined {
  const replicas = (NodeGroups[0]?.NodeGroupMembers ?? []).filter(({ CurrentRole: role }) => role === 'replica')
  if (replicas.length === 0)
    return 'it has one node (cacheNodes); when it is lost, limits are counted in memory until AWS has replaced it'
  if (AutomaticFailover !== 'enabled') return `automatic failover is ${AutomaticFailover}`
  return Status === 'available' ? undefined : `AWS does it only while it is available, and it is ${Status}`
}

function primaryOf({ NodeGroups }: ReplicationGroup): string | undefined {
  return NodeGroups[0]?.NodeGroupMembers.find(({ CurrentRole: role }) => role === 'primary')?.CacheClusterId
}

async function readGroup(ground: Ground): Promise<ReplicationGroup> {
  const answer = (await aws(ground, 'describe-replication-groups')) as { ReplicationGroups?: ReplicationGroup[] }
  const [group] = answer.ReplicationGroups ?? []
  if (group) return group
  throw new CommandError(`AWS has no cache of ${ground.stack}: pulumi up -s ${ground.stack} makes it.`)
}

/** By the AWS CLI: ElastiCache is the one service of which only this runbook wants something. */
function aws({ context, stack, settings }: Ground, operation: string, ...more: string[]): Promise<unknown> {
  const group = ['--replication-group-id', `dhakacart-${stack}-cache`]
  return askAws(context.env, ['elasticache', operation, ...group, ...more, '--region', settings.region])
}
