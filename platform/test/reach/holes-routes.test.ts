import * as aws from '@pulumi/aws'
import { inputsOf, seed } from './seed.ts'

const publicSubnet = 'dhakacart-prod-public-1'
const dataSubnet = 'dhakacart-prod-data-1'

await seed({
  'public subnets that give public addresses': {
    proof: 'public-holds-gateways-only',
    says: /gives public addresses on launch/,
    change: inputsOf('aws:ec2/subnet:Subnet', publicSubnet, { mapPublicIpOnLaunch: true }),
  },
  'a route to the internet gateway in an isolated table': {
    proof: 'isolated-stays-inside',
    says: /RouteTable 'dhakacart-prod-data-1' sends 192\.0\.0\.0\/2 to InternetGateway/,
    add: (prod) => {
      new aws.ec2.Route('hole', {
        routeTableId: prod.table(dataSubnet),
        destinationCidrBlock: '192.0.0.0/2',
        gatewayId: prod.gatewayId,
      })
    },
  },
  'a NAT gateway for an isolated table': {
    proof: 'isolated-stays-inside',
    says: /NatGateway 'dhakacart-prod-1'/,
    add: (prod) => {
      const natGatewayId = prod.nat('dhakacart-prod-1')
      new aws.ec2.Route('hole', {
        routeTableId: prod.table(dataSubnet),
        destinationCidrBlock: '203.0.113.0/24',
        natGatewayId,
      })
    },
  },
  'IPv6 out of an isolated subnet': {
    proof: 'isolated-stays-inside',
    says: /::\/0 to EgressOnlyInternetGateway 'hole'/,
    add: (prod) => {
      const egress = new aws.ec2.EgressOnlyInternetGateway('hole', { vpcId: prod.vpcId })
      new aws.ec2.Route('hole', {
        routeTableId: prod.table(dataSubnet),
        destinationIpv6CidrBlock: '::/0',
        egressOnlyGatewayId: egress.id,
      })
    },
  },
  'a subnet left to a main table that leads out': {
    proof: 'isolated-stays-inside',
    says: /Subnet 'hole': RouteTable 'hole' sends 0\.0\.0\.0\/0 to InternetGateway/,
    add: (prod) => {
      const open = new aws.ec2.RouteTable('hole', {
        vpcId: prod.vpcId,
        routes: [{ cidrBlock: '0.0.0.0/0', gatewayId: prod.gatewayId }],
      })
      new aws.ec2.MainRouteTableAssociation('hole', { vpcId: prod.vpcId, routeTableId: open.id })
      const where = { cidrBlock: '10.20.250.0/24', availabilityZone: 'ap-southeast-1a' }
      new aws.ec2.Subnet('hole', { vpcId: prod.vpcId, ...where, tags: { tier: 'data' } })
    },
  },
  'a second route table for an isolated subnet': {
    proof: 'isolated-stays-inside',
    says: /RouteTable 'dhakacart-prod-public-1' sends 0\.0\.0\.0\/0/,
    add: (prod) => {
      new aws.ec2.RouteTableAssociation('hole', {
        subnetId: prod.subnet(dataSubnet),
        routeTableId: prod.table(publicSubnet),
      })
    },
  },
  "a longer prefix to another zone's NAT gateway": {
    proof: 'private-leaves-by-nat',
    says: /NatGateway 'dhakacart-prod-2'/,
    add: (prod) => {
      const natGatewayId = prod.nat('dhakacart-prod-2')
      new aws.ec2.Route('hole', {
        routeTableId: prod.table('dhakacart-prod-nodes-1'),
        destinationCidrBlock: '0.0.0.0/1',
        natGatewayId,
      })
    },
  },
  'a network ACL that lets nothing out of a private subnet': {
    proof: 'private-leaves-by-nat',
    says: /Subnet 'dhakacart-prod-pods-2' has no way out/,
    add: (prod) => {
      const all = { protocol: '-1', ruleNo: 100, action: 'allow', cidrBlock: '0.0.0.0/0', fromPort: 0, toPort: 0 }
      const none = { ...all, ruleNo: 90, action: 'deny' }
      const subnetIds = [prod.subnet('dhakacart-prod-pods-2')]
      new aws.ec2.NetworkAcl('hole', { vpcId: prod.vpcId, subnetIds, ingress: [all], egress: [all, none] })
    },
  },
  'a private subnet with a route to the internet gateway': {
    proof: 'public-holds-gateways-only',
    says: /Subnet 'dhakacart-prod-nodes-1' has a route to the internet gateway/,
    add: (prod) => {
      new aws.ec2.Route('hole', {
        routeTableId: prod.table('dhakacart-prod-nodes-1'),
        destinationCidrBlock: '128.0.0.0/1',
        gatewayId: prod.gatewayId,
      })
    },
  },
  'a peering connection with a route': {
    proof: 'no-other-network',
    says: /RouteTable 'dhakacart-prod-nodes-1' sends 10\.99\.0\.0\/16 to VpcPeeringConnection 'hole'/,
    add: (prod) => {
      const peer = new aws.ec2.VpcPeeringConnection('hole', {
        vpcId: prod.vpcId,
        peerVpcId: 'vpc-0123456789abcdef0',
      })
      const route = { destinationCidrBlock: '10.99.0.0/16', vpcPeeringConnectionId: peer.id }
      new aws.ec2.Route('hole', { routeTableId: prod.table('dhakacart-prod-nodes-1'), ...route })
    },
  },
  'a route to a transit gateway': {
    proof: 'isolated-stays-inside',
    says: /10\.0\.0\.0\/8 to a transit gateway tgw-1/,
    add: (prod) => {
      new aws.ec2.Route('hole', {
        routeTableId: prod.table(dataSubnet),
        destinationCidrBlock: '10.0.0.0/8',
        transitGatewayId: 'tgw-1',
      })
    },
  },
  'something in the network that no table knows': {
    proof: 'all-understood',
    says: /aws:redshift\/clusterSubnetGroup:SubnetGroup|aws:redshift\/subnetGroup:SubnetGroup 'hole'/,
    add: (prod) => {
      new aws.redshift.SubnetGroup('hole', { subnetIds: [prod.subnet(dataSubnet)] })
    },
  },
})
