import * as aws from '@pulumi/aws'
import * as awsx from '@pulumi/awsx'
import * as pulumi from '@pulumi/pulumi'
import { makeEndpoints } from './network/endpoints.ts'
import { makeFlowLogs } from './network/flow-logs.ts'
import { everyTier, privateTiers, subnetSpecs, tiers, zoneCidrMask } from './network/layout.ts'
import type { Stack } from './stack.ts'
import { asGiven } from './transforms.ts'

export interface NetworkArgs {
  stack: Stack
  /** What encrypts the flow logs. */
  logsKey: aws.kms.Key
}

/**
 * The network: in every zone a public subnet for NAT gateways, one for nodes, one for pods with a security group of their own, and one for
 * data, which has no way out (decisions/0003-network.md).
 */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>
  /** The network's addresses: `10.20.0.0/16`. */
  readonly cidr: string
  readonly publicSubnetIds: pulumi.Output<string[]>
  /** Subnets of nodes, load balancers and the door: one for each zone. */
  readonly privateSubnetIds: pulumi.Output<string[]>
  /** Subnets of pods that have a security group of their own: one for each zone. */
  readonly podSubnetIds: pulumi.Output<string[]>
  /** Subnets of the database and the cache: one for each zone. */
  readonly isolatedSubnetIds: pulumi.Output<string[]>
  /**
   * What nodes need for as long as they live. Depend on these, not on the component: the engine does not order the children of a component
   * that a plugin builds, and a node that loses its route on `destroy` hangs it.
   */
  readonly routes: pulumi.Output<pulumi.Resource[]>

  constructor(name: string, args: NetworkArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super('dhakacart:platform:Network', name, {}, { ...opts, provider: args.stack.provider })
    const { stack } = args
    const vpc = makeVpc(stack, this)
    this.cidr = stack.settings.vpcCidr
    this.vpcId = vpc.vpcId
    this.publicSubnetIds = vpc.publicSubnetIds
    this.privateSubnetIds = vpc.privateSubnetIds.apply((ids) => everyTier(ids, privateTiers, 'nodes'))
    this.podSubnetIds = vpc.privateSubnetIds.apply((ids) => everyTier(ids, privateTiers, 'pods'))
    this.isolatedSubnetIds = vpc.isolatedSubnetIds

    new aws.ec2.DefaultSecurityGroup(
      'default',
      { vpcId: this.vpcId, ingress: [], egress: [], tags: stack.tags('default-unused') },
      { parent: this },
    )
    makeFlowLogs({ stack, parent: this, vpcId: this.vpcId, key: args.logsKey })
    const endpoints = makeEndpoints({
      stack,
      parent: this,
      vpcId: this.vpcId,
      subnetIds: this.privateSubnetIds,
      routeTableIds: vpc.routeTables.apply((tables) =>
        pulumi.all(
          [...everyTier(tables, tiers, 'nodes'), ...everyTier(tables, tiers, 'pods')].map((table) => table.id),
        ),
      ),
    })
    this.routes = pulumi
      .all([vpc.routes, vpc.routeTableAssociations, vpc.natGateways])
      .apply(([routes, associations, gateways]): pulumi.Resource[] => [
        ...routes,
        ...associations,
        ...gateways,
        ...endpoints,
      ])
    this.registerOutputs({
      vpcId: this.vpcId,
      cidr: this.cidr,
      publicSubnetIds: this.publicSubnetIds,
      privateSubnetIds: this.privateSubnetIds,
      podSubnetIds: this.podSubnetIds,
      isolatedSubnetIds: this.isolatedSubnetIds,
    })
  }
}

/** The VPC is named after the stack, because awsx puts its name into the `Name` tag of every subnet and gateway. */
function makeVpc(stack: Stack, parent: pulumi.Resource): awsx.ec2.Vpc {
  const { settings } = stack
  return new awsx.ec2.Vpc(
    stack.prefix,
    {
      cidrBlock: settings.vpcCidr,
      availabilityZoneNames: settings.availabilityZones,
      availabilityZoneCidrMask: zoneCidrMask,
      subnetStrategy: 'Auto',
      subnetSpecs: subnetSpecs(),
      natGateways: { strategy: settings.natGateways === 'one' ? 'Single' : 'OnePerAz' },
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: { 'data-class': 'internal' },
    },
    {
      parent,
      protect: settings.protect,
      // awsx offers no argument for it, and a machine put into a public subnet by mistake must get no public address.
      transforms: [
        ({ type, props, opts }) =>
          type === 'aws:ec2/subnet:Subnet'
            ? { props: { ...props, mapPublicIpOnLaunch: false }, opts: asGiven(opts) }
            : undefined,
      ],
    },
  )
}
