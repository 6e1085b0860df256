import * as aws from '@pulumi/aws'
import * as awsx from '@pulumi/awsx'
import * as eks from '@pulumi/eks'
import * as pulumi from '@pulumi/pulumi'

/** A program whose one component of `type` is built by the model and by the plugin. */
export interface Case {
  name: string
  type: 'awsx:ec2:Vpc' | 'eks:index:Cluster'
  stack: 'staging' | 'prod'
  /** Without one it is our own. */
  program?: () => Promise<Record<string, unknown>>
}

const three = ['ap-southeast-1a', 'ap-southeast-1b', 'ap-southeast-1c']
const two = three.slice(0, 2)
const tiers: awsx.types.input.ec2.SubnetSpecArgs[] = [
  { type: 'Public', name: 'public', cidrMask: 24, tags: { 'kubernetes.io/role/elb': '1' } },
  { type: 'Private', name: 'nodes', cidrMask: 20, tags: { 'kubernetes.io/role/internal-elb': '1' } },
  { type: 'Private', name: 'pods', cidrMask: 20 },
  { type: 'Isolated', name: 'data', size: 256 },
]
const endpoints: awsx.types.input.ec2.VpcEndpointSpecArgs[] = [
  { serviceName: 'com.amazonaws.ap-southeast-1.s3', tags: { kind: 'gateway' } },
  { serviceName: 'com.amazonaws.ap-southeast-1.sts', vpcEndpointType: 'Interface', ipAddressType: 'dualstack' },
]

/** A component of ours around it, its provider, and a resource that takes something from the outputs. */
function inComponent(make: (opts: pulumi.ComponentResourceOptions) => pulumi.Input<unknown>) {
  return async () => {
    const provider = new aws.Provider('aws', { region: 'ap-southeast-1' })
    const parent = new pulumi.ComponentResource('test:index:Around', 'around', {}, { provider })
    const text = pulumi.jsonStringify(make({ parent, protect: true }))
    new aws.ssm.Parameter('taken', { type: 'String', value: text }, { provider })
    return { text }
  }
}

const vpc = (name: string, args: awsx.ec2.VpcArgs): Case => ({
  name,
  type: 'awsx:ec2:Vpc',
  stack: 'staging',
  program: inComponent((opts) => {
    const made = new awsx.ec2.Vpc('net', args, opts)
    const { vpcId, publicSubnetIds, privateSubnetIds, isolatedSubnetIds, subnetLayout } = made
    const tables = made.routeTables.apply((rows) => pulumi.all(rows.map((row) => row.id)))
    const gateways = made.natGateways.apply((rows) => pulumi.all(rows.map((row) => row.id)))
    return pulumi.output({
      vpcId,
      publicSubnetIds,
      privateSubnetIds,
      isolatedSubnetIds,
      subnetLayout,
      tables,
      gateways,
    })
  }),
})

const strategies = ['Auto', 'AutoMerge', 'Exact', 'Legacy'] as const

