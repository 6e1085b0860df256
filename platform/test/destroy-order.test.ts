import t from 'tap'
import type { Graph, Resource } from '../plan/graph.ts'
import { outlivedBy } from '../plan/order.ts'
import { planned } from './harness/graphs.ts'

type Pick = (resource: Resource) => boolean
interface Pair {
  /** Deleted first. */
  first: Pick
  /** Each still there by then. */
  standing: Pick
  /** How many pairs there are at least: a rule over nothing proves nothing. */
  least: number
}

const typed =
  (type: string, name = /./): Pick =>
  (resource) =>
    resource.type === type && name.test(resource.name)
const inside: Pick = ({ type, provider }) =>
  !type.startsWith('pulumi:') && /\$?pulumi:providers:kubernetes::/.test(provider ?? '')
const within =
  (component: string, pick: Pick): Pick =>
  (resource) =>
    resource.urn.includes(`:${component}$`) && pick(resource)
const any =
  (...picks: Pick[]): Pick =>
  (resource) =>
    picks.some((pick) => pick(resource))

const entry = 'aws:eks/accessEntry:AccessEntry'
const association = 'aws:eks/accessPolicyAssociation:AccessPolicyAssociation'
const attachment = 'aws:iam/rolePolicyAttachment:RolePolicyAttachment'
const cluster = typed('aws:eks/cluster:Cluster')
const nodeClass = typed('kubernetes:eks.amazonaws.com/v1:NodeClass')
const nodePool = typed('kubernetes:karpenter.sh/v1:NodePool')
const addon = typed('aws:eks/addon:Addon')
const workload = any(inside, addon)

const pairs: Record<string, Pair> = {
  'what is in the cluster before the deployer may no longer delete it': {
    first: workload,
    standing: any(
      typed(entry, /^deployer$/),
      typed(association, /^deployer/),
      typed('aws:iam/role:Role', /^eks-deployer$/),
    ),
    least: 9,
  },
  'what is in the cluster before the way to its API': {
    first: workload,
    standing: within('Cluster', any(typed('aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule'), cluster)),
    least: 6,
  },
  'what is in the cluster before the door, through which a destroy may come': {
    first: workload,
    standing: within('Door', any(typed('aws:autoscaling/group:Group'), typed('aws:ssm/document:Document'))),
    least: 6,
  },
  'add-ons before the machines that they run on': { first: addon, standing: nodePool, least: 2 },
  "the platform's node pool before what its machines are made of": {
    first: typed('kubernetes:karpenter.sh/v1:NodePool', /^platform-/),
    standing: typed('kubernetes:eks.amazonaws.com/v1:NodeClass', /^platform-/),
    least: 1,
  },
  "the shop's node pool before what its machines are made of, and what its pods wear": {
    first: typed('kubernetes:karpenter.sh/v1:NodePool', /^shop-/),
    standing: any(
      typed('kubernetes:eks.amazonaws.com/v1:NodeClass', /^shop-/),
      within('ShopPods', (one) => one.custom),
    ),
    least: 4,
  },
  'node pools before the role of nodes, its policies, its entry and its association': {
    first: any(nodePool, nodeClass),
    standing: within('Nodes', any(typed('aws:iam/role:Role'), typed(attachment), typed(entry), typed(association))),
    least: 10,
  },
  'nodes before their routes, the tables of their subnets, and the NAT gateways': {
    first: any(nodePool, nodeClass),
    standing: any(
      typed('aws:ec2/route:Route', /nodes/),
      typed('aws:ec2/routeTableAssociation:RouteTableAssociation', /nodes/),
      typed('aws:ec2/natGateway:NatGateway'),
    ),
    least: 10,
  },
  'the cluster before the policies of its role, its log group, its key and its subnets': {
    first: cluster,
    standing: any(
      within('Cluster', any(typed('aws:iam/role:Role'), typed(attachment), typed('aws:iam/rolePolicy:RolePolicy'))),
      within(
        'Cluster',
        any(typed('aws:cloudwatch/logGroup:LogGroup'), typed('aws:ec2/securityGroup:SecurityGroup', /control-plane/)),
      ),
      typed('aws:kms/key:Key', /^cluster$/),
      typed('aws:ec2/subnet:Subnet', /nodes/),
    ),
    least: 12,
  },
  'access entries before the cluster, which would not let them be deleted': {
    first: any(typed(entry), typed(association)),
    standing: cluster,
    least: 7,
  },
}

