/** How a type says where it stands: where its subnets, its groups and its public address are written. */
export interface Place {
  /** Paths of subnet ids. */
  subnets?: string[]
  /** The path of the name of a group of subnets, and the type of such groups. */
  subnetGroup?: { path: string; type: string }
  /** Paths of security group ids. */
  groups?: string[]
  /** Paths of a launch template's id, name or version ARN, whose groups and network interfaces count. */
  templates?: string[]
  /**
   * Whether it has a public address. `subnet`: as its subnet maps them, unless `publicAt` says otherwise; `said`: only where `publicAt`
   * says so; `unlessInternal`: unless `internal` is true; `never`.
   */
  public: 'subnet' | 'said' | 'unlessInternal' | 'never'
  publicAt?: string
  /** Wears its cluster's own group where it names none. */
  cluster?: string
  /** It takes no connection: a gateway that only passes answers back. */
  deaf?: boolean
  /** It never opens one. */
  silent?: boolean
  /** Nothing stands anywhere until this path holds something: a function or a project outside of any VPC. */
  onlyWith?: string
}

const never = { public: 'never' } as const
const subnetIds = ['subnetIds']
const balancer: Place = {
  subnets: ['subnets', 'subnetMappings.*.subnetId'],
  groups: ['securityGroups'],
  public: 'unlessInternal',
}
const inVpcConfig: Place = {
  subnets: ['vpcConfig.subnetIds', 'vpcConfig.subnets'],
  groups: ['vpcConfig.securityGroupIds'],
  onlyWith: 'vpcConfig',
  ...never,
}
const rdsGroup = { path: 'dbSubnetGroupName', type: 'aws:rds/subnetGroup:SubnetGroup' }
const cacheGroup = { path: 'subnetGroupName', type: 'aws:elasticache/subnetGroup:SubnetGroup' }

/**
 * Every type that puts something with an address into a subnet. A type of AWS that names a subnet or a security group and stands neither
 * here nor in `wiring` is reported: a proof does not hold over what nobody understood.
 */
