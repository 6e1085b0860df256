import * as aws from '@pulumi/aws'
import type * as eks from '@pulumi/eks'
import * as pulumi from '@pulumi/pulumi'
import { makesGroups } from './eks-args.ts'

type Tags = Record<string, string>

/** The control plane's group: the program's, or one that may reach everything. */
export function clusterGroup(
  name: string,
  args: eks.ClusterArgs,
  parent: pulumi.Resource,
): aws.ec2.SecurityGroup | undefined {
  if (args.clusterSecurityGroup) return args.clusterSecurityGroup as aws.ec2.SecurityGroup
  if (!makesGroups(args)) return undefined
  const group = new aws.ec2.SecurityGroup(
    `${name}-eksClusterSecurityGroup`,
    {
      vpcId: args.vpcId,
      revokeRulesOnDelete: true,
      tags: pulumi
        .all([args.tags, args.clusterSecurityGroupTags])
        .apply(([tags, own]): Tags => ({ Name: `${name}-eksClusterSecurityGroup`, ...own, ...tags })),
    },
    { parent },
  )
  rule(`${name}-eksClusterInternetEgressRule`, group.id, { ...everywhere, type: 'egress' }, parent)
  return group
}

/** The nodes' group and its rules, and the way from nodes to the control plane. */
export function nodeGroup(
  name: string,
  args: eks.ClusterArgs,
  cluster: aws.eks.Cluster,
  control: aws.ec2.SecurityGroup,
  parent: pulumi.Resource,
): { group: aws.ec2.SecurityGroup; ingress: aws.ec2.SecurityGroupRule } {
  const tags = pulumi
    .all([args.tags, args.nodeSecurityGroupTags])
    .apply(([shared, own]): Tags => ({ ...own, ...shared }))
  const group = new aws.ec2.SecurityGroup(
    `${name}-nodeSecurityGroup`,
    {
      vpcId: pulumi.output(args.vpcId),
      revokeRulesOnDelete: true,
      tags: pulumi.all([tags, pulumi.output(cluster).name]).apply(([own, clusterName]): Tags => {
        const owned = { Name: `${name}-nodeSecurityGroup`, [`kubernetes.io/cluster/${clusterName}`]: 'owned' }
        return { ...owned, ...own }
      }),
    },
    { parent },
  )
  const tcp = { type: 'ingress', protocol: 'tcp' }
  const own = { description: 'Allow nodes to communicate with each other', type: 'ingress', self: true }
  rule(`${name}-eksNodeIngressRule`, group.id, { ...own, ...all }, parent)
  const control443 =
    'Allow pods running extension API servers on port 443 to receive communication from cluster control plane'
  const control1025 = 'Allow worker Kubelets and pods to receive communication from the cluster control plane'
  const fromControl = { ...tcp, sourceSecurityGroupId: control.id }
  rule(
    `${name}-eksNodeClusterIngressRule`,
    group.id,
    { ...fromControl, description: control1025, fromPort: 1025, toPort: 65535 },
    parent,
  )
  rule(
    `${name}-eksExtApiServerClusterIngressRule`,
    group.id,
    { ...fromControl, description: control443, fromPort: 443, toPort: 443 },
    parent,
  )
  rule(`${name}-eksNodeInternetEgressRule`, group.id, { ...everywhere, type: 'egress' }, parent)
  const description = 'Allow pods to communicate with the cluster API Server'
  const ingress = rule(
    `${name}-eksClusterIngressRule`,
    control.id,
    { ...tcp, description, fromPort: 443, toPort: 443, sourceSecurityGroupId: group.id },
    parent,
  )
  return { group, ingress }
}

const all = { protocol: '-1', fromPort: 0, toPort: 0 }
const everywhere = { ...all, description: 'Allow internet access.', cidrBlocks: ['0.0.0.0/0'] }

const rule = (
  name: string,
  securityGroupId: pulumi.Input<string>,
  args: Omit<aws.ec2.SecurityGroupRuleArgs, 'securityGroupId'>,
  parent: pulumi.Resource,
) => new aws.ec2.SecurityGroupRule(name, { ...args, securityGroupId }, { parent })