const vpcs: Case[] = [
  vpc('no arguments', {}),
  ...[two, three].flatMap((availabilityZoneNames) =>
    (['None', 'Single', 'OnePerAz'] as const).map((strategy) =>
      vpc(`${availabilityZoneNames.length} zones, NAT ${strategy}`, {
        cidrBlock: '10.20.0.0/16',
        availabilityZoneNames,
        availabilityZoneCidrMask: 18,
        subnetStrategy: 'Auto',
        subnetSpecs: tiers,
        natGateways: { strategy },
        enableDnsHostnames: true,
        enableDnsSupport: true,
        tags: { owner: 'shop' },
      }),
    ),
  ),
  ...strategies
    .filter((strategy) => strategy !== 'Exact')
    .flatMap((subnetStrategy) => [
      vpc(`${subnetStrategy}, specs`, {
        availabilityZoneNames: three,
        subnetStrategy,
        // A spec with a name stands beside the default one of its type and does not replace it.
        subnetSpecs: subnetStrategy === 'AutoMerge' ? tiers.map(({ name: _, ...spec }) => spec).toSpliced(2, 1) : tiers,
      }),
      vpc(`${subnetStrategy}, no specs`, {
        availabilityZoneNames: two,
        subnetStrategy,
        numberOfAvailabilityZones: undefined,
      }),
      vpc(`${subnetStrategy}, bare specs`, {
        availabilityZoneNames: two,
        subnetStrategy,
        subnetSpecs: [{ type: 'Isolated' }, { type: 'Public' }, { type: 'Private' }, { type: 'Private', name: 'pods' }],
      }),
    ]),
  vpc('Exact, explicit blocks', {
    availabilityZoneNames: two,
    subnetStrategy: 'Exact',
    cidrBlock: '10.0.0.0/23',
    subnetSpecs: [
      { type: 'Public', cidrBlocks: ['10.0.0.0/25', '10.0.1.0/25'] },
      { type: 'Private', cidrBlocks: ['10.0.0.128/25', '10.0.1.128/25'] },
    ],
  }),
  vpc('Exact, unused', {
    availabilityZoneNames: two,
    subnetStrategy: 'Exact',
    subnetSpecs: [
      { type: 'Public', cidrMask: 19 },
      { type: 'Unused', cidrMask: 19 },
      { type: 'Private', cidrMask: 18 },
    ],
  }),
  vpc('no strategy given', {
    availabilityZoneNames: three,
    subnetSpecs: [...tiers.slice(0, 2), { type: 'Unused', cidrMask: 18 }],
  }),
  vpc('zone names, IPv6, addresses given', {
    availabilityZoneNames: two,
    subnetNameTagStrategy: 'AvailabilityZone',
    subnetStrategy: 'Auto',
    assignGeneratedIpv6CidrBlock: true,
    natGateways: { strategy: 'OnePerAz', elasticIpAllocationIds: ['eipalloc-1', 'eipalloc-2'] },
    subnetSpecs: [{ type: 'Public' }, { type: 'Isolated', assignIpv6AddressOnCreation: false }],
  }),
  ...(['Auto', 'Legacy'] as const).map((vpcEndpointStrategy) =>
    vpc(`endpoints ${vpcEndpointStrategy}`, {
      availabilityZoneNames: three,
      subnetStrategy: 'Auto',
      subnetSpecs: tiers,
      vpcEndpointSpecs: endpoints,
      vpcEndpointStrategy,
    }),
  ),
]

type ClusterCase = Partial<eks.ClusterArgs> & { ownRole?: boolean; ownGroup?: boolean }

const cluster = (name: string, given: ClusterCase): Case => ({
  name,
  type: 'eks:index:Cluster',
  stack: 'staging',
  program: inComponent((opts) => {
    const { ownRole, ownGroup, ...args } = given
    const around = { parent: opts.parent }
    const role = ownRole ? new aws.iam.Role('role', { assumeRolePolicy: '{}' }, around) : undefined
    const group = ownGroup ? new aws.ec2.SecurityGroup('group', { vpcId: 'vpc-1' }, around) : undefined
    const key = new aws.kms.Key('key', {}, around)
    const made = new eks.Cluster(
      'main',
      {
        vpcId: 'vpc-1',
        privateSubnetIds: ['subnet-1', key.id],
        authenticationMode: 'API',
        version: '1.35',
        encryptionConfigKeyArn: key.arn,
        ...(role && { serviceRole: role }),
        ...(group && { clusterSecurityGroup: group }),
        ...args,
      },
      opts,
    )
    const { kubeconfig, kubeconfigJson, clusterSecurityGroupId, nodeSecurityGroupId, clusterIngressRuleId } = made
    const { autoModeNodeRoleName, oidcIssuer, oidcProviderUrl } = made
    const core = made.core.apply(({ endpoint, vpcId, subnetIds }) => ({ endpoint, vpcId, subnetIds }))
    const roles = made.instanceRoles.apply((rows) => pulumi.all(rows.map((row) => row.arn)))
    return pulumi.output({
      ...{ kubeconfig, kubeconfigJson, clusterSecurityGroupId, nodeSecurityGroupId, clusterIngressRuleId, roles },
      ...{ autoModeNodeRoleName, oidcIssuer, oidcProviderUrl, core, arn: made.eksCluster.arn },
      ...{ method: made.getKubeconfig({ profileName: 'laptop' }).result },
    })
  }),
})