export const places: Record<string, Place> = {
  'aws:ec2/instance:Instance': {
    subnets: ['subnetId', 'networkInterfaces.*.subnetId', 'primaryNetworkInterface.subnetId'],
    groups: ['vpcSecurityGroupIds', 'securityGroups'],
    templates: ['launchTemplate.id', 'launchTemplate.name'],
    public: 'subnet',
    publicAt: 'associatePublicIpAddress',
  },
  'aws:ec2/spotInstanceRequest:SpotInstanceRequest': {
    subnets: ['subnetId'],
    groups: ['vpcSecurityGroupIds', 'securityGroups'],
    templates: ['launchTemplate.id', 'launchTemplate.name'],
    public: 'subnet',
    publicAt: 'associatePublicIpAddress',
  },
  'aws:ec2/networkInterface:NetworkInterface': { subnets: ['subnetId'], groups: ['securityGroups'], public: 'said' },
  'aws:autoscaling/group:Group': {
    subnets: ['vpcZoneIdentifiers'],
    templates: [
      'launchTemplate.id',
      'launchTemplate.name',
      'mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.launchTemplateId',
      'mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.launchTemplateName',
      'mixedInstancesPolicy.launchTemplate.overrides.*.launchTemplateSpecification.launchTemplateId',
    ],
    public: 'subnet',
  },
  'aws:lb/loadBalancer:LoadBalancer': balancer,
  'aws:alb/loadBalancer:LoadBalancer': balancer,
  'aws:applicationloadbalancing/loadBalancer:LoadBalancer': balancer,
  'aws:elasticloadbalancingv2/loadBalancer:LoadBalancer': balancer,
  'aws:elb/loadBalancer:LoadBalancer': balancer,
  'aws:rds/instance:Instance': {
    subnetGroup: rdsGroup,
    groups: ['vpcSecurityGroupIds'],
    public: 'said',
    publicAt: 'publiclyAccessible',
  },
  'aws:rds/cluster:Cluster': { subnetGroup: rdsGroup, groups: ['vpcSecurityGroupIds'], ...never },
  'aws:rds/clusterInstance:ClusterInstance': { subnetGroup: rdsGroup, public: 'said', publicAt: 'publiclyAccessible' },
  'aws:rds/proxy:Proxy': { subnets: ['vpcSubnetIds'], groups: ['vpcSecurityGroupIds'], ...never },
  'aws:elasticache/replicationGroup:ReplicationGroup': {
    subnetGroup: cacheGroup,
    groups: ['securityGroupIds'],
    ...never,
  },
  'aws:elasticache/cluster:Cluster': { subnetGroup: cacheGroup, groups: ['securityGroupIds'], ...never },
  'aws:elasticache/serverlessCache:ServerlessCache': { subnets: subnetIds, groups: ['securityGroupIds'], ...never },
  'aws:memorydb/cluster:Cluster': {
    subnetGroup: { path: 'subnetGroupName', type: 'aws:memorydb/subnetGroup:SubnetGroup' },
    groups: ['securityGroupIds'],
    ...never,
  },
  'aws:ec2/natGateway:NatGateway': { subnets: ['subnetId'], public: 'never', deaf: true, silent: true },
  'aws:ec2/vpcEndpoint:VpcEndpoint': {
    subnets: ['subnetIds', 'subnetConfigurations.*.subnetId'],
    groups: ['securityGroupIds'],
    onlyWith: 'subnetIds',
    silent: true,
    ...never,
  },
  'aws:eks/cluster:Cluster': { ...inVpcConfig, cluster: 'name' },
  'aws:eks/nodeGroup:NodeGroup': {
    subnets: subnetIds,
    templates: ['launchTemplate.id', 'launchTemplate.name'],
    groups: ['remoteAccess.sourceSecurityGroupIds'],
    public: 'subnet',
    cluster: 'clusterName',
  },
  'aws:eks/fargateProfile:FargateProfile': { subnets: subnetIds, cluster: 'clusterName', ...never },
  'aws:codebuild/project:Project': inVpcConfig,
  'aws:codebuild/fleet:Fleet': inVpcConfig,
  'aws:lambda/function:Function': inVpcConfig,
  'aws:ecs/service:Service': {
    subnets: ['networkConfiguration.subnets'],
    groups: ['networkConfiguration.securityGroups'],
    onlyWith: 'networkConfiguration',
    public: 'said',
    publicAt: 'networkConfiguration.assignPublicIp',
  },
  'aws:efs/mountTarget:MountTarget': { subnets: ['subnetId'], groups: ['securityGroups'], silent: true, ...never },
}

/** Types that name subnets or groups and put nothing there: what ties the network together, and what is read through others. */
export const wiring: ReadonlySet<string> = new Set([
  'aws:ec2/subnet:Subnet',
  'aws:ec2/defaultSubnet:DefaultSubnet',
  'aws:ec2/securityGroup:SecurityGroup',
  'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup',
  'aws:ec2/securityGroupRule:SecurityGroupRule',
  'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
  'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule',
  'aws:ec2/routeTableAssociation:RouteTableAssociation',
  'aws:ec2/networkAcl:NetworkAcl',
  'aws:ec2/defaultNetworkAcl:DefaultNetworkAcl',
  'aws:ec2/networkAclAssociation:NetworkAclAssociation',
  'aws:ec2/launchTemplate:LaunchTemplate',
  'aws:ec2/flowLog:FlowLog',
  'aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment',
  'aws:ec2/securityGroupAssociation:SecurityGroupAssociation',
  'aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation',
  'aws:ec2/tag:Tag',
  'aws:rds/subnetGroup:SubnetGroup',
  'aws:elasticache/subnetGroup:SubnetGroup',
  'aws:memorydb/subnetGroup:SubnetGroup',
  'aws:eks/podIdentityAssociation:PodIdentityAssociation',
])
