import * as aws from '@pulumi/aws'
import * as eks from '@pulumi/eks'
import * as kubernetes from '@pulumi/kubernetes'
import * as pulumi from '@pulumi/pulumi'
import { type Access, accessRoleArn } from './access.ts'
import { makeEntries } from './cluster/entries.ts'
import { type ClusterGroups, makeClusterGroups } from './cluster/groups.ts'
import { makeClusterRole } from './cluster/role.ts'
import type { Keys } from './keys.ts'
import type { Network } from './network.ts'
import type { Stack } from './stack.ts'
import { asGiven } from './transforms.ts'

export interface ClusterArgs {
  stack: Stack
  network: Network
  keys: Keys
  access: Access
}

/**
 * The Kubernetes cluster, in Auto Mode without AWS's own node pools (decisions/0001-auto-mode.md), reached by its private endpoint and by
 * named access entries only.
 */
export class Cluster extends pulumi.ComponentResource {
  readonly name: string
  /** `https://….eks.amazonaws.com`, which resolves to private addresses. */
  readonly endpoint: pulumi.Output<string>
  /** The certificate authority of the endpoint, in base64. */
  readonly certificateAuthority: pulumi.Output<string>
  /** The group that EKS makes for nodes and control plane. */
  readonly nodeSecurityGroupId: pulumi.Output<string>
  /** Whoever wears this group reaches the Kubernetes API. */
  readonly clientSecurityGroupId: pulumi.Output<string>
  /**
   * Talks to Kubernetes as the deployer. It depends on `ready`, and with it everything that is made through it: nothing inside the cluster
   * can be forgotten.
   */
  readonly kubernetes: kubernetes.Provider
  /** What everything in the cluster needs until it is deleted: the deployer's access, and the network's routes. */
  readonly ready: pulumi.Output<pulumi.Resource[]>

  constructor(name: string, args: ClusterArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super('dhakacart:platform:Cluster', name, {}, { ...opts, provider: args.stack.provider })
    const { stack, network, access } = args
    this.name = stack.prefix
    warnOfPublicEndpoint(stack, this)
    const groups = makeClusterGroups(stack, network.vpcId, this)
    const component = makeCluster(args, groups, this)
    this.endpoint = component.eksCluster.endpoint
    this.certificateAuthority = component.eksCluster.certificateAuthority.data
    this.nodeSecurityGroupId = component.eksCluster.vpcConfig.clusterSecurityGroupId
    this.clientSecurityGroupId = groups.clients.id

    const entries = makeEntries({ stack, access, parent: this, cluster: component.eksCluster })
    this.ready = network.routes.apply((routes) => [...entries, ...groups.rules, ...routes])
    this.kubernetes = new kubernetes.Provider(
      'kubernetes',
      {
        kubeconfig: component.kubeconfigJson,
        // Without it, a kubeconfig that a preview does not know threatens to replace everything inside (pulumi-eks #352).
        clusterIdentifier: stack.prefix,
        enableServerSideApply: true,
        helmReleaseSettings: { driver: 'secret' },
      },
      { parent: this, dependsOn: this.ready },
    )
    this.registerOutputs({ name: this.name, endpoint: this.endpoint })
  }
}

/** The component with its smallest surface: one cluster, and a Kubernetes provider that nothing uses. */
function makeCluster({ stack, network, keys }: ClusterArgs, groups: ClusterGroups, parent: pulumi.Resource) {
  const { settings } = stack
  const { role, policies } = makeClusterRole(stack, parent)
  // EKS would make the group by itself, in clear and for ever.
  const logs = new aws.cloudwatch.LogGroup(
    'control-plane',
    {
      name: `/aws/eks/${stack.prefix}/cluster`,
      retentionInDays: settings.clusterLogRetentionDays,
      kmsKeyId: keys.logs.arn,
      tags: stack.tags('control-plane', 'internal'),
    },
    { parent, protect: settings.protect },
  )
  const open = settings.clusterPublicAccessCidrs.length > 0
  return new eks.Cluster(
    'cluster',
    {
      name: stack.prefix,
      version: settings.clusterVersion,
      upgradePolicy: { supportType: 'STANDARD' },
      deletionProtection: settings.protect,
      serviceRole: role,

      vpcId: network.vpcId,
      privateSubnetIds: network.privateSubnetIds,
      kubernetesServiceIpAddressRange: settings.clusterServiceCidr,
      clusterSecurityGroup: groups.controlPlane,
      skipDefaultSecurityGroups: true,
      endpointPrivateAccess: true,
      endpointPublicAccess: open,
      ...(open && { publicAccessCidrs: settings.clusterPublicAccessCidrs }),

      authenticationMode: 'API',
      providerCredentialOpts: { roleArn: accessRoleArn(stack, 'deployer') },
      // It would contact the new cluster's issuer, even in a preview; workloads use Pod Identity, which needs none.
      createOidcProvider: false,

      autoMode: { enabled: true, createNodeRole: false, computeConfig: { nodePools: [] } },
      createInstanceRole: false,
      skipDefaultNodeGroup: true,
      // Auto Mode has the network, the proxy and DNS on the node itself.
      corednsAddonOptions: { enabled: false },
      kubeProxyAddonOptions: { enabled: false },
      useDefaultVpcCni: true,

      encryptionConfigKeyArn: keys.cluster.arn,
      enabledClusterLogTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
      tags: stack.tags('cluster', 'internal'),
    },
    {
      parent,
      // The plugin hands it on to no child, but children come and go while the component stands, and the component waits for these.
      dependsOn: [...policies, logs],
      protect: settings.protect,
      transforms: [
        ({ type, props, opts }) =>
          type === 'aws:eks/cluster:Cluster' ? { props: hardened(props), opts: asGiven(opts) } : undefined,
      ],
    },
  )
}

/** What the component offers no argument for: it would make its creator an administrator for ever, and knows no zonal shift. */
function hardened(props: Record<string, unknown>): Record<string, unknown> {
  return {
    ...props,
    accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
    zonalShiftConfig: { enabled: true },
  }
}

function warnOfPublicEndpoint({ name, settings }: Stack, resource: pulumi.Resource): void {
  const cidrs = settings.clusterPublicAccessCidrs
  if (cidrs.length === 0) return
  void pulumi.log.warn(
    `The Kubernetes API of ${name} is open to the internet for ${cidrs.join(', ')}. Close it as soon as the door or the runner stands: ` +
      `set dhakacart:clusterPublicAccessCidrs to [] and run pulumi up (runbooks/closing-the-endpoint.md).`,
    resource,
  )
}
