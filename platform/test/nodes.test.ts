import t from 'tap'
import { limitsOf } from '../nodes/limits.ts'
import type { Graph, Properties } from '../plan/graph.ts'
import { readWorld } from '../plan/reach/world.ts'
import { counts, madeBy, ofType, one, planned, text } from './harness/graphs.ts'

const stacks = [
  { stack: 'staging', platform: ['8', '32Gi'], shop: ['8', '32Gi'] },
  { stack: 'prod', platform: ['16', '64Gi'], shop: ['48', '192Gi'] },
]
const classOf = (graph: Graph, name: string) => one(graph, 'kubernetes:eks.amazonaws.com/v1:NodeClass', `${name}-class`)
const poolOf = (graph: Graph, name: string) =>
  one(graph, 'kubernetes:karpenter.sh/v1:NodePool', `${name}-pool`).inputs.spec as Properties
const templateOf = (pool: Properties) => pool.template as { metadata: Properties; spec: Properties }
const subnetsOf = (graph: Graph, tier: string) =>
  ofType(graph, 'aws:ec2/subnet:Subnet')
    .filter(({ name }) => name.includes(`-${tier}-`))
    .map(({ id }) => ({ id }))

for (const { stack, ...limits } of stacks) {
  const zones = stack === 'prod' ? 3 : 2

  t.test(`${stack}: there are machines for the shop and for the rest`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    t.strictSame(counts(madeBy(graph, 'Nodes')), {
      'aws:eks/accessEntry:AccessEntry': 1,
      'aws:eks/accessPolicyAssociation:AccessPolicyAssociation': 1,
      'aws:eks/addon:Addon': 1,
      'aws:iam/role:Role': 1,
      'aws:iam/rolePolicy:RolePolicy': 1,
      'aws:iam/rolePolicyAttachment:RolePolicyAttachment': 2,
      'kubernetes:eks.amazonaws.com/v1:NodeClass': 2,
      'kubernetes:karpenter.sh/v1:NodePool': 2,
    })
    t.match(one(graph, 'aws:eks/accessEntry:AccessEntry', 'node').inputs, { type: 'EC2' })
    t.match(one(graph, 'aws:eks/addon:Addon', 'metrics-server').inputs, {
      addonVersion: /^v\d+\.\d+\.\d+-eksbuild\.\d+$/,
    })
  })

  t.test(`${stack}: machines stand in private subnets, on encrypted disks`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    const cluster = one(graph, 'aws:eks/cluster:Cluster', 'cluster-eksCluster')
    const nodes = subnetsOf(graph, 'nodes')
    t.equal(nodes.length, zones)
    const every = {
      role: `dhakacart-${stack}-node`,
      subnetSelectorTerms: nodes,
      securityGroupSelectorTerms: [{ id: (cluster.outputs.vpcConfig as Properties).clusterSecurityGroupId }],
      ephemeralStorage: { size: '80Gi', kmsKeyID: one(graph, 'aws:kms/key:Key', 'volumes').outputs.arn },
      tags: {
        project: 'dhakacart',
        stack,
        owner: 'platform@dhakacart.example',
        'cost-centre': stack === 'prod' ? 'shop' : 'staging',
        'data-class': 'personal',
      },
    }
    t.strictSame(classOf(graph, 'platform').inputs.spec, every)
    t.strictSame(classOf(graph, 'shop').inputs.spec, {
      ...every,
      podSubnetSelectorTerms: subnetsOf(graph, 'pods'),
      podSecurityGroupSelectorTerms: [{ id: one(graph, 'aws:ec2/securityGroup:SecurityGroup', 'shop-pods').id }],
      snatPolicy: 'Disabled',
    })
  })

  t.test(
    `${stack}: both pools share what nodes may have, and nothing runs on the shop's that does not ask`,
    async (t) => {
      const graph = await planned({ stack, mode: 'applied' })
      for (const name of ['platform', 'shop'] as const) {
        const pool = poolOf(graph, name)
        const [cpu, memory] = limits[name]
        t.strictSame(pool.limits, { cpu, memory })
        const { metadata, spec } = templateOf(pool)
        t.ok(Number.parseInt(text(spec, 'expireAfter'), 10) <= 21 * 24, 'Auto Mode ends a node after 21 days')
        t.match(spec.nodeClassRef, { group: 'eks.amazonaws.com', kind: 'NodeClass', name })
        t.strictSame(metadata.labels, { 'dhakacart/pool': name })
        const taints = name === 'shop' ? [{ key: 'dhakacart/pool', value: 'shop', effect: 'NoSchedule' }] : undefined
        t.strictSame(spec.taints, taints)
      }
    },
  )

  t.test(`${stack}: only pods of the shop's class wear the shop's group`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    const { things } = readWorld(graph)
    t.ok(things.length > 8, `${things.length} things with addresses`)
    const group = one(graph, 'aws:ec2/securityGroup:SecurityGroup', 'shop-pods')
    const wearing = things.filter(({ groups }) => groups.some(({ ids }) => ids.includes(String(group.id))))
    t.strictSame(
      wearing.map(({ label, subnets }) => [label, subnets.length]),
      [["pods of NodeClass 'shop-class'", zones]],
    )
  })
}

t.test("a quarter is the platform's, but never less than it needs, and all is given out", async (t) => {
  for (const [nodeCpuLimit, nodeMemoryLimitGib, cpu, memoryGib] of [
    [12, 48, 8, 32],
    [32, 128, 8, 32],
    [33, 131, 8, 32],
    [36, 132, 9, 33],
    [1_000, 8_000, 250, 2_000],
  ] as const) {
    const { platform, shop } = limitsOf({ nodeCpuLimit, nodeMemoryLimitGib })
    t.strictSame(platform, { cpu, memoryGib })
    t.strictSame(shop, { cpu: nodeCpuLimit - cpu, memoryGib: nodeMemoryLimitGib - memoryGib })
    t.ok(shop.cpu >= 2 && shop.memoryGib >= 8, 'the shop can have a machine')
  }
})
