import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import type { Access, AccessRole } from '../access.ts'
import { namespaces } from '../namespaces.ts'
import type { Stack } from '../stack.ts'

interface Grant {
  /** One of EKS's own access policies. */
  policy: string
  /** Where it holds; everywhere when left out. */
  namespaces?: string[]
}

/**
 * What each role may do inside the cluster. The group is there for bindings of our own (nodes, custom resources), which EKS's policies
 * leave out. Viewers see no secrets: `AmazonEKSViewPolicy` has none. Nobody but the deployer and break-glass administers.
 */
const grants: Record<AccessRole, { group?: string; policies: Grant[] }> = {
  deployer: { policies: [{ policy: 'AmazonEKSClusterAdminPolicy' }] },
  operator: {
    group: 'dhakacart:operators',
    policies: [
      { policy: 'AmazonEKSViewPolicy' },
      { policy: 'AmazonEKSEditPolicy', namespaces: Object.values(namespaces) },
    ],
  },
  viewer: { group: 'dhakacart:viewers', policies: [{ policy: 'AmazonEKSViewPolicy' }] },
  breakGlass: { policies: [{ policy: 'AmazonEKSClusterAdminPolicy' }] },
}

export interface EntriesArgs {
  stack: Stack
  access: Access
  parent: pulumi.Resource
  /** The cluster itself: nothing orders an entry after it but this, because the name is fixed. */
  cluster: pulumi.Input<pulumi.Resource>
}

/**
 * Makes the access entries and returns those of the deployer. They are resources of our own beside the component, so that what runs in
 * the cluster can depend on the deployer's: an entry that is deleted first leaves everything inside undeletable.
 */
export function makeEntries(args: EntriesArgs): pulumi.Resource[] {
  for (const { name, role } of args.access.people) makeEntry(args, name, role)
  return makeEntry(args, 'deployer', args.access.deployer)
}

function makeEntry(args: EntriesArgs, name: AccessRole, role: aws.iam.Role): pulumi.Resource[] {
  const { stack, parent } = args
  const { group, policies } = grants[name]
  const entry = new aws.eks.AccessEntry(
    name,
    {
      clusterName: stack.prefix,
      principalArn: role.arn,
      type: 'STANDARD',
      kubernetesGroups: group ? [group] : [],
      tags: stack.tags(name),
    },
    { parent, dependsOn: args.cluster },
  )
  const associations = policies.map(
    ({ policy, namespaces }) =>
      new aws.eks.AccessPolicyAssociation(
        `${name}-${policy}`,
        {
          clusterName: stack.prefix,
          principalArn: role.arn,
          policyArn: accessPolicyArn(policy),
          accessScope: namespaces ? { type: 'namespace', namespaces } : { type: 'cluster' },
        },
        { parent, dependsOn: entry },
      ),
  )
  return [entry, ...associations]
}

/** The ARN of one of EKS's own access policies. */
export const accessPolicyArn = (name: string) => `arn:aws:eks::aws:cluster-access-policy/${name}`