const small: Partial<eks.ClusterArgs> = {
  skipDefaultSecurityGroups: true,
  skipDefaultNodeGroup: true,
  createInstanceRole: false,
  corednsAddonOptions: { enabled: false },
  kubeProxyAddonOptions: { enabled: false },
  useDefaultVpcCni: true,
}
const admin = {
  policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
  accessScope: { type: 'cluster' },
}

const clusters: Case[] = [
  cluster('no node group', { skipDefaultNodeGroup: true }),
  cluster('smallest', { ...small, name: 'shop' }),
  cluster('as ours', {
    ...small,
    ...{ name: 'shop', ownRole: true, ownGroup: true, deletionProtection: true, endpointPublicAccess: false },
    endpointPrivateAccess: true,
    createOidcProvider: false,
    upgradePolicy: { supportType: 'STANDARD' },
    kubernetesServiceIpAddressRange: '172.20.0.0/16',
    autoMode: { enabled: true, createNodeRole: false, computeConfig: { nodePools: [] } },
    providerCredentialOpts: { roleArn: 'arn:aws:iam::111111111111:role/deployer', profileName: 'laptop' },
    enabledClusterLogTypes: ['api', 'audit'],
    tags: { owner: 'shop' },
    clusterTags: { kind: 'cluster' },
  }),
  cluster('Auto Mode, all defaults', { autoMode: { enabled: true } }),
  cluster('Auto Mode, nothing extra', { ...small, autoMode: { enabled: true } }),
  cluster('groups, tags and open endpoint', {
    ...small,
    skipDefaultSecurityGroups: false,
    endpointPublicAccess: true,
    publicAccessCidrs: ['203.0.113.7/32'],
    tags: { owner: 'shop' },
    clusterSecurityGroupTags: { kind: 'control' },
    nodeSecurityGroupTags: { kind: 'nodes' },
    ipFamily: 'ipv6',
  }),
  cluster('own group beside default groups', { ...small, ownGroup: true, skipDefaultSecurityGroups: false }),
  cluster('add-ons', {
    ...small,
    createInstanceRole: true,
    corednsAddonOptions: {
      version: 'v1.12.4-eksbuild.1',
      configurationValues: { replicaCount: 3, autoScaling: { a: 1 } },
    },
    kubeProxyAddonOptions: { version: 'v1.35.0-eksbuild.1', resolveConflictsOnUpdate: 'PRESERVE' },
    useDefaultVpcCni: false,
    vpcCniOptions: {
      ...{ addonVersion: 'v1.21.0-eksbuild.1', enableNetworkPolicy: true, warmIpTarget: 5, logLevel: 'INFO' },
      ...{ enablePrefixDelegation: true, externalSnat: true, customNetworkConfig: true },
      configurationValues: { env: { ENI_CONFIG_LABEL_DEF: 'zone' }, init: { resources: {} } },
    },
  }),
  cluster('access entries', {
    ...small,
    subnetIds: ['subnet-9'],
    privateSubnetIds: undefined,
    accessEntries: {
      deployer: { principalArn: 'arn:aws:iam::111111111111:role/deployer', accessPolicies: { admin } },
      people: {
        principalArn: 'arn:aws:iam::111111111111:role/people',
        kubernetesGroups: ['look'],
        username: 'someone',
      },
      nodes: { principalArn: 'arn:aws:iam::111111111111:role/nodes', type: 'EC2', tags: { kind: 'nodes' } },
    },
  }),
]

/** Our own program, on both stacks. */
const ours: Case[] = (['staging', 'prod'] as const).flatMap((stack) => [
  { name: `our program, ${stack}`, type: 'awsx:ec2:Vpc', stack },
  { name: `our program, ${stack}`, type: 'eks:index:Cluster', stack },
])

/** All cases; each runs as a preview and as if applied. */
export const cases: Case[] = [...ours, ...vpcs, ...clusters]

/** Answers of functions that only AWS knows. */
export const invokes = {
  'aws:eks/getAddonVersion:getAddonVersion': (args: Record<string, unknown>) => ({
    ...args,
    id: String(args.addonName),
    version: 'v1.0.0-eksbuild.1',
  }),
}
