import resourceProto from '@pulumi/pulumi/proto/resource_pb.js'
import type { Graph, Resource, Value } from '../../../plan/graph.ts'
import type { Call } from './runtime.ts'

/** Why a plan and the wire may differ. Each is a rule, and none names a resource. */
export type Reason =
  /** What a model made in a plugin's stead: on the wire the plugin would have sent it, and there is no plugin. */
  | 'modelled'
  /** The SDK sends what a resource was given; the plan shows what transforms that reach it made of that. */
  | 'transformed'
  /** The SDK leaves out what the engine lets a resource take from its parent. */
  | 'inherited'

export interface Difference {
  urn: string
  what: string
  plan: unknown
  wire: unknown
}

export interface Comparison {
  compared: number
  explained: Record<Reason, number>
  differences: Difference[]
}

const signature = '4dabf18193072939515e22adb298388d'
const unknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

/** A value of the plan, written as the wire writes it. */
function written(value: Value): unknown {
  if (Array.isArray(value)) return value.map(written)
  if (typeof value !== 'object' || value === null) return value
  if ('$unknown' in value) return unknown
  if ('$secret' in value)
    return { [signature]: '1b47061264138c4ac30d75fd1eb44270', value: written(value.$secret as Value) }
  if ('$resource' in value) {
    const id = value.id === undefined ? {} : { id: written(value.id as Value) }
    return { [signature]: '5cf8f73096256a8f31e491e813e4eb8e', urn: value.$resource, ...id }
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, written(inner as Value)]))
}

/** A value of the wire without output values, which carry dependencies to plugins: a value, a secret or the unknown is left. */
function settled(raw: unknown): unknown {
  if (Array.isArray(raw)) return raw.map(settled)
  if (typeof raw !== 'object' || raw === null) return raw
  const map = raw as Record<string, unknown>
  if (map[signature] === 'd0e6a833031e9bbcd3f4e8bde6ca49a4') {
    const value = 'value' in map ? settled(map.value) : unknown
    return map.secret ? { [signature]: '1b47061264138c4ac30d75fd1eb44270', value } : value
  }
  return Object.fromEntries(Object.entries(map).map(([key, inner]) => [key, settled(inner)]))
}

