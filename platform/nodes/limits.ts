import type { Settings } from '../settings/schema.ts'

/** The pools of nodes: the shop with its migration, and everything else. */
export type PoolName = 'platform' | 'shop'

export interface Limit {
  /** vCPUs. */
  cpu: number
  memoryGib: number
}

/** Monitoring, logs and operators of the smallest stack on two zones, and one machine more while one is replaced: estimated, not measured. */
const leastPlatform: Limit = { cpu: 8, memoryGib: 32 }

/**
 * How much of what all nodes together may have (`nodeCpuLimit`, `nodeMemoryLimitGib`) each pool may have. Karpenter counts for each pool by
 * itself, so a shared limit must be cut: a quarter for the platform, but never less than it needs to stand, and the rest for the shop. Production
 * at its defaults: 16 vCPU and 64 GiB, 48 vCPU and 192 GiB.
 */
export function limitsOf({
  nodeCpuLimit,
  nodeMemoryLimitGib,
}: Pick<Settings, 'nodeCpuLimit' | 'nodeMemoryLimitGib'>): Record<PoolName, Limit> {
  const platform = {
    cpu: Math.max(leastPlatform.cpu, Math.floor(nodeCpuLimit / 4)),
    memoryGib: Math.max(leastPlatform.memoryGib, Math.floor(nodeMemoryLimitGib / 4)),
  }
  const shop = { cpu: nodeCpuLimit - platform.cpu, memoryGib: nodeMemoryLimitGib - platform.memoryGib }
  return { platform, shop }
}
