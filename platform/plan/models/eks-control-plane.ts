import * as aws from '@pulumi/aws'
import type * as eks from '@pulumi/eks'
import * as pulumi from '@pulumi/pulumi'
import { clusterType, isAuto, subnetIdsOf } from './eks-args.ts'
import { ModelError } from './model.ts'
import { managedPolicies, ServiceRole } from './service-role.ts'

/** The roles that the component makes unless the program brings its own. */
export interface Roles {
  /** What EKS acts as. */
  service: ServiceRole | undefined
  /** What Auto Mode's nodes act as. */
  autoNode: ServiceRole | undefined
}

export function serviceRole(
  name: string,
  args: eks.ClusterArgs,
  partition: pulumi.Output<string>,
  parent: pulumi.Resource,
): ServiceRole | undefined {
  if (args.serviceRole) return undefined
  const auto = ['Compute', 'BlockStorage', 'LoadBalancing', 'Networking'].map((part) => `AmazonEKS${part}Policy`)
  return new ServiceRole(
    `${name}-eksRole`,
    {
      service: 'eks.amazonaws.com',
      description: 'Allows EKS to manage clusters on your behalf.',
      managedPolicyArns: managedPolicies(partition, ['AmazonEKSClusterPolicy', ...(isAuto(args) ? auto : [])]),
      tags: args.tags,
      assumeRoleActions: ['sts:AssumeRole', 'sts:TagSession'],
    },
    { parent },
  )
}

export function autoNodeRole(
  name: string,
  args: eks.ClusterArgs,
  partition: pulumi.Output<string>,
  parent: pulumi.Resource,
): ServiceRole | undefined {
  if (!isAuto(args) || args.autoMode?.createNodeRole === false) return undefined
  const policies = ['AmazonEKSWorkerNodeMinimalPolicy', 'AmazonEC2ContainerRegistryPullOnly']
  return new ServiceRole(
    `${name}-nodeRole`,
    { service: 'ec2.amazonaws.com', managedPolicyArns: managedPolicies(partition, policies), tags: args.tags },
    { parent },
  )
}

/** Encryption of Kubernetes secrets, where the program names a key. */
export const encryptionOf = (args: eks.ClusterArgs) =>
  args.encryptionConfigKeyArn
    ? pulumi.output(args.encryptionConfigKeyArn).apply((keyArn) => ({ provider: { keyArn }, resources: ['secrets'] }))
    : undefined

/** The cluster itself, after its roles with all their policies. */
export function controlPlane(
  name: string,
  args: eks.ClusterArgs,
  roles: Roles,
  group: aws.ec2.SecurityGroup | undefined,
  parent: pulumi.Resource,
): aws.eks.Cluster {
  const auto = isAuto(args)
  return new aws.eks.Cluster(
    `${name}-eksCluster`,
    {
      name: args.name,
      roleArn: args.serviceRole ? pulumi.output(args.serviceRole).arn : (roles.service?.directRole.arn ?? ''),
      ...modesOf(args, roles),
      bootstrapSelfManagedAddons: auto ? false : (args.bootstrapSelfManagedAddons ?? true),
      vpcConfig: {
        securityGroupIds: group ? [group.id] : undefined,
        subnetIds: subnetIdsOf(args),
        endpointPrivateAccess: args.endpointPrivateAccess,
        endpointPublicAccess: args.endpointPublicAccess,
        publicAccessCidrs: publicCidrs(args),
      },
      version: args.version,
      enabledClusterLogTypes: args.enabledClusterLogTypes,
      tags: pulumi
        .all([args.tags, args.clusterTags])
        .apply(([tags, own]): Record<string, string> => ({ Name: `${name}-eksCluster`, ...own, ...tags })),
      encryptionConfig: encryptionOf(args),
      accessConfig: {
        authenticationMode: args.authenticationMode,
        bootstrapClusterCreatorAdminPermissions: true,
      },
      upgradePolicy: args.upgradePolicy,
      deletionProtection: args.deletionProtection,
    },
    {
      parent,
      ignoreChanges: ['accessConfig.bootstrapClusterCreatorAdminPermissions', 'bootstrapSelfManagedAddons'],
      dependsOn: [roles.service, roles.autoNode].flatMap((role) => (role ? [role.resolvedRole] : [])),
    },
  )
}

function publicCidrs(args: eks.ClusterArgs): pulumi.Output<string[]> | undefined {
  if (!args.publicAccessCidrs) return undefined
  return pulumi.all([args.publicAccessCidrs, args.endpointPublicAccess ?? true]).apply(([cidrs, open]) => {
    if (!open) throw new ModelError(clusterType, 'publicAccessCidrs', 'needs endpointPublicAccess')
    return cidrs
  })
}

/** Compute, storage and network; in Auto Mode the three are known, or unknown, together. */
function modesOf(args: eks.ClusterArgs, roles: Roles) {
  const auto = isAuto(args)
  const { kubernetesServiceIpAddressRange: range, ipFamily: family } = args
  const kubernetesNetworkConfig =
    range || family || auto
      ? pulumi.all([range, family]).apply(([serviceIpv4Cidr, ipFamily = 'ipv4']) => ({
          serviceIpv4Cidr: ipFamily === 'ipv4' ? serviceIpv4Cidr : undefined,
          ipFamily,
          elasticLoadBalancing: auto ? { enabled: true } : undefined,
        }))
      : undefined
  if (!auto || !kubernetesNetworkConfig) return { kubernetesNetworkConfig }
  const computeConfig = pulumi
    .all([args.autoMode?.computeConfig, roles.autoNode?.directRole.arn])
    .apply(([own, nodeRoleArn]) => ({ enabled: true, nodeRoleArn, nodePools: ['general-purpose', 'system'], ...own }))
  const modes = pulumi
    .all([computeConfig, kubernetesNetworkConfig])
    .apply(([compute, network]) => ({ compute, storage: { blockStorage: { enabled: true } }, network }))
  return {
    computeConfig: modes.compute,
    storageConfig: modes.storage,
    kubernetesNetworkConfig: modes.network as pulumi.Input<aws.types.input.eks.ClusterKubernetesNetworkConfig>,
  }
}
