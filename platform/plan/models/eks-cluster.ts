import * as aws from '@pulumi/aws'
import type * as eks from '@pulumi/eks'
import * as kubernetes from '@pulumi/kubernetes'
import * as pulumi from '@pulumi/pulumi'
import { makeAccessEntries } from './eks-access.ts'
import { makeAddons } from './eks-addons.ts'
import { clusterType, isAuto, makesGroups, readClusterArgs, subnetIdsOf } from './eks-args.ts'
import { autoNodeRole, controlPlane, encryptionOf, serviceRole } from './eks-control-plane.ts'
import { clusterGroup, nodeGroup } from './eks-groups.ts'
import { kubeconfigOf } from './kubeconfig.ts'
import { type Model, noInputs } from './model.ts'
import { managedPolicies, ServiceRole } from './service-role.ts'
import { VpcCniAddon } from './vpc-cni-addon.ts'

/** `eks:index:Cluster` as its plugin 4.3.0 builds it in API mode; `npm run test:models` compares the two. */
export const cluster: Model = async (name, inputs, options) => {
  const component = new Cluster(name, readClusterArgs(inputs), options)
  return { urn: component.urn, state: component.state }
}

class Cluster extends pulumi.ComponentResource {
  readonly state: Record<string, pulumi.Output<unknown>>

  constructor(name: string, args: eks.ClusterArgs, opts: pulumi.ComponentResourceOptions) {
    super(clusterType, name, noInputs, opts)
    const built = build(name, args, this)
    this.state = Object.fromEntries(Object.entries(built).map(([key, value]) => [key, pulumi.output(value)]))
    this.registerOutputs(this.state)
  }
}

function build(name: string, args: eks.ClusterArgs, parent: pulumi.ComponentResource): pulumi.Inputs {
  const { partition } = aws.getPartitionOutput({}, { parent })
  const service = serviceRole(name, args, partition, parent)
  const control = clusterGroup(name, args, parent)
  const autoNode = autoNodeRole(name, args, partition, parent)
  const eksCluster = controlPlane(name, args, { service, autoNode }, control, parent)
  makeAddons(name, args, eksCluster, parent)

  const kubeconfig = kubeconfigOf(eksCluster, args.providerCredentialOpts, false)
  const provider = new kubernetes.Provider(
    `${name}-eks-k8s`,
    {
      kubeconfig: kubeconfigOf(eksCluster, args.providerCredentialOpts, true).apply((config) => JSON.stringify(config)),
      enableConfigMapMutable: args.enableConfigMapMutable,
    },
    { parent },
  )
  const { instanceRole, instanceProfile } = makeInstanceRole(name, args, partition, parent)
  const nodeEntry = instanceRole && { principalArn: instanceRole.arn, type: 'EC2_LINUX' as const }
  const entries = [
    ...(nodeEntry ? makeAccessEntries(name, eksCluster, { defaultNodeGroupInstanceRole: nodeEntry }, parent) : []),
    ...makeAccessEntries(name, eksCluster, args.accessEntries ?? {}, parent),
  ]
  const vpcCni =
    (args.useDefaultVpcCni ?? isAuto(args))
      ? undefined
      : new VpcCniAddon(
          `${name}-vpc-cni`,
          { ...args.vpcCniOptions, clusterName: eksCluster.name, clusterVersion: eksCluster.version, tags: args.tags },
          { parent, dependsOn: entries, providers: { kubernetes: provider } },
        )
  const nodes = makesGroups(args) && control ? nodeGroup(name, args, eksCluster, control, parent) : undefined
  const instanceRoles = pulumi.output(instanceRole ? [instanceRole] : [])
  const autoModeNodeRoleName = autoNode?.directRole.name ?? pulumi.output('')
  const issuer = eksCluster.identities.apply((identities) => identities?.[0]?.oidcs?.[0]?.issuer ?? '')
  return {
    kubeconfig,
    kubeconfigJson: pulumi.jsonStringify(kubeconfig),
    clusterSecurityGroup: control,
    instanceRoles,
    nodeSecurityGroup: nodes?.group,
    eksClusterIngressRule: nodes?.ingress,
    defaultNodeGroup: undefined,
    eksCluster,
    clusterSecurityGroupId: control?.id ?? eksCluster.vpcConfig.clusterSecurityGroupId,
    nodeSecurityGroupId: nodes?.group.id ?? eksCluster.vpcConfig.clusterSecurityGroupId,
    clusterIngressRuleId: nodes?.ingress.securityGroupRuleId ?? '',
    defaultNodeGroupAsgName: '',
    fargateProfileId: '',
    fargateProfileStatus: '',
    oidcProviderArn: '',
    oidcProviderUrl: issuer,
    oidcIssuer: issuer.apply((url) => url.replace('https://', '')),
    autoModeNodeRoleName,
    core: {
      vpcId: pulumi.output(args.vpcId),
      subnetIds: pulumi.output(subnetIdsOf(args)),
      publicSubnetIds: args.publicSubnetIds,
      privateSubnetIds: args.privateSubnetIds,
      clusterSecurityGroup: control,
      cluster: eksCluster,
      endpoint: eksCluster.endpoint,
      nodeGroupOptions: {
        version: args.version,
        instanceProfile,
        nodeSecurityGroup: nodes?.group,
        clusterIngressRule: nodes?.ingress,
      },
      kubeconfig,
      provider,
      vpcCni,
      instanceRoles,
      tags: args.tags,
      nodeSecurityGroupTags: args.nodeSecurityGroupTags,
      storageClasses: {},
      encryptionConfig: encryptionOf(args),
      clusterIamRole: args.serviceRole ?? service?.directRole,
      accessEntries: [...(nodeEntry ? [nodeEntry] : []), ...Object.values(args.accessEntries ?? {})],
      autoModeNodeRoleName,
    },
  }
}

/** A role, a profile and access for nodes that nobody starts: the plugin makes them unless both switches are set. */
function makeInstanceRole(
  name: string,
  args: eks.ClusterArgs,
  partition: pulumi.Output<string>,
  parent: pulumi.Resource,
): { instanceRole?: pulumi.Output<aws.iam.Role>; instanceProfile?: aws.iam.InstanceProfile } {
  if (!(args.createInstanceRole ?? !args.skipDefaultNodeGroup)) return {}
  const policies = ['AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy', 'AmazonEC2ContainerRegistryReadOnly']
  const instanceRole = new ServiceRole(
    `${name}-instanceRole`,
    { service: 'ec2.amazonaws.com', managedPolicyArns: managedPolicies(partition, policies), tags: args.tags },
    { parent },
  ).resolvedRole
  const instanceProfile = new aws.iam.InstanceProfile(`${name}-instanceProfile`, { role: instanceRole }, { parent })
  return { instanceRole, instanceProfile }
}
