import * as aws from '@pulumi/aws'
import type * as eks from '@pulumi/eks'
import * as pulumi from '@pulumi/pulumi'

/** Access entries by key, each with its policy associations; the entry waits for the whole cluster. */
export function makeAccessEntries(
  name: string,
  cluster: aws.eks.Cluster,
  entries: Record<string, eks.types.input.AccessEntryArgs>,
  parent: pulumi.Resource,
): aws.eks.AccessEntry[] {
  const clusterName = cluster.name
  return Object.entries(entries).map(([key, given]) => {
    const { kubernetesGroups, principalArn, tags, type, username } = given
    const entry = new aws.eks.AccessEntry(
      `${name}-${key}`,
      { clusterName, kubernetesGroups, principalArn, tags, type, userName: username },
      { parent, dependsOn: [cluster] },
    )
    for (const [policy, association] of Object.entries(given.accessPolicies ?? {})) {
      const { accessScope, policyArn } = pulumi.output(association)
      new aws.eks.AccessPolicyAssociation(
        `${name}-${key}-${policy}`,
        { accessScope, principalArn, policyArn, clusterName },
        { parent: entry, dependsOn: [entry] },
      )
    }
    return entry
  })
}
