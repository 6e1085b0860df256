import { fileURLToPath } from 'node:url'
import t from 'tap'
import { plan } from '../../plan/index.ts'
import { pluginMethod, pluginModel } from '../harness/plugin-model.ts'
import { cases, invokes } from './cases.ts'
import { differences } from './difference.ts'

const standIn = [process.execPath, fileURLToPath(new URL('stand-in.ts', import.meta.url))]
const token = 'eks:index:Cluster/getKubeconfig'

// This shows as well that the comparison with real plugins sees differences, and that it works where there is no plugin.
for (const name of ['2 zones, NAT Single', 'as ours'])
  t.test(`behind gRPC, as a plugin, the models make the same: ${name}`, async (t) => {
    const row = cases.find((candidate) => candidate.name === name)
    if (!row) throw new Error(`There is no case ${name}`)
    const order = { stack: row.stack, mode: 'applied', program: row.program, invokes } as const
    const inProcess = await plan(order)
    const overTheWire = await plan({
      ...order,
      models: { [row.type]: pluginModel(row.type, standIn) },
      methods: { [token]: pluginMethod(token, standIn) },
    })
    t.ok(overTheWire.resources.length > 5)
    t.strictSame(differences(inProcess, overTheWire), [])

    const inside = overTheWire.resources.findLast((resource) => resource.urn.includes(`${row.type}$`))
    if (!inside) throw new Error('The component has no children')
    inside.inputs = { ...inside.inputs, tags: { seeded: 'x' } }
    inside.dependencies = ['urn:seeded']
    const seen = differences(inProcess, overTheWire)
    t.ok(
      seen.some((line) => line.includes('inputs.tags')),
      'a seeded tag is seen',
    )
    t.ok(
      seen.some((line) => line.includes('urn:seeded')),
      'a seeded dependency is seen',
    )
  })

t.test('a plugin that does not start, and one that fails, are told in their own words', async (t) => {
  const row = cases.find(({ name }) => name === '2 zones, NAT Single')
  const order = { stack: 'staging', mode: 'preview', program: row?.program, invokes } as const
  const type = 'awsx:ec2:Vpc'
  await t.rejects(
    plan({ ...order, models: { [type]: pluginModel(type, [process.execPath, '-e', 'throw Error("broken")']) } }),
    {
      message: /ended before it said where it listens: .*broken/s,
    },
  )
  await t.rejects(plan({ ...order, models: { [type]: pluginModel('awsx:ec2:Other', standIn) } }), {
    message: /There is no model of awsx:ec2:Other/,
  })
})
