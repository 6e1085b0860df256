import type * as eks from '@pulumi/eks'
import * as pulumi from '@pulumi/pulumi'
import { ModelError } from './model.ts'

/** The component's type. */
export const clusterType = 'eks:index:Cluster'

/** What the model follows. */
const known = [
  ...['accessEntries', 'authenticationMode', 'autoMode', 'bootstrapSelfManagedAddons', 'clusterSecurityGroup'],
  ...['clusterSecurityGroupTags', 'clusterTags', 'corednsAddonOptions', 'createInstanceRole', 'createOidcProvider'],
  ...['deletionProtection', 'enableConfigMapMutable', 'enabledClusterLogTypes', 'encryptionConfigKeyArn'],
  ...['endpointPrivateAccess', 'endpointPublicAccess', 'fargate', 'instanceRoles', 'ipFamily', 'kubeProxyAddonOptions'],
  ...['kubernetesServiceIpAddressRange', 'name', 'nodeSecurityGroupTags', 'privateSubnetIds', 'providerCredentialOpts'],
  ...['proxy', 'publicAccessCidrs', 'publicSubnetIds', 'roleMappings', 'serviceRole', 'skipDefaultNodeGroup'],
  ...['skipDefaultSecurityGroups', 'subnetIds', 'tags', 'upgradePolicy', 'useDefaultVpcCni', 'userMappings'],
  ...['version', 'vpcCniOptions', 'vpcId'],
]

/** What decides which children there are: the plugin reads these without waiting. */
const plain = [
  ...['accessEntries', 'authenticationMode', 'autoMode', 'corednsAddonOptions', 'createInstanceRole'],
  ...['createOidcProvider', 'fargate', 'instanceRoles', 'kubeProxyAddonOptions', 'roleMappings'],
  ...['skipDefaultNodeGroup', 'skipDefaultSecurityGroups', 'useDefaultVpcCni', 'userMappings', 'vpcCniOptions'],
]

const refuse = (argument: string, problem: string): never => {
  throw new ModelError(clusterType, argument, problem)
}

/** Checks the arguments of an `eks.Cluster` as far as its plugin does, and refuses what the model cannot follow. */
export function readClusterArgs(inputs: Record<string, unknown>): eks.ClusterArgs {
  const set = Object.keys(inputs).filter((key) => inputs[key] !== undefined)
  for (const key of set) if (!known.includes(key)) refuse(key, 'is an argument that the model does not know')
  for (const key of set)
    if (plain.includes(key) && pulumi.Output.isInstance(inputs[key]))
      refuse(key, 'must be a plain value, not an output')
  const args = inputs as eks.ClusterArgs
  if (args.authenticationMode !== 'API')
    refuse('authenticationMode', `is '${args.authenticationMode}', and the model knows only API`)
  if (!args.skipDefaultNodeGroup && !args.autoMode?.enabled)
    refuse('skipDefaultNodeGroup', 'must be true: the default node group is beyond the model')
  if (args.fargate) refuse('fargate', 'is beyond the model')
  if (args.createOidcProvider) refuse('createOidcProvider', 'is beyond the model: the plugin asks the network for it')
  for (const key of ['roleMappings', 'userMappings', 'instanceRoles'] as const)
    if (Array.isArray(args[key]) && args[key].length > 0) refuse(key, 'must be empty with authenticationMode API')
  if (!args.vpcId) refuse('vpcId', "must be given: the plugin would look up the account's default network")
  if (args.subnetIds && (args.publicSubnetIds || args.privateSubnetIds))
    refuse('subnetIds', 'cannot stand beside publicSubnetIds or privateSubnetIds')
  if (args.vpcCniOptions?.securityContextPrivileged)
    refuse('vpcCniOptions.securityContextPrivileged', 'is beyond the model: the plugin patches a DaemonSet for it')
  return args
}

/** Whether EKS Auto Mode is on. */
export const isAuto = (args: eks.ClusterArgs): boolean => args.autoMode?.enabled === true

/** Whether the component makes security groups for the control plane and for nodes. */
export const makesGroups = (args: eks.ClusterArgs): boolean => !(args.skipDefaultSecurityGroups ?? isAuto(args))

/** The cluster's subnets: `subnetIds`, or the public ones and then the private ones. */
export function subnetIdsOf(args: eks.ClusterArgs): pulumi.Input<pulumi.Input<string>[]> {
  if (args.subnetIds !== undefined) return args.subnetIds
  if (args.publicSubnetIds === undefined && args.privateSubnetIds === undefined) return []
  return pulumi
    .all([args.publicSubnetIds ?? [], args.privateSubnetIds ?? []])
    .apply(([publics, privates]) => [...publics, ...privates])
}
