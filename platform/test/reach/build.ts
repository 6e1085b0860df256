import type { Graph, Properties, Resource, Value } from '../../plan/graph.ts'
import type { Party } from '../../plan/reach/inside.ts'
import type { Thing } from '../../plan/reach/things.ts'
import { readWorld, type World } from '../../plan/reach/world.ts'

/** A resource in few words: its type, inputs that say something, and outputs that AWS would add. Its id is its name. */
export type Short = [type: string, name: string, inputs?: Properties, outputs?: Properties]

/** An applied graph of resources, without a program: for what our own program never has. */
export function graphOf(...shorts: Short[]): Graph {
  return {
    project: 'dhakacart',
    stack: 'test',
    mode: 'applied',
    resources: shorts.map(resourceOf),
    outputs: {},
    notMadeUp: [],
    invokes: [],
    messages: [],
  }
}

export const worldOf = (...shorts: Short[]): World => readWorld(graphOf(...shorts))

function resourceOf([type, name, inputs = {}, outputs = {}]: Short): Resource {
  return {
    urn: `urn:pulumi:test::dhakacart::${type}::${name}`,
    type,
    name,
    custom: true,
    remote: false,
    modelled: false,
    insideNotSeen: false,
    read: false,
    providers: {},
    inputs,
    outputs: { ...inputs, ...outputs },
    id: name,
    dependencies: [],
    propertyDependencies: {},
    protect: false,
    retainOnDelete: false,
    aliases: [],
    ignoreChanges: [],
    replaceOnChanges: [],
    additionalSecretOutputs: [],
    timeouts: {},
    autonamed: [],
  }
}

/** A network with one public and one private subnet; the public one's table leads to the internet. */
export const network = (name = 'net', octet = 10): Short[] => [
  [
    'aws:ec2/vpc:Vpc',
    name,
    { cidrBlock: `10.${octet}.0.0/16` },
    { defaultSecurityGroupId: `${name}-default`, mainRouteTableId: `${name}-main` },
  ],
  ['aws:ec2/internetGateway:InternetGateway', `${name}-gateway`, { vpcId: name }],
  ['aws:ec2/subnet:Subnet', `${name}-public`, { vpcId: name, cidrBlock: `10.${octet}.1.0/24`, availabilityZone: 'a' }],
  ['aws:ec2/subnet:Subnet', `${name}-private`, { vpcId: name, cidrBlock: `10.${octet}.2.0/24`, availabilityZone: 'a' }],
  [
    'aws:ec2/routeTable:RouteTable',
    `${name}-out`,
    { vpcId: name, routes: [{ cidrBlock: '0.0.0.0/0', gatewayId: `${name}-gateway` }] },
  ],
  [
    'aws:ec2/routeTableAssociation:RouteTableAssociation',
    `${name}-out`,
    { subnetId: `${name}-public`, routeTableId: `${name}-out` },
  ],
]

/** A security group whose rules are in it. */
export const group = (name: string, ingress: Value[], egress: Value[] = [], vpcId = 'net'): Short => [
  'aws:ec2/securityGroup:SecurityGroup',
  name,
  { vpcId, ingress, egress },
]

export const rule = (port: number, from: Properties): Properties => ({
  protocol: 'tcp',
  fromPort: port,
  toPort: port,
  ...from,
})
export const everybody = { cidrBlocks: ['0.0.0.0/0'] }

/** A machine in a subnet, wearing groups. */
export const machine = (name: string, subnetId: string, groups: string[], more: Properties = {}): Short => [
  'aws:ec2/instance:Instance',
  name,
  { subnetId, vpcSecurityGroupIds: groups, ...more },
]

export function thing(world: World, name: string): Thing & Party {
  const found = world.things.find((one) => one.resource.name === name)
  if (!found) throw new Error(`there is no thing ${name} but ${world.things.map((one) => one.label).join(', ')}`)
  return found
}
