import type { Graph, Properties, Resource, Value } from '../../plan/graph.ts'
import { signatureKey, unknownValue } from '../../plan/values.ts'

/** What an engine says of a resource: in the digest of a preview, or in an exported state. */
export interface Recorded {
  urn: string
  type: string
  custom: boolean
  id?: string
  parent?: string
  protect?: boolean
  deletedWith?: string
  provider?: string
  inputs?: Record<string, unknown>
  dependencies?: string[]
  propertyDependencies?: Record<string, string[]>
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const unknown = '<unknown>'
const secret = '<secret>'

/** One spelling for what both sides spell in their own way; null and absent are one. */
function spell(value: unknown): unknown {
  if (value === unknownValue || value === unknown) return unknown
  if (value === '[secret]') return secret
  if (Array.isArray(value)) return value.map(spell)
  if (!isObject(value)) return value
  if ('$unknown' in value) return unknown
  if ('$secret' in value || typeof value[signatureKey] === 'string') return secret
  const entries = Object.entries(value).map(([key, item]) => [key, spell(item)] as const)
  return Object.fromEntries(entries.filter(([, item]) => item !== null && item !== undefined).sort())
}

/** The properties without what stands at a path such as `metadata.name`. */
function without(properties: Record<string, unknown>, path: string): Record<string, unknown> {
  const [head = '', ...rest] = path.split('.')
  const { [head]: inner, ...others } = properties
  if (rest.length === 0 || !isObject(inner)) return others
  return { ...others, [head]: without(inner, rest.join('.')) }
}

/** In what ways an engine's record of a resource may differ from the plan's, and why. None is about one resource. */
export const rules = {
  names: "A provider's Check writes the names that it gives into the inputs; the plan keeps the program's inputs.",
  namespace: "Check of an object in Kubernetes writes its namespace, and 'metadata' with it.",
  providers:
    "The engine writes a provider's version, and notes of its own, into its inputs; what has no provider gets a default one.",
  components:
    'Of a component that a plugin constructs, the engine records what the plugin registers, the plan what the program asked for.',
} as const

function engineInputs(plan: Resource, engine: Recorded): unknown {
  if (!plan.custom && plan.remote) return {}
  let inputs = engine.inputs ?? {}
  for (const path of plan.autonamed) inputs = without(inputs, path)
  if (plan.type.startsWith('kubernetes:') && !hasPath(plan.inputs, 'metadata', 'namespace'))
    inputs = without(inputs, 'metadata.namespace')
  if (plan.type.startsWith('pulumi:providers:')) inputs = without(without(inputs, 'version'), '__internal')
  return inputs
}

const hasPath = (properties: Properties, first: string, second: string): boolean => {
  const inner = properties[first]
  return isObject(inner) && second in inner
}

const planInputs = (plan: Resource): Value => (!plan.custom && plan.remote ? {} : plan.inputs)

const sorted = (urns: string[] | undefined): string[] => [...new Set(urns ?? [])].sort()

function pick(resource: Recorded | Resource, inputs: unknown) {
  const properties = Object.entries(resource.propertyDependencies ?? {}).filter(([, urns]) => (urns ?? []).length > 0)
  return {
    type: resource.type,
    custom: resource.custom,
    parent: resource.parent ?? '',
    protect: resource.protect ?? false,
    provider: (resource.provider ?? '').split('::').slice(0, 4).join('::'),
    dependencies: sorted(resource.dependencies),
    propertyDependencies: Object.fromEntries(properties.map(([key, urns]) => [key, sorted(urns)] as const).sort()),
    inputs: spell(inputs),
  }
}

/** Both sides of a comparison: by URN, in one order, spelt alike. */
export function sides(graph: Graph, engine: Recorded[]) {
  const plan = new Map(graph.resources.map((resource) => [resource.urn, resource]))
  const remote = new Set(graph.resources.filter(({ custom, remote }) => remote && !custom).map(({ urn }) => urn))
  const byUrn = (a: { urn: string }, b: { urn: string }) => (a.urn < b.urn ? -1 : 1)
  const isDefault = ({ type, urn }: Recorded) => type.startsWith('pulumi:providers:') && /::default(_|$)/.test(urn)
  const ofEngine = engine
    .filter((recorded) => !isDefault(recorded))
    .toSorted(byUrn)
    .map((recorded) => {
      const planned = plan.get(recorded.urn)
      return [recorded.urn, pick(recorded, planned ? engineInputs(planned, recorded) : recorded.inputs)] as const
    })
  const ofPlan = graph.resources
    .toSorted(byUrn)
    .map((resource) => [resource.urn, pick(resource, planInputs(resource))] as const)
  for (const [urn, record] of [...ofEngine, ...ofPlan]) {
    if (remote.has(urn)) Object.assign(record, { dependencies: [], propertyDependencies: {}, provider: '' })
  }
  return { engine: Object.fromEntries(ofEngine), plan: Object.fromEntries(ofPlan) }
}
