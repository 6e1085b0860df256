import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import type { DataClass, Stack } from '../stack.ts'

export interface SecurityGroupArgs {
  stack: Stack
  parent: pulumi.Resource
  vpcId: pulumi.Input<string>
  name: string
  /** Who wears it and what it is for; AWS cannot change it, so it never counts the rules. */
  description: string
  dataClass?: DataClass
}

/** A security group without a rule: nothing comes in and nothing goes out until a rule of its own says so. */
export function makeSecurityGroup(args: SecurityGroupArgs): aws.ec2.SecurityGroup {
  const { stack, parent, name, vpcId, description, dataClass } = args
  return new aws.ec2.SecurityGroup(name, { vpcId, description, tags: stack.tags(name, dataClass) }, { parent })
}

export interface OpeningArgs {
  stack: Stack
  parent: pulumi.Resource
  /** The wearers that open connections, by the id of their group, and what they are called in names: `shop-pods`. */
  from: { name: string; groupId: pulumi.Input<string> }
  /** The wearers that take them. */
  to: { name: string; groupId: pulumi.Input<string> }
  /** TCP. */
  port: number
  /** What is spoken, and by whom, for both ends. */
  description: string
}

/** Lets the wearers of one group reach those of another on one port: the rule out of the one, and the rule into the other. */
export function makeOpening({ stack, parent, from, to, port, description }: OpeningArgs): pulumi.Resource[] {
  const connection = { ipProtocol: 'tcp', fromPort: port, toPort: port, description }
  const [out, into] = [`${from.name}-to-${to.name}`, `${to.name}-from-${from.name}`]
  return [
    new aws.vpc.SecurityGroupEgressRule(
      out,
      {
        ...connection,
        securityGroupId: from.groupId,
        referencedSecurityGroupId: to.groupId,
        tags: stack.tags(out),
      },
      { parent },
    ),
    new aws.vpc.SecurityGroupIngressRule(
      into,
      {
        ...connection,
        securityGroupId: to.groupId,
        referencedSecurityGroupId: from.groupId,
        tags: stack.tags(into),
      },
      { parent },
    ),
  ]
}

export interface HttpsClientArgs extends SecurityGroupArgs {
  /** Whom its wearers speak to, and so why no addresses can be named. */
  httpsTo: string
}

/** A security group whose wearers take no connection, and speak HTTPS to anywhere. */
export function makeHttpsClient({ httpsTo, ...args }: HttpsClientArgs) {
  const { stack, parent, name } = args
  const group = makeSecurityGroup(args)
  const rule = new aws.vpc.SecurityGroupEgressRule(
    `${name}-https`,
    {
      securityGroupId: group.id,
      description: `HTTPS to ${httpsTo}`,
      cidrIpv4: '0.0.0.0/0',
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      tags: stack.tags(`${name}-https`),
    },
    { parent },
  )
  return { group, rule }
}
