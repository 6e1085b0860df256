import type { Graph, Resource, Value } from '../graph.ts'
import { type Index, indexOf, isRecord, plain, type Undecided } from './facts.ts'
import { type Groups, readGroups } from './groups.ts'
import { type Net, readNet } from './network.ts'
import { readNodes } from './nodes.ts'
import { places, wiring } from './places.ts'
import { prefixLists } from './prefix-lists.ts'
import { readThings, type Thing } from './things.ts'

/** The network of a plan, read once: who stands where, behind what, and what nobody could read. */
export interface World extends Net {
  graph: Graph
  index: Index
  groups: Groups
  things: Thing[]
  /** Resources that stand in the network and that nothing here understands. */
  strange: Resource[]
  undecided: Undecided[]
}

/** Reads the network out of a graph. It wants the applied one: in a preview next to nothing has an id. */
export function readWorld(graph: Graph): World {
  const undecided: Undecided[] = []
  const index = indexOf(graph)
  const lists = prefixLists(index, undecided)
  const groups = readGroups(index, lists, undecided)
  const net = readNet(index, lists, undecided)
  const things = [...readThings(index, net, groups, undecided), ...readNodes(index, net, groups, undecided)]
  const ids = new Set([
    ...net.subnets.map((subnet) => plain(subnet.resource.id)),
    ...groups.all.flatMap((group) => group.ids),
  ])
  const strange = graph.resources.filter((resource) => resource.insideNotSeen || isStrange(resource, ids))
  return { ...net, graph, index, groups, things, strange, undecided }
}

function isStrange(resource: Resource, ids: ReadonlySet<Value | undefined>): boolean {
  if (!resource.type.startsWith('aws:') || !resource.custom) return false
  if (resource.type in places || wiring.has(resource.type)) return false
  return names(resource.inputs, ids)
}

function names(value: Value, ids: ReadonlySet<Value | undefined>): boolean {
  const bare = plain(value)
  if (typeof bare === 'string') return ids.has(bare)
  if (Array.isArray(bare)) return bare.some((item) => names(item, ids))
  return isRecord(bare) && Object.values(bare).some((item) => names(item, ids))
}
