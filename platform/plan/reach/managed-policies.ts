import type { Statement } from './documents.ts'

/**
 * What AWS's own policies can touch at the most, by service (their documents in the AWS managed policy reference, 2026-11-21). Wider
 * than they are, so that a change of AWS's seldom makes it wrong; a policy that is not here is reported as unknown.
 */
const reach: Record<string, string[]> = {
  AdministratorAccess: ['*'],
  PowerUserAccess: ['*'],
  AmazonEKSClusterPolicy: [
    'autoscaling:*',
    'ec2:*',
    'elasticloadbalancing:*',
    'iam:CreateServiceLinkedRole',
    'kms:DescribeKey',
  ],
  AmazonEKSComputePolicy: [
    'ec2:*',
    'iam:PassRole',
    'iam:*InstanceProfile*',
    'iam:CreateServiceLinkedRole',
    'ssm:GetParameter',
  ],
  AmazonEKSBlockStoragePolicy: ['ec2:*'],
  AmazonEKSLoadBalancingPolicy: [
    'acm:*',
    'cognito-idp:DescribeUserPoolClient',
    'ec2:*',
    'elasticloadbalancing:*',
    'iam:CreateServiceLinkedRole',
    'iam:GetServerCertificate',
    'iam:ListServerCertificates',
    'shield:*',
    'waf-regional:*',
    'wafv2:*',
  ],
  AmazonEKSNetworkingPolicy: ['ec2:*'],
  AmazonEKSWorkerNodeMinimalPolicy: ['eks-auth:AssumeRoleForPodIdentity'],
  AmazonEKSWorkerNodePolicy: ['ec2:Describe*', 'eks:DescribeCluster', 'eks-auth:AssumeRoleForPodIdentity'],
  AmazonEC2ContainerRegistryPullOnly: ['ecr:*'],
  AmazonEC2ContainerRegistryReadOnly: ['ecr:*'],
  AmazonSSMManagedInstanceCore: ['ssm:*', 'ssmmessages:*', 'ec2messages:*'],
  AmazonSSMManagedEC2InstanceDefaultPolicy: ['ssm:*', 'ssmmessages:*', 'ec2messages:*'],
  AmazonRDSEnhancedMonitoringRole: ['logs:*'],
}

/** What is known of one of AWS's policies, or undefined. */
export function managedPolicies(arn: string): Statement[] | undefined {
  const name = /^arn:aws[a-z-]*:iam::aws:policy\/(?:[a-z-]+\/)?([A-Za-z0-9]+)$/.exec(arn)?.[1]
  const actions = name === undefined ? undefined : reach[name]
  if (!actions) return undefined
  const none = { principals: [], notPrincipals: [], notActions: [], notResources: [], conditions: [], tests: [] }
  return [{ ...none, allow: true, actions, resources: ['*'], says: `what ${name} can touch at the most` }]
}
