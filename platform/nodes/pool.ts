import type * as pulumi from '@pulumi/pulumi'
import type { Settings } from '../settings/schema.ts'
import type { Stack } from '../stack.ts'

export interface NodeClassArgs {
  stack: Stack
  roleName: pulumi.Input<string>
  subnetIds: pulumi.Output<string[]>
  securityGroupId: pulumi.Input<string>
  volumesKeyArn: pulumi.Input<string>
}

/** What a machine is made of (`eks.amazonaws.com/v1`; EKS user guide, "Create a Node Class", read 2026-11-21). */
export function nodeClassSpec({ stack, roleName, subnetIds, securityGroupId, volumesKeyArn }: NodeClassArgs) {
  return {
    role: roleName,
    subnetSelectorTerms: subnetIds.apply((ids) => ids.map((id) => ({ id }))),
    securityGroupSelectorTerms: [{ id: securityGroupId }],
    // Images and logs of up to 110 pods; 80 GiB is also what AWS takes when it is not told.
    ephemeralStorage: { size: '80Gi', kmsKeyID: volumesKeyArn },
    // AWS makes the machines, so the provider's default tags do not reach them. Disks of nodes hold whatever pods write.
    tags: { ...stack.commonTags, 'data-class': 'personal' },
  }
}

/**
 * How many machines there may be, and which (`karpenter.sh/v1`; EKS user guide, "Create a Node Pool", read 2026-11-21). Both
 * architectures: Auto Mode takes the cheapest that fits, which is arm64 unless a pod asks for amd64.
 */
export function nodePoolSpec(settings: Settings, nodeClass: string) {
  const oneOf = (key: string, values: string[]) => ({ key, operator: 'In', values })
  return {
    template: {
      metadata: { labels: { 'dhakacart/pool': 'platform' } },
      spec: {
        nodeClassRef: { group: 'eks.amazonaws.com', kind: 'NodeClass', name: nodeClass },
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
    limits: { cpu: String(settings.nodeCpuLimit), memory: `${settings.nodeMemoryLimitGib}Gi` },
    disruption: {
      consolidationPolicy: 'WhenEmptyOrUnderutilized',
      consolidateAfter: '5m',
      // Rounded up: one machine at a time in a small pool.
      budgets: [{ nodes: '10%' }],
    },
  }
}
