import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import { makeOpening, makeSecurityGroup } from '../network/security-group.ts'
import type { Network } from '../network.ts'
import type { ShopPods } from '../shop-pods.ts'
import type { Stack } from '../stack.ts'

export interface WayArgs {
  stack: Stack
  parent: pulumi.Resource
  network: Network
  shopPods: ShopPods
}

/** Where databases stand, and who gets there. */
export interface Way {
  subnets: aws.rds.SubnetGroup
  group: aws.ec2.SecurityGroup
  port: number
}

/** PostgreSQL's own. */
const port = 5432

/**
 * The subnets without a way out, and a group that admits the pods of the shop and of its migration, nobody else. It lets nothing out: the
 * database opens no connection, and answers need no rule.
 */
export function makeWay({ stack, parent, network, shopPods }: WayArgs): Way {
  const subnets = new aws.rds.SubnetGroup(
    'database',
    {
      name: `${stack.prefix}-database`,
      description: 'Subnets without a way out',
      subnetIds: network.isolatedSubnetIds,
      tags: stack.tags('database'),
    },
    { parent },
  )
  const group = makeSecurityGroup({
    stack,
    parent,
    vpcId: network.vpcId,
    name: 'database',
    description: 'The database: pods of the shop and of its migration come in, nothing goes out',
    dataClass: 'personal',
  })
  makeOpening({
    stack,
    parent,
    from: { name: 'shop-pods', groupId: shopPods.securityGroupId },
    to: { name: 'database', groupId: group.id },
    port,
    description: 'PostgreSQL from the shop and its migration',
  })
  return { subnets, group, port }
}
