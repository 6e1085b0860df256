import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { costAtRest } from '../../costs/at-rest.ts'
import { costs } from '../../costs/costs.ts'
import { costTable } from '../../costs/table.ts'
import type { Graph, Resource } from '../../plan/graph.ts'
import { listStacks, repository } from '../../settings/stack-file.ts'
import { runHere } from '../harness/command.ts'
import { planned } from '../harness/graphs.ts'

const zonesOf = { staging: { gateways: 1, endpoints: 6 }, prod: { gateways: 3, endpoints: 18 } }

for (const [stack, { gateways, endpoints }] of Object.entries(zonesOf)) {
  t.test(`${stack} costs what its gateways, endpoints, keys, cluster and door cost`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    t.ok(graph.resources.length > 100, `${graph.resources.length} resources`)
    const cost = costAtRest(graph)
    t.strictSame(cost.unpriced, [], 'nothing is left out of the total')
    const hours = 730
    const byHand =
      gateways * (0.059 + 0.005) * hours + endpoints * 0.013 * hours + 8 + 0.1 * hours + 0.0053 * hours + 8 * 0.096
    t.equal(cost.totalUsd.toFixed(2), byHand.toFixed(2))
    t.equal(cost.lines.find(({ what }) => what === 'NAT gateway')?.count, gateways)
  })
}

t.test('a setting moves the price that stands beside it', async (t) => {
  const total = async (overrides: Record<string, unknown>) => {
    const graph = await planned({ stack: 'staging', mode: 'applied', overrides })
    return costAtRest(graph).totalUsd
  }
  const before = await total({})
  const difference = async (overrides: Record<string, unknown>) => Math.round((await total(overrides)) - before)
  t.equal(await difference({ natGateways: 'onePerZone' }), 47, 'a gateway and its address')
  t.equal(await difference({ interfaceEndpoints: 'onePerZone' }), 57)
  t.equal(await difference({ door: false }), -5)
})

const graphOf = (...resources: Partial<Resource>[]): Graph =>
  ({ resources: resources.map((resource) => ({ custom: true, inputs: {}, dependencies: [], ...resource })) }) as Graph

t.test('what has no price is said, and not taken for free', (t) => {
  const { unpriced, totalUsd } = costAtRest(
    graphOf({ type: 'aws:rds/instance:Instance' }, { type: 'aws:iam/role:Role' }),
  )
  t.strictSame(unpriced, ['aws:rds/instance:Instance'])
  t.equal(totalUsd, 0)
  t.end()
})

t.test('a component costs nothing by itself', (t) => {
  t.strictSame(costAtRest(graphOf({ type: 'eks:index:Cluster', custom: false })).unpriced, [])
  t.end()
})

t.test('a number of things that is not known stops the reckoning', (t) => {
  const inputs = { vpcEndpointType: 'Interface', subnetIds: { $unknown: true as const } }
  t.throws(() => costAtRest(graphOf({ type: 'aws:ec2/vpcEndpoint:VpcEndpoint', inputs })), /price an applied plan/)
  t.throws(() => costAtRest(graphOf({ type: 'aws:autoscaling/group:Group' })), /no price for a machine/)
  t.end()
})

t.test('npm run costs prints the table of the stacks that are named, with the source of its prices', async (t) => {
  const { code, stdout, stderr } = await runHere(costs, { argv: ['staging'], root: repository })
  t.equal(stderr, '')
  t.equal(code, 0)
  t.ok(stdout.startsWith('| a month, in USD | staging |'), stdout)
  t.match(stdout, /\| \*\*at rest\*\* \| {2}\| \*\*\d+\.\d{2}\*\* \|/)
  t.match(stdout, 'read on 2026-11-21')
})

t.test('npm run costs says what it takes, and which stacks there are', async (t) => {
  t.match(await runHere(costs, { argv: ['--help'], root: repository }), { code: 0, stdout: /^Usage: npm run costs/ })
  t.match(await runHere(costs, { argv: ['nope'], root: repository }), { code: 1, stderr: /known are prod, staging/ })
  t.match(await runHere(costs, { argv: ['--nope'], root: repository }), { code: 1, stderr: /--nope/ })
})

t.test('the README shows the table that `npm run costs` prints', async (t) => {
  const stacks = await listStacks()
  t.strictSame(stacks, ['prod', 'staging'])
  const costs = await Promise.all(
    stacks.map(async (stack) => [stack, costAtRest(await planned({ stack, mode: 'applied' }))] as const),
  )
  const readme = readFileSync(join(repository, 'platform', 'README.md'), 'utf8')
  t.ok(readme.includes(costTable(costs.map(([stack, cost]) => [stack, cost]))), 'run npm run costs and paste it')
})
