import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import { inputsOf, type Prod, seed } from './seed.ts'

const publicSubnet = 'dhakacart-prod-public-1'
const onPort = (port: number) => ({ ipProtocol: 'tcp', fromPort: port, toPort: port })

/** A machine with a public address, in a group with one rule. */
function machine(
  prod: Prod,
  ingress: aws.types.input.ec2.SecurityGroupIngress,
  more: Partial<aws.ec2.InstanceArgs> = {},
) {
  const group = new aws.ec2.SecurityGroup('hole', { vpcId: prod.vpcId, ingress: [ingress] })
  return new aws.ec2.Instance('hole', {
    ami: 'ami-1',
    instanceType: 't4g.nano',
    subnetId: prod.subnet(publicSubnet),
    vpcSecurityGroupIds: [group.id],
    associatePublicIpAddress: true,
    ...more,
  })
}

function lambda(prod: Prod, group: pulumi.Input<string>) {
  new aws.lambda.Function('hole', {
    role: 'arn:aws:iam::222222222222:role/none',
    vpcConfig: { subnetIds: [prod.subnet('dhakacart-prod-pods-1')], securityGroupIds: [group] },
  })
}

await seed({
  'everybody in two halves, as rules apart': {
    proof: 'rules-admit-own-addresses',
    says: /'half-1'.*tcp 443/,
    add: (prod) => {
      for (const cidrIpv4 of ['0.0.0.0/1', '128.0.0.0/1']) {
        const name = cidrIpv4.startsWith('0') ? 'half-0' : 'half-1'
        new aws.vpc.SecurityGroupIngressRule(name, { securityGroupId: prod.group('door'), cidrIpv4, ...onPort(443) })
      }
    },
  },
  'everybody on IPv6 as 0000::/0, in a rule of the older type': {
    proof: 'rules-admit-own-addresses',
    says: /'hole'.*udp 53/,
    add: (prod) => {
      const rule = { type: 'ingress', protocol: '17', fromPort: 53, toPort: 53, ipv6CidrBlocks: ['0000::/0'] }
      new aws.ec2.SecurityGroupRule('hole', { securityGroupId: prod.group('runner'), ...rule })
    },
  },
  'a protocol by its number and a range of ports, in the group itself': {
    proof: 'nothing-from-internet',
    says: /Instance 'hole' \(tcp 1-65000 from/,
    add: (prod) => machine(prod, { protocol: '6', fromPort: 1, toPort: 65_000, cidrBlocks: ['198.51.100.0/24'] }),
  },
  'protocol -1 on a machine whose subnet gives the public address': {
    proof: 'nothing-from-internet',
    says: /gives public addresses on launch[\s\S]*all traffic/,
    add: (prod) =>
      machine(
        prod,
        { protocol: '-1', fromPort: 0, toPort: 0, cidrBlocks: ['0.0.0.0/0'] },
        { associatePublicIpAddress: undefined },
      ),
    change: inputsOf('aws:ec2/subnet:Subnet', publicSubnet, { mapPublicIpOnLaunch: true }),
  },
  'a public address put on later': {
    proof: 'nothing-from-internet',
    says: /Eip 'hole' is its public address/,
    add: (prod) => {
      const made = machine(
        prod,
        { protocol: 'tcp', fromPort: 22, toPort: 22, cidrBlocks: ['0.0.0.0/0'] },
        { associatePublicIpAddress: false },
      )
      new aws.ec2.Eip('hole', { instance: made.id })
    },
  },
  'a prefix list of ours with everybody in it': {
    proof: 'rules-admit-own-addresses',
    says: /rule of SecurityGroup 'endpoints' in SecurityGroupIngressRule 'hole'/,
    add: (prod) => {
      const list = new aws.ec2.ManagedPrefixList('hole', {
        addressFamily: 'IPv4',
        maxEntries: 2,
        entries: [{ cidr: '0.0.0.0/1' }],
      })
      new aws.ec2.ManagedPrefixListEntry('hole', { prefixListId: list.id, cidr: '128.0.0.0/1' })
      new aws.vpc.SecurityGroupIngressRule('hole', {
        securityGroupId: prod.group('endpoints'),
        prefixListId: list.id,
        ...onPort(443),
      })
    },
  },
  'a prefix list that nobody here knows': {
    proof: 'rules-admit-own-addresses',
    says: /not known: .*prefix list pl-0a1b2c3d/,
    add: (prod) => {
      new aws.vpc.SecurityGroupIngressRule('hole', {
        securityGroupId: prod.group('endpoints'),
        prefixListId: 'pl-0a1b2c3d',
        ...onPort(443),
      })
    },
  },
  'interface endpoints open to everybody': {
    proof: 'rules-admit-own-addresses',
    says: /SecurityGroupRule 'hole'/,
    add: (prod) => {
      const rule = { type: 'ingress', protocol: '-1', fromPort: 0, toPort: 0, cidrBlocks: ['0.0.0.0/0'] }
      new aws.ec2.SecurityGroupRule('hole', { securityGroupId: prod.group('endpoints'), ...rule })
    },
  },
  'a load balancer that is not internal': {
    proof: 'nothing-from-internet',
    says: /LoadBalancer 'hole'[\s\S]*it is not internal/,
    add: (prod) => {
      const subnets = ['1', '2', '3'].map((zone) => prod.subnet(`dhakacart-prod-public-${zone}`))
      new aws.lb.LoadBalancer('hole', { loadBalancerType: 'network', subnets })
    },
  },
  'a database with a public address': {
    proof: 'nothing-from-internet',
    says: /publiclyAccessible is true/,
    add: (prod) => {
      const group = new aws.rds.SubnetGroup('hole', { name: 'hole', subnetIds: [prod.subnet(publicSubnet)] })
      const world = { protocol: 'tcp', fromPort: 5432, toPort: 5432, cidrBlocks: ['0.0.0.0/0'] }
      const open = new aws.ec2.SecurityGroup('hole', { vpcId: prod.vpcId, ingress: [world] })
      new aws.rds.Instance('hole', {
        instanceClass: 'db.t4g.micro',
        dbSubnetGroupName: group.name,
        vpcSecurityGroupIds: [open.id],
        publiclyAccessible: true,
      })
    },
  },
  'the whole network admitted to the Kubernetes API': {
    proof: 'kubernetes-from-named-things',
    says: /anything put into Subnet 'dhakacart-prod-data-1' reaches Cluster/,
    add: (prod) => {
      const rule = { type: 'ingress', protocol: 'tcp', fromPort: 0, toPort: 65_535, cidrBlocks: ['10.0.0.0/8'] }
      new aws.ec2.SecurityGroupRule('hole', { securityGroupId: prod.group('control-plane'), ...rule })
    },
  },
  'a function that wears the group of the clients': {
    proof: 'kubernetes-from-named-things',
    says: /Function 'hole' reaches Cluster/,
    add: (prod) => lambda(prod, prod.group('cluster-clients')),
  },
  'a group that the clients admit to their rights': {
    proof: 'kubernetes-from-named-things',
    says: /Function 'hole' reaches Cluster/,
    add: (prod) => {
      const friends = new aws.ec2.SecurityGroup('friends', { vpcId: prod.vpcId })
      const pair = { securityGroupId: prod.group('control-plane'), referencedSecurityGroupId: friends.id }
      new aws.vpc.SecurityGroupIngressRule('hole', { ...pair, ipProtocol: '-1' })
      new aws.vpc.SecurityGroupEgressRule('hole', {
        securityGroupId: friends.id,
        cidrIpv4: '10.20.0.0/16',
        ipProtocol: '-1',
      })
      lambda(prod, friends.id)
    },
  },
  "a public machine in the cluster's own group, which admits itself": {
    proof: 'kubernetes-from-named-things',
    says: /Instance 'hole' reaches Cluster[\s\S]*everything from itself/,
    add: (prod) =>
      machine(
        prod,
        { protocol: 'tcp', fromPort: 22, toPort: 22, self: true },
        { vpcSecurityGroupIds: [prod.clusterGroupId] },
      ),
  },
  'the default group opened in itself': {
    proof: 'default-group-empty',
    says: /DefaultSecurityGroup 'default': all traffic/,
    change: inputsOf('aws:ec2/defaultSecurityGroup:DefaultSecurityGroup', 'default', {
      ingress: [{ protocol: '-1', fromPort: 0, toPort: 0, self: true }],
    }),
  },
  'the default group opened by a rule apart': {
    proof: 'default-group-empty',
    says: /SecurityGroupEgressRule 'hole'/,
    add: (prod) => {
      const securityGroupId = prod.defaultGroupId
      new aws.vpc.SecurityGroupEgressRule('hole', { securityGroupId, cidrIpv4: '0.0.0.0/0', ipProtocol: '-1' })
    },
  },
})