/** The pairs of a rule in the wrong order, and how many it has. */
function wrong(graph: Graph, { first, standing }: Pair): { looked: number; wrong: string[] } {
  const later = graph.resources.filter(standing)
  const found = graph.resources.filter(first).flatMap((resource) => {
    const outlived = outlivedBy(graph, resource.urn)
    return later.map((other) => ({ text: `${resource.name} and ${other.name}`, right: outlived.has(other.urn) }))
  })
  return { looked: found.length, wrong: found.filter(({ right }) => !right).map(({ text }) => text) }
}

for (const stack of ['staging', 'prod']) {
  for (const mode of ['preview', 'applied'] as const) {
    t.test(`${stack}, ${mode}: destroy takes`, async (t) => {
      const graph = await planned({ stack, mode })
      t.ok(graph.resources.filter(inside).length >= 2, 'objects in the cluster')
      for (const [name, pair] of Object.entries(pairs)) {
        const result = wrong(graph, pair)
        t.ok(result.looked >= pair.least, `${name}: ${result.looked} pairs looked at`)
        t.strictSame(result.wrong, [], name)
      }
    })
  }
}

/** The graph without what some resources say they depend on. */
function without(graph: Graph, of: Pick, on: Pick): Graph {
  const gone = new Set(graph.resources.filter(on).map(({ urn }) => urn))
  const kept = (urns: string[]) => urns.filter((urn) => !gone.has(urn))
  const resources = graph.resources.map((resource) => {
    if (!of(resource)) return resource
    const propertyDependencies = Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([key, urns]) => [key, kept(urns)]),
    )
    return { ...resource, dependencies: kept(resource.dependencies), propertyDependencies }
  })
  return { ...graph, resources }
}

const provider = typed('pulumi:providers:kubernetes', /^kubernetes$/)
const seeded: Record<string, { of: Pick; on: Pick; fails: string[] }> = {
  'the provider forgets the deployer': {
    of: any(provider, addon, typed(entry, /^node$/)),
    on: any(typed(entry, /^deployer$/), typed(association, /^deployer/)),
    fails: [
      'what is in the cluster before the deployer may no longer delete it',
      'access entries before the cluster, which would not let them be deleted',
    ],
  },
  'the provider forgets the routes': {
    of: any(provider, typed(entry, /^node$/)),
    on: any(typed('aws:ec2/route:Route'), typed('aws:ec2/routeTableAssociation:RouteTableAssociation')),
    fails: ['nodes before their routes, the tables of their subnets, and the NAT gateways'],
  },
  'the node class forgets the association': {
    of: nodeClass,
    on: typed(association, /^node$/),
    fails: ['node pools before the role of nodes, its policies, its entry and its association'],
  },
  'the node pool forgets its class': {
    of: nodePool,
    on: nodeClass,
    fails: [
      'what is in the cluster before the door, through which a destroy may come',
      "the platform's node pool before what its machines are made of",
      "the shop's node pool before what its machines are made of, and what its pods wear",
      'node pools before the role of nodes, its policies, its entry and its association',
    ],
  },
  "the shop's machines forget the rules of their pods": {
    of: nodeClass,
    on: within('ShopPods', any(typed('aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule'))),
    fails: ["the shop's node pool before what its machines are made of, and what its pods wear"],
  },
  'the add-on forgets its machines': {
    of: addon,
    on: nodePool,
    fails: [
      'what is in the cluster before the door, through which a destroy may come',
      'add-ons before the machines that they run on',
    ],
  },
  'the cluster forgets one policy': {
    of: any(cluster, typed('eks:index:Cluster')),
    on: typed(attachment, /AmazonEKSComputePolicy/),
    fails: ['the cluster before the policies of its role, its log group, its key and its subnets'],
  },
  'the entries forget the cluster': {
    of: any(typed(entry), typed(association)),
    on: any(cluster, typed('eks:index:Cluster')),
    fails: ['access entries before the cluster, which would not let them be deleted'],
  },
}

t.test('a dependency that is taken away is missed', async (t) => {
  const graph = await planned({ stack: 'prod', mode: 'applied' })
  for (const [name, { of, on, fails }] of Object.entries(seeded)) {
    const holed = without(graph, of, on)
    const failing = Object.entries(pairs).filter(([, pair]) => wrong(holed, pair).wrong.length > 0)
    t.strictSame(
      failing.map(([rule]) => rule),
      fails,
      name,
    )
  }
})
