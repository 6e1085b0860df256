import t from 'tap'
import { asGiven } from '../transforms.ts'
import { ofType, planned } from './harness/graphs.ts'

t.test('no transform decides that a replacement comes before the deletion', async (t) => {
  for (const stack of ['staging', 'prod']) {
    const graph = await planned({ stack, mode: 'preview' })
    t.ok(graph.resources.length > 100, `${graph.resources.length} resources of ${stack}`)
    const transformed = [...ofType(graph, 'aws:ec2/subnet:Subnet'), ...ofType(graph, 'aws:eks/cluster:Cluster')]
    t.ok(transformed.length >= 9)
    t.strictSame(
      transformed.filter(({ deleteBeforeReplace }) => deleteBeforeReplace === false),
      [],
    )
  }
})

t.test('what somebody did choose is handed back', async (t) => {
  t.strictSame(asGiven({ deleteBeforeReplace: true, protect: false }), { deleteBeforeReplace: true, protect: false })
  t.strictSame(asGiven({ deleteBeforeReplace: false, protect: true }), { protect: true })
})
