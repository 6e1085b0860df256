import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import type { Network } from './network.ts'
import type { Stack } from './stack.ts'

export interface ShopPodsArgs {
  stack: Stack
  network: Network
}

/**
 * The security group that pods of the shop and of its migration wear, and nothing else. Database and cache admit it and nobody else: nodes
 * that everybody shares could not prove that only the shop gets there.
 */
export class ShopPods extends pulumi.ComponentResource {
  readonly securityGroupId: pulumi.Output<string>

  constructor(name: string, args: ShopPodsArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super('dhakacart:platform:ShopPods', name, {}, { ...opts, provider: args.stack.provider })
    const { stack, network } = args
    const group = new aws.ec2.SecurityGroup(
      'shop-pods',
      {
        vpcId: network.vpcId,
        description: 'Pods of the shop and of its migration',
        tags: stack.tags('shop-pods', 'personal'),
      },
      { parent: this },
    )
    this.securityGroupId = group.id
    this.registerOutputs({ securityGroupId: this.securityGroupId })
  }
}
