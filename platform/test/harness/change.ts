import type { Graph, Resource } from '../../plan/graph.ts'
import { differenceOf } from '../engine/providers/difference.ts'

/** What `pulumi up` would do to get from one plan to another, by logical names. */
export interface PlannedChange {
  created: string[]
  updated: string[]
  replaced: string[]
  deleted: string[]
}

/** Compares two plans of a stack by the table of what replaces what; throws where the table has no row for a property that changes. */
export function changeBetween(before: Graph, after: Graph): PlannedChange {
  const [old, now] = [byUrn(before), byUrn(after)]
  const names = (resources: Iterable<Resource>) => [...resources].map(({ type, name }) => `${type} ${name}`).sort()
  const changed = [...now.values()].flatMap((resource) => {
    const was = old.get(resource.urn)
    const effect = was && effectBetween(was, resource)
    return effect ? [{ resource, effect }] : []
  })
  const of = (effect: 'update' | 'replace') =>
    names(changed.filter((one) => one.effect === effect).map(({ resource }) => resource))
  return {
    created: names([...now.values()].filter(({ urn }) => !old.has(urn))),
    updated: of('update'),
    replaced: of('replace'),
    deleted: names([...old.values()].filter(({ urn }) => !now.has(urn))),
  }
}

const byUrn = ({ resources }: Graph) =>
  new Map(resources.filter(({ custom }) => custom).map((resource) => [resource.urn, resource]))

function effectBetween(was: Resource, resource: Resource): 'update' | 'replace' | undefined {
  const ignored = new Set(resource.ignoreChanges)
  const inputs = ({ inputs: all }: Resource) =>
    Object.fromEntries(Object.entries(all).filter(([key]) => !ignored.has(key)))
  const { changes } = differenceOf(resource.type, inputs(was), inputs(resource), false)
  if (changes.length === 0) return undefined
  return changes.some(({ replaces }) => replaces) ? 'replace' : 'update'
}
