import { facts } from '@dhakacart/service'
import t from 'tap'
import type { Graph, Properties } from '../plan/graph.ts'
import { canReach } from '../plan/reach/inside.ts'
import { readWorld } from '../plan/reach/world.ts'
import { one, planned } from './harness/graphs.ts'

const groupOf = (graph: Graph) => one(graph, 'aws:ec2/securityGroup:SecurityGroup', 'shop-pods').id
const rulesOf = (graph: Graph, direction: 'Ingress' | 'Egress') =>
  graph.resources
    .filter(
      ({ type, inputs }) => type.endsWith(`SecurityGroup${direction}Rule`) && inputs.securityGroupId === groupOf(graph),
    )
    .map(({ name, inputs }) => [name, inputs.ipProtocol, inputs.fromPort, inputs.toPort])

t.test('pods of the shop speak HTTPS, to the database and to the cache, and are asked for metrics', async (t) => {
  const graph = await planned({ stack: 'prod', mode: 'applied' })
  t.strictSame(rulesOf(graph, 'Egress').sort(), [
    ['shop-pods-https', 'tcp', 443, 443],
    ['shop-pods-to-cache', 'tcp', 6379, 6379],
    ['shop-pods-to-database', 'tcp', 5432, 5432],
  ])
  t.strictSame(rulesOf(graph, 'Ingress'), [
    ['shop-pods-from-nodes', 'tcp', facts.ports.operations, facts.ports.operations],
  ])
})

t.test('Prometheus on the nodes reaches the port of operations and not the shop itself', async (t) => {
  const world = readWorld(await planned({ stack: 'prod', mode: 'applied' }))
  const thing = (label: string) => {
    const found = world.things.find((one) => one.label === label)
    if (!found)
      throw new Error(`nothing is called ${label}; there are: ${world.things.map((one) => one.label).join(', ')}`)
    return found
  }
  const pods = thing("pods of NodeClass 'shop-class'")
  const nodes = thing("nodes of NodeClass 'platform-class'")
  t.ok(canReach(nodes, pods, facts.ports.operations).flows.length > 0)
  t.strictSame(canReach(nodes, pods, facts.ports.public).flows, [])
  t.strictSame(canReach(pods, nodes, 10250).flows, [], 'they do not reach the kubelet')
  const cluster = one(world.graph, 'aws:eks/cluster:Cluster', 'cluster-eksCluster')
  const api = world.things.find(({ resource }) => resource.urn === cluster.urn)
  if (!api) throw new Error('the cluster stands nowhere')
  t.strictSame(canReach(pods, api, 443).flows, [], 'nor the Kubernetes API')
})

t.test('the group itself says nothing that a rule could contradict', async (t) => {
  const { inputs } = one(
    await planned({ stack: 'prod', mode: 'applied' }),
    'aws:ec2/securityGroup:SecurityGroup',
    'shop-pods',
  )
  t.match((inputs as Properties).tags, { 'data-class': 'personal' })
  t.notOk('ingress' in inputs || 'egress' in inputs)
})
