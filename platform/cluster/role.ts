import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import { serviceTrustPolicy } from '../access/trust.ts'
import { policyDocument, type Statement } from '../policy.ts'
import type { Stack } from '../stack.ts'

/** What EKS asks of the role of a cluster in Auto Mode (EKS user guide, "Amazon EKS Auto Mode cluster IAM role", 2026-11). */
const managedPolicies = [
  'AmazonEKSClusterPolicy',
  'AmazonEKSComputePolicy',
  'AmazonEKSBlockStoragePolicy',
  'AmazonEKSLoadBalancingPolicy',
  'AmazonEKSNetworkingPolicy',
]

export interface ClusterRole {
  role: aws.iam.Role
  /** What the cluster needs until it is gone: without them EKS cannot remove its nodes and network interfaces. */
  policies: pulumi.Resource[]
}

/**
 * The role by which EKS works in the account. It is ours and not the component's, because the volumes key admits it by name, and because
 * it must be allowed to put our tags on nodes and disks.
 */
export function makeClusterRole(stack: Stack, parent: pulumi.Resource): ClusterRole {
  const role = new aws.iam.Role(
    'cluster',
    {
      name: `${stack.prefix}-cluster`,
      description: `${stack.prefix}: EKS, for the cluster and its nodes`,
      // EKS tags its session with the cluster's name, and the policies below go by that tag.
      assumeRolePolicy: serviceTrustPolicy('eks.amazonaws.com', ['sts:AssumeRole', 'sts:TagSession']),
      permissionsBoundary: stack.boundaryArn,
      tags: stack.tags('cluster'),
    },
    { parent },
  )
  const attachments = managedPolicies.map(
    (policy) =>
      new aws.iam.RolePolicyAttachment(
        `cluster-${policy}`,
        { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
        { parent },
      ),
  )
  const tagging = new aws.iam.RolePolicy(
    'cluster-tags',
    { name: 'our-tags', role: role.name, policy: taggingPolicy(stack) },
    { parent },
  )
  return { role, policies: [...attachments, tagging] }
}

/**
 * AWS's policies let Auto Mode set no tags but its own, so a NodeClass with tags starts no node. These statements are theirs without the
 * limit on tag keys; without our tags the largest part of the bill, the nodes, would be in no budget. They hold only for requests that
 * carry the name of this very cluster, hence `*`: what is created has no name yet.
 */
function taggingPolicy(stack: Stack): string {
  const ofThisCluster = { 'aws:RequestTag/eks:eks-cluster-name': stack.prefix }
  const allow = (Sid: string, Action: string[], Resource: string | string[], tags: string[]): Statement => ({
    Sid,
    Effect: 'Allow',
    Action,
    Resource,
    Condition: {
      StringEquals: ofThisCluster,
      ...(tags.length > 0 && { StringLike: Object.fromEntries(tags.map((tag) => [`aws:RequestTag/${tag}`, '*'])) }),
    },
  })
  return policyDocument([
    allow('Nodes', ['ec2:CreateFleet', 'ec2:RunInstances', 'ec2:CreateLaunchTemplate'], '*', [
      'eks:kubernetes-node-class-name',
      'eks:kubernetes-node-pool-name',
    ]),
    allow(
      'Volumes',
      ['ec2:CreateVolume', 'ec2:CreateSnapshot'],
      [`arn:aws:ec2:${stack.settings.region}:*:volume/*`, `arn:aws:ec2:${stack.settings.region}:*:snapshot/*`],
      [],
    ),
    allow('Interfaces', ['ec2:CreateNetworkInterface'], '*', ['eks:kubernetes-cni-node-name']),
  ])
}
