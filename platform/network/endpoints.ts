import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import type { Stack } from '../stack.ts'
import { interfacePolicies, s3Policy } from './endpoint-policies.ts'

export interface EndpointsArgs {
  stack: Stack
  parent: pulumi.Resource
  vpcId: pulumi.Input<string>
  /** One subnet for each zone. */
  subnetIds: pulumi.Output<string[]>
  /** Tables of the subnets whose traffic to S3 stays inside. */
  routeTableIds: pulumi.Output<string[]>
}

/**
 * The ways to AWS that do not go through a NAT gateway: S3, for nothing, and the services that every node and pod needs to start. None for
 * SSM: only the door uses it, and it goes by NAT (decisions/0004-endpoints.md).
 */
export function makeEndpoints(args: EndpointsArgs): pulumi.Resource[] {
  const { stack, parent, vpcId } = args
  const { region, interfaceEndpoints, vpcCidr } = stack.settings
  const group = new aws.ec2.SecurityGroup(
    'endpoints',
    { vpcId, description: 'Interface endpoints: HTTPS from inside the network', tags: stack.tags('endpoints') },
    { parent },
  )
  const https = new aws.vpc.SecurityGroupIngressRule(
    'endpoints-https',
    {
      securityGroupId: group.id,
      description: 'HTTPS from the network',
      cidrIpv4: vpcCidr,
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      tags: stack.tags('endpoints-https'),
    },
    { parent },
  )
  const s3 = new aws.ec2.VpcEndpoint(
    's3',
    {
      vpcId,
      serviceName: `com.amazonaws.${region}.s3`,
      vpcEndpointType: 'Gateway',
      routeTableIds: args.routeTableIds,
      policy: s3Policy(stack),
      tags: stack.tags('s3'),
    },
    { parent },
  )
  const subnetIds = args.subnetIds.apply((all) => (interfaceEndpoints === 'one' ? all.slice(0, 1) : all))
  const interfaces = Object.entries(interfacePolicies(stack)).map(
    ([service, policy]) =>
      new aws.ec2.VpcEndpoint(
        service,
        {
          vpcId,
          serviceName: `com.amazonaws.${region}.${service}`,
          vpcEndpointType: 'Interface',
          privateDnsEnabled: true,
          subnetIds,
          securityGroupIds: [group.id],
          policy,
          tags: stack.tags(service),
        },
        { parent },
      ),
  )
  return [s3, https, ...interfaces]
}
