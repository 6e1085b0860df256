import { facts } from '@dhakacart/service'
import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import type { Cluster } from './cluster.ts'
import { makeHttpsClient } from './network/security-group.ts'
import type { Network } from './network.ts'
import type { Stack } from './stack.ts'

export interface ShopPodsArgs {
  stack: Stack
  network: Network
  cluster: Cluster
}

/**
 * The security group that pods of the shop and of its migration wear, and nothing else (nodes.ts). Database and cache admit it and nobody
 * else, and bring the ways there: nodes that everybody shares could not prove that only the shop gets there.
 *
 * Names need no rule: in Auto Mode each node answers DNS itself, there is no Service of it (aws/containers-roadmap #2546, #2552), and a
 * pod's question never leaves its node. Nor do probes, which come from the node, nor Pod Identity's agent, which stands on it.
 */
export class ShopPods extends pulumi.ComponentResource {
  readonly securityGroupId: pulumi.Output<string>
  /** What pods that run, or stop, still need. */
  readonly rules: pulumi.Resource[]

  constructor(name: string, args: ShopPodsArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super('dhakacart:platform:ShopPods', name, {}, { ...opts, provider: args.stack.provider })
    const { stack, network, cluster } = args
    const { group, rule } = makeHttpsClient({
      stack,
      parent: this,
      vpcId: network.vpcId,
      name: 'shop-pods',
      description: 'Pods of the shop and of its migration',
      dataClass: 'personal',
      // Who receives webhooks is anywhere; endpoints in the network are reached by it too.
      httpsTo: 'AWS and to receivers of webhooks',
    })
    this.rules = [rule, makeScrape(stack, group.id, cluster.nodeSecurityGroupId, this)]
    this.securityGroupId = group.id
    this.registerOutputs({ securityGroupId: this.securityGroupId })
  }
}

/** Prometheus stands on the platform's nodes and wears what they do, a group of EKS's own that lets everything out. */
function makeScrape(
  stack: Stack,
  groupId: pulumi.Input<string>,
  nodes: pulumi.Input<string>,
  parent: pulumi.Resource,
): pulumi.Resource {
  return new aws.vpc.SecurityGroupIngressRule(
    'shop-pods-from-nodes',
    {
      securityGroupId: groupId,
      referencedSecurityGroupId: nodes,
      description: "Metrics of the shop, for Prometheus on the platform's nodes",
      ipProtocol: 'tcp',
      fromPort: facts.ports.operations,
      toPort: facts.ports.operations,
      tags: stack.tags('shop-pods-from-nodes'),
    },
    { parent },
  )
}
