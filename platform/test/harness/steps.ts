import type { Graph, Properties, Resource } from '../../plan/graph.ts'
import { differenceOf } from '../engine/providers/difference.ts'

/** What `pulumi up` would do to get from one graph to another, by the table of what replaces what. */
export interface Steps {
  created: string[]
  deleted: string[]
  /** The paths that change, by resource. */
  updated: Record<string, string[]>
  replaced: Record<string, string[]>
}

const told = ({ type, name }: Resource) => `${type.split('/')[0]?.replace('aws:', '')} ${name}`

/** Compares applied graphs by what Pulumi compares: inputs, but for the properties that it is told to ignore. */
export function stepsBetween(before: Graph, after: Graph): Steps {
  const custom = (graph: Graph) => new Map(graph.resources.filter((one) => one.custom).map((one) => [one.urn, one]))
  const [old, now] = [custom(before), custom(after)]
  const steps: Steps = { created: [], deleted: [], updated: {}, replaced: {} }
  for (const [urn, resource] of now) {
    const was = old.get(urn)
    if (!was) {
      steps.created.push(told(resource))
      continue
    }
    const changes = changesOf(was, resource)
    const replacing = changes.filter(({ replaces }) => replaces)
    const paths = (found: typeof changes) => found.map(({ path }) => path).sort()
    if (replacing.length > 0) steps.replaced[told(resource)] = paths(replacing)
    else if (changes.length > 0) steps.updated[told(resource)] = paths(changes)
  }
  steps.deleted = [...old.values()].filter(({ urn }) => !now.has(urn)).map(told)
  return steps
}

function changesOf(was: Resource, is: Resource) {
  const kept = (inputs: Properties) =>
    Object.fromEntries(Object.entries(inputs).filter(([key]) => !is.ignoreChanges.includes(key)))
  return differenceOf(is.type, kept(was.inputs), kept(is.inputs), false).changes
}
