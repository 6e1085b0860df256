import * as aws from '@pulumi/aws'
import * as kubernetes from '@pulumi/kubernetes'
import * as pulumi from '@pulumi/pulumi'
import type { Cluster } from './cluster.ts'
import type { Keys } from './keys.ts'
import type { Network } from './network.ts'
import type { PoolName } from './nodes/limits.ts'
import { type NodeClassArgs, nodeClassSpec, nodePoolSpec } from './nodes/pool.ts'
import { makeNodeRole } from './nodes/role.ts'
import type { ShopPods } from './shop-pods.ts'
import type { Stack } from './stack.ts'
import { addonVersion } from './versions.ts'

export interface NodesArgs {
  stack: Stack
  network: Network
  cluster: Cluster
  keys: Keys
  shopPods: ShopPods
  /** What must outlive everything in the cluster beside what the cluster itself names: the door, through which a destroy may come. */
  after?: pulumi.Resource[]
}

/**
 * Machines for what runs in the cluster: the role they have, what they are made of, and how many there may be. The shop and its migration
 * have machines of their own, because Auto Mode gives a security group to all pods of a machine or to none.
 */
export class Nodes extends pulumi.ComponentResource {
  /** What every workload depends on: it then has a place to run for as long as it lives, and a deployer who may delete it. */
  readonly ready: pulumi.Resource[]

  constructor(name: string, args: NodesArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super('dhakacart:platform:Nodes', name, {}, { ...opts, provider: args.stack.provider })
    const { stack, network, cluster, keys, shopPods, after = [] } = args
    const { role, admission } = makeNodeRole(stack, cluster, this)
    const make = (pool: PoolName, pods?: NodeClassArgs['pods'], needs: pulumi.Resource[] = []) => {
      const spec = nodeClassSpec({
        stack,
        roleName: role.name,
        subnetIds: network.privateSubnetIds,
        securityGroupId: cluster.nodeSecurityGroupId,
        volumesKeyArn: keys.volumes.arn,
        pods,
      })
      return makePool({ stack, cluster, parent: this, pool, spec, after: [...admission, ...after, ...needs] })
    }
    const pools = [
      make('platform'),
      make('shop', { subnetIds: network.podSubnetIds, securityGroupId: shopPods.securityGroupId }, shopPods.rules),
    ]
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
      { parent: this, dependsOn: cluster.ready.apply((ready) => [...ready, ...pools]) },
    )
    this.ready = [...pools, metricsServer]
    this.registerOutputs({ pools: ['platform', 'shop'] })
  }
}

interface PoolArgs {
  stack: Stack
  cluster: Cluster
  parent: pulumi.Resource
  pool: PoolName
  spec: ReturnType<typeof nodeClassSpec>
  /** What must outlive its machines. */
  after: pulumi.Resource[]
}

/** A NodeClass and a NodePool of one name. */
function makePool({ stack, cluster, parent, pool, spec, after }: PoolArgs): kubernetes.apiextensions.CustomResource {
  const inside = { parent, provider: cluster.kubernetes }
  const nodeClass = new kubernetes.apiextensions.CustomResource(
    `${pool}-class`,
    { apiVersion: 'eks.amazonaws.com/v1', kind: 'NodeClass', metadata: { name: pool }, spec },
    { ...inside, dependsOn: after },
  )
  return new kubernetes.apiextensions.CustomResource(
    `${pool}-pool`,
    {
      apiVersion: 'karpenter.sh/v1',
      kind: 'NodePool',
      metadata: { name: pool },
      spec: nodePoolSpec(stack.settings, pool),
    },
    // EKS drains and removes the machines of a deleted pool, which may take as long as a pod takes to stop.
    { ...inside, dependsOn: nodeClass, customTimeouts: { delete: '30m' } },
  )
}