/** The same text for the same content, whatever the order of keys. */
const text = (value: unknown): string =>
  JSON.stringify(value, (_, inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  ) ?? 'undefined'

const filled = (entries: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(entries).filter(([, value]) => value !== '' && value !== undefined && value !== false),
  )

type Facts = Record<string, unknown>

/** What a registration says on the wire. */
function fromWire(bytes: Uint8Array): { key: string; facts: Facts; transforms: number } {
  const request = resourceProto.RegisterResourceRequest.deserializeBinary(bytes)
  const raw = request.toObject()
  const dependencies = Object.fromEntries(
    raw.propertydependenciesMap.map(([key, { urnsList }]) => [key, [...urnsList].sort()]),
  )
  const { create, update, pb_delete } = raw.customtimeouts ?? {}
  const timeouts = filled({ create, update, delete: pb_delete })
  const facts = {
    custom: raw.custom,
    remote: raw.remote,
    inputs: settled(request.getObject()?.toJavaScript()),
    dependencies: [...raw.dependenciesList].sort(),
    propertyDependencies: dependencies,
    protect: raw.protect ?? false,
    retainOnDelete: raw.retainondelete ?? false,
    deletedWith: raw.deletedwith,
    deleteBeforeReplace: raw.deletebeforereplacedefined ? raw.deletebeforereplace : undefined,
    provider: raw.type.startsWith('pulumi:providers:') ? '' : raw.provider,
    providers: Object.fromEntries(raw.providersMap),
    aliases: raw.aliasesList.map(({ urn, spec }) => (spec ? filled({ ...spec }) : urn)),
    ignoreChanges: raw.ignorechangesList,
    replaceOnChanges: raw.replaceonchangesList,
    additionalSecretOutputs: raw.additionalsecretoutputsList,
    importId: raw.importid,
    timeouts,
    version: raw.version,
    pluginDownloadUrl: raw.plugindownloadurl,
  }
  return { key: `${raw.parent} ${raw.type} ${raw.name}`, facts, transforms: raw.transformsList.length }
}

/** The same of a record of the plan. */
function fromPlan(resource: Resource): Facts {
  const { deletedWith = '', importId = '', version = '', pluginDownloadUrl = '', provider = '' } = resource
  const aliases = resource.aliases.map((alias) => {
    if (typeof alias === 'string') return alias
    const { parent, noParent, ...rest } = alias
    return filled({ ...rest, parenturn: parent, noparent: noParent })
  })
  const inputs = written(resource.inputs)
  const { deleteBeforeReplace } = resource
  return {
    ...resource,
    inputs,
    aliases,
    deletedWith,
    importId,
    version,
    pluginDownloadUrl,
    provider,
    deleteBeforeReplace,
  }
}

function isInherited(graph: Graph, resource: Resource, what: string, wire: unknown): boolean {
  const parent = graph.resources.find(({ urn }) => urn === resource.parent)
  const silent = wire === '' || wire === false || text(wire) === '{}'
  const inheritable = ['protect', 'retainOnDelete', 'deletedWith', 'provider', 'providers'].includes(what)
  return (
    inheritable &&
    silent &&
    parent !== undefined &&
    text(Reflect.get(parent, what)) === text(Reflect.get(resource, what))
  )
}

/** Compares a plan with what the runtime sent, resource by resource, property by property, and option by option. */
export function compare(graph: Graph, calls: readonly Call[]): Comparison {
  const sent = new Map(
    calls
      .filter(({ method }) => method === 'registerResource')
      .map(({ bytes }) => {
        const { key, ...rest } = fromWire(bytes)
        return [key, rest]
      }),
  )
  const stackTransforms = calls.some(({ method }) => method === 'registerStackTransform')
  const explained: Record<Reason, number> = { modelled: 0, transformed: 0, inherited: 0 }
  const differences: Difference[] = []
  const transformed = new Set<string>()
  let compared = 0
  for (const resource of graph.resources.filter(({ read }) => !read)) {
    const key = `${resource.parent ?? ''} ${resource.type} ${resource.name}`
    const wire = sent.get(key)
    sent.delete(key)
    if (!wire) {
      if (resource.modelled) explained.modelled += 1
      else differences.push({ urn: resource.urn, what: 'is only planned', plan: resource.type, wire: undefined })
      continue
    }
    compared += 1
    if (wire.transforms > 0 || stackTransforms || transformed.has(resource.parent ?? '')) transformed.add(resource.urn)
    const plan = fromPlan(resource)
    for (const [what, value] of Object.entries(wire.facts)) {
      if (text(plan[what]) === text(value)) continue
      if (isInherited(graph, resource, what, value)) explained.inherited += 1
      else if (transformed.has(resource.urn)) explained.transformed += 1
      else differences.push({ urn: resource.urn, what, plan: plan[what], wire: value })
    }
  }
  for (const key of sent.keys()) differences.push({ urn: key, what: 'is only on the wire', plan: undefined, wire: key })
  return { compared, explained, differences }
}

/** The stack's outputs as the wire has them. */
export function outputsOnWire(graph: Graph, calls: readonly Call[]): { plan: string; wire: string } {
  const stack = graph.resources[0]?.urn
  const requests = calls
    .filter(({ method }) => method === 'registerResourceOutputs')
    .map(({ bytes }) => resourceProto.RegisterResourceOutputsRequest.deserializeBinary(bytes))
  const outputs = requests
    .find((request) => request.getUrn() === stack)
    ?.getOutputs()
    ?.toJavaScript()
  return { plan: text(written(graph.outputs)), wire: text(outputs) }
}
