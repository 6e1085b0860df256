import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import { serviceTrustPolicy } from '../access/trust.ts'
import { accessPolicyArn } from '../cluster/entries.ts'
import type { Cluster } from '../cluster.ts'
import { firstPullPolicy } from '../registry/cache.ts'
import type { Stack } from '../stack.ts'

export interface NodeRole {
  role: aws.iam.Role
  /** What lets a machine in as a node. Node pools must be gone before any of it, or their machines can neither work nor leave. */
  admission: pulumi.Resource[]
}

/** The role of nodes: join the cluster and pull images. Pods get nothing from it, their AWS permissions come by Pod Identity. */
export function makeNodeRole(stack: Stack, cluster: Cluster, parent: pulumi.Resource): NodeRole {
  const role = new aws.iam.Role(
    'node',
    {
      name: `${stack.prefix}-node`,
      description: `${stack.prefix}: nodes of the cluster`,
      assumeRolePolicy: serviceTrustPolicy('ec2.amazonaws.com'),
      permissionsBoundary: stack.boundaryArn,
      tags: stack.tags('node'),
    },
    { parent },
  )
  const policies = ['AmazonEKSWorkerNodeMinimalPolicy', 'AmazonEC2ContainerRegistryPullOnly'].map(
    (policy) =>
      new aws.iam.RolePolicyAttachment(
        `node-${policy}`,
        { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
        { parent },
      ),
  )
  const firstPull = new aws.iam.RolePolicy(
    'node-first-pull',
    { role: role.name, policy: firstPullPolicy(stack) },
    { parent },
  )
  // AWS makes this entry only for its own node pools.
  const entry = new aws.eks.AccessEntry(
    'node',
    { clusterName: cluster.name, principalArn: role.arn, type: 'EC2', tags: stack.tags('node') },
    { parent, dependsOn: cluster.ready },
  )
  const association = new aws.eks.AccessPolicyAssociation(
    'node',
    {
      clusterName: cluster.name,
      principalArn: role.arn,
      policyArn: accessPolicyArn('AmazonEKSAutoNodePolicy'),
      accessScope: { type: 'cluster' },
    },
    { parent, dependsOn: entry },
  )
  return { role, admission: [role, ...policies, firstPull, entry, association] }
}
