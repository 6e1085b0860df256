import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import type { Stack } from '../stack.ts'

export interface ClusterGroups {
  /** Worn by the control plane's network interfaces, beside the group that EKS makes for itself and the nodes. */
  controlPlane: aws.ec2.SecurityGroup
  /** Whoever wears it reaches the Kubernetes API, and gets nothing else by it. */
  clients: aws.ec2.SecurityGroup
  /** The opening between the two. */
  rules: pulumi.Resource[]
}

/** The private endpoint answers on port 443 and to wearers of one group: the door and the runner. */
export function makeClusterGroups(stack: Stack, vpcId: pulumi.Input<string>, parent: pulumi.Resource): ClusterGroups {
  const group = (name: string, description: string) =>
    new aws.ec2.SecurityGroup(name, { vpcId, description, tags: stack.tags(name) }, { parent })
  const controlPlane = group('control-plane', 'Kubernetes API: HTTPS from its clients')
  const clients = group('cluster-clients', 'Clients of the Kubernetes API: the door and the runner')
  const https = { ipProtocol: 'tcp', fromPort: 443, toPort: 443 }
  const ingress = new aws.vpc.SecurityGroupIngressRule(
    'control-plane-https',
    {
      securityGroupId: controlPlane.id,
      referencedSecurityGroupId: clients.id,
      description: 'HTTPS from the clients of the Kubernetes API',
      ...https,
      tags: stack.tags('control-plane-https'),
    },
    { parent },
  )
  const egress = new aws.vpc.SecurityGroupEgressRule(
    'cluster-clients-https',
    {
      securityGroupId: clients.id,
      referencedSecurityGroupId: controlPlane.id,
      description: 'HTTPS to the Kubernetes API',
      ...https,
      tags: stack.tags('cluster-clients-https'),
    },
    { parent },
  )
  return { controlPlane, clients, rules: [ingress, egress] }
}
