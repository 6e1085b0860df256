import type * as pulumi from '@pulumi/pulumi'
import type { Settings } from '../settings/schema.ts'
import type { Stack } from '../stack.ts'
import { limitsOf, type PoolName } from './limits.ts'

/** On each node of a pool, and the key of the taint of the shop's. */
export const poolLabel = 'dhakacart/pool'

export interface NodeClassArgs {
  stack: Stack
  roleName: pulumi.Input<string>
  subnetIds: pulumi.Output<string[]>
  securityGroupId: pulumi.Input<string>
  volumesKeyArn: pulumi.Input<string>
  /** Where pods stand, and what they wear, if it is not what their node does: all pods of the class, so nothing else may run there. */
  pods?: { subnetIds: pulumi.Output<string[]>; securityGroupId: pulumi.Input<string> }
}

const byId = (ids: pulumi.Output<string[]>) => ids.apply((all) => all.map((id) => ({ id })))

/** What a machine is made of (`eks.amazonaws.com/v1`; EKS user guide, "Create a Node Class", read 2026-11-21). */
export function nodeClassSpec({ stack, roleName, subnetIds, securityGroupId, volumesKeyArn, pods }: NodeClassArgs) {
  return {
    role: roleName,
    subnetSelectorTerms: byId(subnetIds),
    securityGroupSelectorTerms: [{ id: securityGroupId }],
    ...(pods && {
      podSubnetSelectorTerms: byId(pods.subnetIds),
      podSecurityGroupSelectorTerms: [{ id: pods.securityGroupId }],
      // What leaves the network would otherwise go out by the node's own address, and so under the node's group instead of the pods'.
      snatPolicy: 'Disabled',
    }),
    // Images and logs of up to 110 pods; 80 GiB is also what AWS takes when it is not told.
    ephemeralStorage: { size: '80Gi', kmsKeyID: volumesKeyArn },
    // AWS makes the machines, so the provider's default tags do not reach them. Disks of nodes hold whatever pods write.
    tags: { ...stack.commonTags, 'data-class': 'personal' },
  }
}

/** Keeps everything off the shop's nodes that does not ask for them: whatever runs there wears the group that the database admits. */
const taints: Record<PoolName, object[]> = {
  platform: [],
  shop: [{ key: poolLabel, value: 'shop', effect: 'NoSchedule' }],
}

/**
 * How many machines there may be, and which (`karpenter.sh/v1`; EKS user guide, "Create a Node Pool", read 2026-11-21). Both
 * architectures: Auto Mode takes the cheapest that fits, which is arm64 unless a pod asks for amd64.
 */
export function nodePoolSpec(settings: Settings, name: PoolName) {
  const oneOf = (key: string, values: string[]) => ({ key, operator: 'In', values })
  const limit = limitsOf(settings)[name]
  return {
    template: {
      metadata: { labels: { [poolLabel]: name } },
      spec: {
        nodeClassRef: { group: 'eks.amazonaws.com', kind: 'NodeClass', name },
        ...(taints[name].length > 0 && { taints: taints[name] }),
        // Two weeks, of the 21 days that Auto Mode lets a node live: a replacement that had to wait still comes in time.
        expireAfter: '336h',
        // A pod that cannot be evicted holds its node no longer than this.
        terminationGracePeriod: '1h',
        requirements: [
          oneOf('karpenter.sh/capacity-type', ['on-demand']),
          oneOf('kubernetes.io/arch', ['arm64', 'amd64']),
          oneOf('eks.amazonaws.com/instance-category', ['c', 'm', 'r']),
          // Generations with memory encryption and Nitro; many small machines, because a lost one takes its pods with it.
          { key: 'eks.amazonaws.com/instance-generation', operator: 'Gt', values: ['5'] },
          oneOf('eks.amazonaws.com/instance-cpu', ['2', '4', '8']),
          oneOf('topology.kubernetes.io/zone', settings.availabilityZones),
        ],
      },
    },
    limits: { cpu: String(limit.cpu), memory: `${limit.memoryGib}Gi` },
    disruption: {
      consolidationPolicy: 'WhenEmptyOrUnderutilized',
      consolidateAfter: '5m',
      // Rounded up: one machine at a time in a small pool.
      budgets: [{ nodes: '10%' }],
    },
  }
}
