import { join } from 'node:path'
import t from 'tap'
import { type PlanOptions, plan } from '../../plan/index.ts'
import { repository } from '../../settings/stack-file.ts'
import { bothWays } from './helpers/both-ways.ts'

// Four programs start in processes of their own.
t.setTimeout(120_000)

for (const stack of ['staging', 'prod']) {
  for (const mode of ['preview', 'applied'] as const) {
    t.test(`${stack}, ${mode}: the plan is what the runtime sends`, async (t) => {
      const options: PlanOptions = { stack, mode }
      const graph = await plan(options)
      const entry = join(repository, 'platform', 'index.ts')
      const { compared, explained } = await bothWays(t, options, graph, entry)
      t.ok(compared > 60, `${compared} resources are compared`)
      t.equal(compared + explained.modelled, graph.resources.length)
      t.equal(explained.inherited, 0, 'our program says itself what its resources take from their parents')
    })
  }
}
