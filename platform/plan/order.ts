import type { Graph, Resource, Urn } from './graph.ts'

/** What the engine deletes only after this resource: what it depends on, its parent, and its provider. */
function next(resource: Resource): Urn[] {
  const provider = resource.provider?.split('::').slice(0, -1).join('::')
  return [
    ...resource.dependencies,
    ...Object.values(resource.propertyDependencies).flat(),
    ...(resource.parent ? [resource.parent] : []),
    ...(provider ? [provider] : []),
  ]
}

/**
 * Everything that still stands when a resource is deleted, by any number of steps. This is what decides whether a destroy ends: a thing
 * whose access, network or role went first cannot be deleted any more.
 */
export function outlivedBy(graph: Graph, urn: Urn): Set<Urn> {
  const byUrn = new Map(graph.resources.map((resource) => [resource.urn, resource]))
  const found = new Set<Urn>()
  const open = [urn]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const resource = byUrn.get(at)
    for (const further of resource ? next(resource) : []) {
      if (found.has(further)) continue
      found.add(further)
      open.push(further)
    }
  }
  return found
}
