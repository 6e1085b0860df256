import type { Graph, Properties, Resource, Urn, Value } from '../graph.ts'

/** A value that a proof needs and that nobody knows: what rests on it is not proved. */
export interface Undecided {
  urn: Urn
  /** Where the value stands: `ingress[0].cidrBlocks`. */
  property: string
  /** What is not known, and what could be told if it were. */
  why: string
}

/** The value without the wrappings of secrets and references. */
export function plain(value: Value | undefined): Value | undefined {
  if (value === null || value === undefined || typeof value !== 'object' || Array.isArray(value))
    return value ?? undefined
  if ('$secret' in value) return plain((value as { $secret: Value }).$secret)
  if ('$resource' in value) return plain((value as { id?: Value }).id)
  return value
}

export const isUnknown = (value: Value | undefined): boolean => {
  const bare = plain(value)
  return typeof bare === 'object' && bare !== null && !Array.isArray(bare) && '$unknown' in bare
}

export const isRecord = (value: Value | undefined): value is { [key: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('$unknown' in value) && !('$asset' in value)

/** Reads one resource, and notes what it could not read. */
export interface Facts {
  readonly resource: Resource
  /** The value that the program passed at `path`. An unknown comes out as undefined, and is noted. */
  value(path: string): Value | undefined
  /** A word that AWS gives when the thing is made, such as the id of a VPC's main table. */
  made(path: string): string | undefined
  /** A word, or undefined. */
  text(path: string): string | undefined
  /** True only where it says so; an unknown is noted. */
  flag(path: string): boolean | undefined
  /** A whole number, also one that was written as text. */
  number(path: string): number | undefined
  /** The words of a list; a single word counts as a list of one. */
  texts(path: string): string[]
  /** The records of a list, each with facts of its own; a single record counts as a list of one. */
  list(path: string): Facts[]
  note(property: string, why: string): void
}

/** Facts of a resource; unknowns go to `undecided`. */
export function factsOf(resource: Resource, undecided: Undecided[]): Facts {
  // What was read (`get`) has only its state; of what is made, the inputs are the program's own words.
  return reader(resource, resource.read ? resource.outputs : resource.inputs, '', undecided)
}

function reader(resource: Resource, properties: Properties, prefix: string, undecided: Undecided[]): Facts {
  const note = (property: string, why: string) => {
    const entry = { urn: resource.urn, property: prefix + property, why }
    if (!undecided.some((other) => JSON.stringify(other) === JSON.stringify(entry))) undecided.push(entry)
  }
  const at = (path: string): Value | undefined => {
    const found = follow(properties, path)
    if (!isUnknown(found)) return found
    note(path, 'is not known before `up`')
    return undefined
  }
  const items = (path: string): Value[] => {
    const value = at(path)
    return value === undefined ? [] : Array.isArray(value) ? value : [value]
  }
  const facts: Facts = {
    resource,
    value: at,
    made: (path) => {
      const found = follow(resource.outputs, path)
      return typeof found === 'string' && found !== '' ? found : undefined
    },
    text: (path) => {
      const value = at(path)
      return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined
    },
    flag: (path) => {
      const value = at(path)
      return typeof value === 'boolean' ? value : value === 'true' ? true : value === 'false' ? false : undefined
    },
    number: (path) => {
      const value = at(path)
      const number =
        typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : Number.NaN
      return Number.isInteger(number) ? number : undefined
    },
    texts: (path) =>
      items(path).flatMap((item, i) => {
        const bare = plain(item)
        if (isUnknown(bare)) note(`${path}[${i}]`, 'is not known before `up`')
        return typeof bare === 'string' ? [bare] : typeof bare === 'number' ? [String(bare)] : []
      }),
    list: (path) =>
      items(path).flatMap((item, i) => {
        const bare = plain(item)
        if (isUnknown(bare)) note(`${path}[${i}]`, 'is not known before `up`')
        return isRecord(bare) ? [reader(resource, bare, `${prefix}${path}[${i}].`, undecided)] : []
      }),
    note,
  }
  return facts
}

function follow(from: Properties, path: string): Value | undefined {
  let here: Value | undefined = from
  for (const key of path.split('.')) {
    here = plain(here)
    // Where a provider writes a single block as a list of one (`vpcConfig: [{...}]`), both spellings say the same.
    if (Array.isArray(here) && here.length === 1 && !/^[0-9]+$/.test(key)) here = plain(here[0])
    if (isUnknown(here)) return here
    if (Array.isArray(here)) here = here[Number(key)]
    else if (isRecord(here)) here = here[key]
    else return undefined
  }
  return plain(here)
}

/** Where a thing is looked up by the names that others call it: its id, its ARN, its name. */
export interface Index {
  /** The resource of one of these types that goes by this id, ARN or name. */
  find(types: readonly string[], called: string | undefined): Resource | undefined
  of(...types: readonly string[]): Resource[]
}

const callings = ['arn', 'name', 'replicationGroupId', 'clusterIdentifier', 'identifier', 'latestVersionArn']

export function indexOf(graph: Graph): Index {
  const called = new Map<string, Resource[]>()
  const byType = new Map<string, Resource[]>()
  const add = (map: Map<string, Resource[]>, key: string, resource: Resource) => {
    const all = map.get(key)
    if (all) all.push(resource)
    else map.set(key, [resource])
  }
  for (const resource of graph.resources) {
    add(byType, resource.type, resource)
    const words = [resource.id, ...callings.map((key) => resource.outputs[key] ?? resource.inputs[key])]
    for (const word of new Set(words.map(plain))) if (typeof word === 'string') add(called, word, resource)
  }
  return {
    find: (types, word) =>
      word === undefined ? undefined : (called.get(word) ?? []).find((resource) => types.includes(resource.type)),
    of: (...types) => types.flatMap((type) => byType.get(type) ?? []),
  }
}

/** How a person finds a resource: its name and the last word of its type. */
export const label = (resource: Resource): string => `${resource.type.split(':').at(-1)} '${resource.name}'`
