import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { costAtRest } from '../../costs/at-rest.ts'
import { costs } from '../../costs/costs.ts'
import { costTable } from '../../costs/table.ts'
import type { Graph, Resource } from '../../plan/graph.ts'
import { listStacks, repository } from '../../settings/stack-file.ts'
import { runHere } from '../harness/command.ts'
import { ofType, planned } from '../harness/graphs.ts'

const known = {
  staging: { gateways: 1, endpoints: 6, keys: 12 },
  // Three zones, and the key of the copies in the second region.
  prod: { gateways: 3, endpoints: 18, keys: 13 },
}
/** US dollars a month of the database and its disk, where the machine has a price. */
const database = { staging: 0.051 * 730 + 20 * 0.138, prod: 50 * 0.276 }
const noPrice = {
  staging: ['1 node of the cache, cache.t4g.micro'],
  prod: ['1 database db.m7g.large, in two zones', '2 node of the cache, cache.t4g.small'],
}

for (const stack of ['staging', 'prod'] as const) {
  const { gateways, endpoints, keys } = known[stack]
  t.test(
    `${stack} costs what its gateways, endpoints, keys, cluster, door, secrets, alarms and database cost`,
    async (t) => {
      const graph = await planned({ stack, mode: 'applied' })
      t.ok(graph.resources.length > 100, `${graph.resources.length} resources`)
      const cost = costAtRest(graph)
      t.strictSame(cost.unpriced, [], 'nothing is left out of the table')
      const said = cost.lines.filter(({ usd }) => usd === undefined).map(({ count, what }) => `${count} ${what}`)
      t.strictSame(said.sort(), [...noPrice[stack]].sort(), 'what has no price is counted')
      const hours = 730
      const secrets = ofType(graph, 'aws:secretsmanager/secret:Secret').length
      const alarms = ofType(graph, 'aws:cloudwatch/metricAlarm:MetricAlarm').length
      t.ok(secrets >= 4 && alarms >= 10, `${secrets} secrets, ${alarms} alarms`)
      const byHand =
        (gateways * (0.059 + 0.005) + endpoints * 0.013 + 0.1 + 0.0053) * hours +
        (keys + 8 * 0.096 + secrets * 0.4 + alarms * 0.1) +
        database[stack]
      t.equal(cost.totalUsd.toFixed(2), byHand.toFixed(2))
      t.equal(cost.lines.find(({ what }) => what === 'NAT gateway')?.count, gateways)
    },
  )
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
  t.equal(await difference({ backupCopyRegion: 'ap-south-1' }), 1, 'a key there')
})

const graphOf = (...resources: Partial<Resource>[]): Graph =>
  ({ resources: resources.map((resource) => ({ custom: true, inputs: {}, dependencies: [], ...resource })) }) as Graph

t.test('what has no price is said, and not taken for free', (t) => {
  const { unpriced, totalUsd } = costAtRest(
    graphOf({ type: 'aws:redshift/cluster:Cluster' }, { type: 'aws:iam/role:Role' }),
  )
  t.strictSame(unpriced, ['aws:redshift/cluster:Cluster'])
  t.equal(totalUsd, 0)
  t.end()
})

t.test('what is known by its kind and not by its price has a question mark', (t) => {
  const inputs = { instanceClass: 'db.x9g.large', multiAz: false }
  const cost = costAtRest(graphOf({ type: 'aws:rds/instance:Instance', inputs }))
  t.strictSame([cost.totalUsd, cost.unpriced], [0, []])
  t.equal(
    costTable([['staging', cost]]),
    [
      '| a month, in USD | staging |  |',
      '| --- | ---: | ---: |',
      '| database db.x9g.large | 1 | ? |',
      '| **at rest, without the ?** |  | **0.00** |',
    ].join('\n'),
  )
  const unknown = { instanceClass: 'db.t4g.small', allocatedStorage: { $unknown: true as const } }
  t.throws(() => costAtRest(graphOf({ type: 'aws:rds/instance:Instance', inputs: unknown })), /A number was expected/)
  t.end()
})

t.test('a database in two zones is charged for two machines and two disks', (t) => {
  const total = (multiAz: boolean) => {
    const inputs = { instanceClass: 'db.t4g.small', allocatedStorage: 20, multiAz }
    return costAtRest(graphOf({ type: 'aws:rds/instance:Instance', inputs })).totalUsd
  }
  t.equal(total(false).toFixed(2), (0.051 * 730 + 20 * 0.138).toFixed(2))
  t.equal(total(true).toFixed(2), (2 * total(false)).toFixed(2))
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
  t.match(stdout, /\| \*\*at rest, without the \?\*\* \| {2}\| \*\*\d+\.\d{2}\*\* \|/)
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
