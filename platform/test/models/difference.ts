import { isDeepStrictEqual } from 'node:util'
import type { Graph, Resource } from '../../plan/graph.ts'

/**
 * What may differ: who made it, where a program declares it, and the version of the SDK that the plugin was built with, which decides the
 * default provider and nothing else where a provider is given.
 */
const expected = ['modelled', 'source', 'version']

/**
 * A property whose dependencies may differ: the version of a floating add-on comes from a function of AWS, and the SDK that the eks plugin
 * was built with (3.173) forgets what an unknown argument of a function depends on. The add-on depends on the cluster all the same.
 */
export const forgotten = 'addonVersion'

/** Where two graphs of one program differ, a sentence for each innermost place. */
export function differences(model: Graph, plugin: Graph): string[] {
  const [ours, theirs] = [byUrn(model), byUrn(plugin)]
  const missing = [...theirs.keys()].filter((urn) => !ours.has(urn)).map((urn) => `only the plugin makes ${urn}`)
  const extra = [...ours.keys()].filter((urn) => !theirs.has(urn)).map((urn) => `only the model makes ${urn}`)
  const changed = [...ours].flatMap(([urn, one]) => {
    const other = theirs.get(urn)
    return other ? between(urn, one, other) : []
  })
  return [...missing, ...extra, ...changed, ...tell('the stack', 'outputs', model.outputs, plugin.outputs)]
}

const byUrn = (graph: Graph) => new Map(graph.resources.map((resource) => [resource.urn, resource]))

function between(urn: string, one: Resource, other: Resource): string[] {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)] as (keyof Resource)[])
  return [...keys]
    .filter((key) => !expected.includes(key))
    .map((key) => [key, sorted(key, one[key]), sorted(key, other[key])] as const)
    .filter(([, left, right]) => !isDeepStrictEqual(left, right))
    .flatMap(([key, left, right]) => tell(urn.split('::').slice(2).join('::'), key, left, right))
}

/** Dependencies are sets. */
function sorted(key: string, value: unknown): unknown {
  if (key === 'dependencies') return [...(value as string[])].sort()
  if (key !== 'propertyDependencies') return value
  const rows = Object.entries(value as Record<string, string[]>).map(
    ([name, urns]) => [name, [...urns].sort()] as const,
  )
  return Object.fromEntries(rows.filter(([name, urns]) => urns.length > 0 && name !== forgotten))
}

/** The innermost places at which two values differ. */
function innermost(left: unknown, right: unknown, path: string): [string, unknown, unknown][] {
  if (isDeepStrictEqual(left, right)) return []
  if (!isMap(left) || !isMap(right)) return [[path, left, right]]
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])]
  return keys.flatMap((key) => innermost(left[key], right[key], `${path}.${key}`))
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const tell = (where: string, key: string, left: unknown, right: unknown): string[] =>
  innermost(left, right, key).map(
    ([path, model, plugin]) => `${where}: ${path}: model ${JSON.stringify(model)}, plugin ${JSON.stringify(plugin)}`,
  )
