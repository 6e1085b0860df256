import t from 'tap'
import type { Graph, Resource } from '../plan/graph.ts'
import { planned } from './harness/graphs.ts'

/** Properties by which AWS knows a thing in an account. A name that Pulumi makes up is not among the inputs. */
const physical = [
  'name',
  'bucket',
  'identifier',
  'clusterIdentifier',
  'replicationGroupId',
  'repositoryName',
  'alias',
  'domainName',
]

/** Types whose name need be unique only inside something else of the stack, which is why their names may repeat. */
const inside: Record<string, string> = {
  'aws:iam/rolePolicy:RolePolicy': 'a role',
  'aws:backup/selection:Selection': 'a plan',
  'aws:backup/restoreTestingSelection:RestoreTestingSelection': 'a plan of restore tests',
}

function physicalNames(graph: Graph): string[] {
  return graph.resources
    .filter(({ type, custom }) => custom && type.startsWith('aws:') && !(type in inside))
    .flatMap((resource) => physical.flatMap((key) => named(resource, key)))
}

const named = ({ type, inputs }: Resource, key: string) => {
  const value = inputs[key]
  return typeof value === 'string' ? [`${type} ${key}=${value}`] : []
}

t.test('two stacks in one account have no name in common', async (t) => {
  const account = { accountId: '333333333333' }
  const staging = await planned({ stack: 'staging', mode: 'applied', overrides: account })
  const prod = await planned({ stack: 'prod', mode: 'applied', overrides: account })
  t.ok(staging.resources.length > 60, `${staging.resources.length} resources in staging`)
  t.ok(prod.resources.length > 80, `${prod.resources.length} resources in prod`)

  const names = physicalNames(staging)
  const others = new Set(physicalNames(prod))
  t.ok(names.length >= 14, `${names.length} names in staging`)
  t.ok(others.size >= 14, `${others.size} names in prod`)
  t.strictSame(
    names.filter((name) => others.has(name)),
    [],
  )
})

t.test('a stack has no name twice', async (t) => {
  for (const stack of ['staging', 'prod']) {
    const graph = await planned({ stack, mode: 'applied' })
    t.ok(graph.resources.length > 60)
    const names = physicalNames(graph)
    t.strictSame(
      names.filter((name, place) => names.indexOf(name) !== place),
      [],
    )
  }
})
