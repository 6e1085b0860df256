import { cloudFormationOnly, inPlace, noSuchProperty, notInCloudFormation, type Rules, terraform } from './rules.ts'

/** A rule of a security group stays when its ports change, not when what it names changes in kind. */
const securityGroupRule = (cloudFormation: NonNullable<Rules['cloudFormation']>): Rules => {
  const ends = ['cidrIpv4', 'cidrIpv6', 'prefixListId', 'referencedSecurityGroupId']
  const changedInPlace = ['ipProtocol', 'fromPort', 'toPort', ...ends]
  return {
    source: terraform('ec2/vpc_security_group_ingress_rule.go', '00a322094b4b9ade8a81b244345dbcf4b52ee8d6'),
    cloudFormation,
    replace: ['securityGroupId'],
    update: ['description', 'ipProtocol', 'fromPort', 'toPort'],
    conditions: ends.map((path) => ({
      path,
      replaces: ({ old, now }) => old === undefined || now === undefined,
      why: 'ModifySecurityGroupRules cannot turn a rule about addresses into one about a group.',
    })),
    differs: Object.fromEntries(changedInPlace.map((path) => [path, inPlace])),
  }
}

/** The network's types. */
export const network: Record<string, Rules> = {
  'aws:ec2/vpc:Vpc': {
    source: cloudFormationOnly,
    cloudFormation: { type: 'AWS::EC2::VPC' },
    replace: ['cidrBlock', 'ipv4IpamPoolId', 'ipv4NetmaskLength'],
    update: ['enableDnsHostnames', 'enableDnsSupport', 'enableNetworkAddressUsageMetrics'],
  },
  'aws:ec2/subnet:Subnet': {
    source: terraform('ec2/vpc_subnet.go', '00cda125a19d31754cb0d073cf551264c57955cb'),
    cloudFormation: { type: 'AWS::EC2::Subnet' },
    replace: [
      'vpcId',
      'availabilityZone',
      'availabilityZoneId',
      'cidrBlock',
      'outpostArn',
      'ipv4IpamPoolId',
      'ipv4NetmaskLength',
      'ipv6IpamPoolId',
      'ipv6Native',
      'ipv6NetmaskLength',
    ],
    update: [
      'assignIpv6AddressOnCreation',
      'mapPublicIpOnLaunch',
      'enableDns64',
      'enableResourceNameDnsARecordOnLaunch',
      'enableResourceNameDnsAaaaRecordOnLaunch',
      'privateDnsHostnameTypeOnLaunch',
      'customerOwnedIpv4Pool',
      'mapCustomerOwnedIpOnLaunch',
    ],
  },
  'aws:ec2/internetGateway:InternetGateway': {
    source: cloudFormationOnly,
    cloudFormation: { type: 'AWS::EC2::InternetGateway' },
    replace: [],
    update: ['vpcId'],
  },
  'aws:ec2/eip:Eip': {
    source: cloudFormationOnly,
    cloudFormation: { type: 'AWS::EC2::EIP' },
    replace: ['address', 'ipamPoolId', 'networkBorderGroup'],
    update: ['instance', 'networkInterface', 'associateWithPrivateIp'],
  },
  'aws:ec2/natGateway:NatGateway': {
    source: terraform('ec2/vpc_nat_gateway.go', '04088eaa54948421bf1ef7494ae2b2c01d9243e3'),
    cloudFormation: { type: 'AWS::EC2::NatGateway', names: { PrivateIpAddress: 'privateIp' } },
    replace: [
      'allocationId',
      'availabilityMode',
      'connectivityType',
      'privateIp',
      'secondaryPrivateIpAddressCount',
      'subnetId',
      'vpcId',
    ],
    update: ['secondaryAllocationIds', 'secondaryPrivateIpAddresses'],
    differs: { secondaryPrivateIpAddressCount: notInCloudFormation },
  },
  'aws:ec2/routeTable:RouteTable': {
    source: cloudFormationOnly,
    cloudFormation: { type: 'AWS::EC2::RouteTable' },
    replace: ['vpcId'],
    update: ['routes', 'propagatingVgws'],
  },
  'aws:ec2/route:Route': {
    source: `hashicorp/terraform-provider-aws internal/service/ec2/vpc_route.go, as found on 2026-11-21 without its commit; ${cloudFormationOnly}`,
    cloudFormation: { type: 'AWS::EC2::Route' },
    replace: ['routeTableId', 'destinationCidrBlock', 'destinationIpv6CidrBlock', 'destinationPrefixListId'],
    update: [
      'gatewayId',
      'natGatewayId',
      'egressOnlyGatewayId',
      'networkInterfaceId',
      'transitGatewayId',
      'vpcEndpointId',
      'vpcPeeringConnectionId',
    ],
  },
  'aws:ec2/routeTableAssociation:RouteTableAssociation': {
    source: terraform('ec2/vpc_route_table_association.go', '0be71beb458ad8875e0acc5c91519c0ceeb214aa'),
    cloudFormation: { type: 'AWS::EC2::SubnetRouteTableAssociation' },
    replace: ['subnetId', 'gatewayId'],
    update: ['routeTableId'],
    differs: { routeTableId: inPlace, gatewayId: noSuchProperty },
  },
  'aws:ec2/vpcEndpoint:VpcEndpoint': {
    source: terraform('ec2/vpc_endpoint.go', '008db85aad5e56627b1eecab8830464a282552ed'),
    cloudFormation: { type: 'AWS::EC2::VPCEndpoint' },
    replace: [
      'serviceName',
      'vpcEndpointType',
      'vpcId',
      'serviceNetworkArn',
      'resourceConfigurationArn',
      'serviceRegion',
      'dnsOptions.privateDnsPreference',
      'dnsOptions.privateDnsSpecifiedDomains',
    ],
    update: [
      'policy',
      'routeTableIds',
      'securityGroupIds',
      'subnetIds',
      'subnetConfigurations',
      'dnsOptions',
      'ipAddressType',
      'autoAccept',
    ],
    conditions: [
      {
        path: 'privateDnsEnabled',
        replaces: ({ inputs }) => inputs?.vpcEndpointType !== 'Interface',
        why: 'Only an interface endpoint can change it.',
      },
    ],
  },
  'aws:ec2/securityGroup:SecurityGroup': {
    source: terraform('ec2/vpc_security_group.go', '01606926a0c0ab9174aec440f976a48b0baee722'),
    cloudFormation: { type: 'AWS::EC2::SecurityGroup', names: { GroupDescription: 'description', GroupName: 'name' } },
    replace: ['description', 'name', 'namePrefix', 'vpcId'],
    update: ['egress', 'ingress', 'revokeRulesOnDelete'],
    differs: { namePrefix: noSuchProperty },
  },
  'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup': {
    source: `${terraform('ec2/vpc_default_security_group.go', 'its state on 2026-11-21')}, "in sync with aws_security_group's schema"`,
    replace: ['vpcId'],
    update: ['egress', 'ingress', 'revokeRulesOnDelete'],
  },
  'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule': securityGroupRule({
    type: 'AWS::EC2::SecurityGroupIngress',
    names: {
      GroupId: 'securityGroupId',
      CidrIp: 'cidrIpv4',
      SourcePrefixListId: 'prefixListId',
      SourceSecurityGroupId: 'referencedSecurityGroupId',
    },
  }),
  'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule': securityGroupRule({
    type: 'AWS::EC2::SecurityGroupEgress',
    names: {
      GroupId: 'securityGroupId',
      CidrIp: 'cidrIpv4',
      DestinationPrefixListId: 'prefixListId',
      DestinationSecurityGroupId: 'referencedSecurityGroupId',
    },
  }),
  'aws:ec2/flowLog:FlowLog': {
    source: cloudFormationOnly,
    cloudFormation: {
      type: 'AWS::EC2::FlowLog',
      names: { DeliverLogsPermissionArn: 'iamRoleArn', DeliverCrossAccountRole: 'deliverCrossAccountRole' },
    },
    replace: [
      'deliverCrossAccountRole',
      'iamRoleArn',
      'logDestination',
      'logDestinationType',
      'logFormat',
      'maxAggregationInterval',
      'destinationOptions',
      'tagFieldSpecifications',
      'trafficType',
      'vpcId',
      'subnetId',
      'eniId',
    ],
    update: [],
    differs: Object.fromEntries(
      ['vpcId', 'subnetId', 'eniId'].map((path) => [path, 'CloudFormation names it ResourceId.']),
    ),
  },
}
