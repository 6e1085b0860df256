import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
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
  const group = new aws.ec2.SecurityGroup(
    'database',
    {
      vpcId: network.vpcId,
      description: 'The database: pods of the shop and of its migration come in, nothing goes out',
      tags: stack.tags('database', 'personal'),
    },
    { parent },
  )
  const connection = { ipProtocol: 'tcp', fromPort: port, toPort: port }
  new aws.vpc.SecurityGroupIngressRule(
    'database-from-shop-pods',
    {
      ...connection,
      securityGroupId: group.id,
      referencedSecurityGroupId: shopPods.securityGroupId,
      description: 'PostgreSQL from the shop and its migration',
      tags: stack.tags('database-from-shop-pods'),
    },
    { parent },
  )
  new aws.vpc.SecurityGroupEgressRule(
    'shop-pods-to-database',
    {
      ...connection,
      securityGroupId: shopPods.securityGroupId,
      referencedSecurityGroupId: group.id,
      description: 'PostgreSQL to the database',
      tags: stack.tags('shop-pods-to-database'),
    },
    { parent },
  )
  return { subnets, group, port }
}
