import * as aws from '@pulumi/aws'
import * as kubernetes from '@pulumi/kubernetes'
import * as pulumi from '@pulumi/pulumi'
import type { Cluster } from './cluster.ts'
import type { Keys } from './keys.ts'
import type { Network } from './network.ts'
import { nodeClassSpec, nodePoolSpec } from './nodes/pool.ts'
import { makeNodeRole } from './nodes/role.ts'
import type { Stack } from './stack.ts'
import { addonVersion } from './versions.ts'

export interface NodesArgs {
  stack: Stack
  network: Network
  cluster: Cluster
  keys: Keys
  /** What must outlive everything in the cluster beside what the cluster itself names: the door, through which a destroy may come. */
  after?: pulumi.Resource[]
}

/** Machines for what runs in the cluster: the role they have, what they are made of, and how many there may be. */
export class Nodes extends pulumi.ComponentResource {
  /** What every workload depends on: it then has a place to run for as long as it lives, and a deployer who may delete it. */
  readonly ready: pulumi.Resource[]

  constructor(name: string, args: NodesArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super('dhakacart:platform:Nodes', name, {}, { ...opts, provider: args.stack.provider })
    const { stack, network, cluster, keys, after = [] } = args
    const { role, admission } = makeNodeRole(stack, cluster, this)
    const inside = { parent: this, provider: cluster.kubernetes }

    const nodeClass = new kubernetes.apiextensions.CustomResource(
      'platform-class',
      {
        apiVersion: 'eks.amazonaws.com/v1',
        kind: 'NodeClass',
        metadata: { name: 'platform' },
        spec: nodeClassSpec({
          stack,
          roleName: role.name,
          subnetIds: network.privateSubnetIds,
          securityGroupId: cluster.nodeSecurityGroupId,
          volumesKeyArn: keys.volumes.arn,
        }),
      },
      { ...inside, dependsOn: [...admission, ...after] },
    )
    const pool = new kubernetes.apiextensions.CustomResource(
      'platform-pool',
      {
        apiVersion: 'karpenter.sh/v1',
        kind: 'NodePool',
        metadata: { name: 'platform' },
        spec: nodePoolSpec(stack.settings, 'platform'),
      },
      // EKS drains and removes the machines of a deleted pool, which may take as long as a pod takes to stop.
      { ...inside, dependsOn: nodeClass, customTimeouts: { delete: '30m' } },
    )
    const metricsServer = new aws.eks.Addon(
      'metrics-server',
      {
        clusterName: cluster.name,
        addonName: 'metrics-server',
        addonVersion: addonVersion('metrics-server', stack.settings.clusterVersion),
        resolveConflictsOnCreate: 'OVERWRITE',
        resolveConflictsOnUpdate: 'OVERWRITE',
        tags: stack.tags('metrics-server'),
      },
      // Not made through the Kubernetes provider, so it names by itself what that one depends on.
      { parent: this, dependsOn: cluster.ready.apply((ready) => [...ready, pool]) },
    )
    this.ready = [pool, metricsServer]
    this.registerOutputs({ pool: 'platform' })
  }
}
