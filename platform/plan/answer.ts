import type { Resource } from './graph.ts'
import { hash } from './hash.ts'
import { computedInside } from './made-up/derived.ts'
import { madeUp } from './made-up/index.ts'
import { autoname } from './names.ts'
import { accountOf, defaultTagsOf, isConfigured, namespaceOf, regionOf } from './providers.ts'
import type { Run } from './run.ts'
import { hasProperty } from './schemas.ts'
import { isProvider, packageOf } from './urn.ts'
import { bare, hiding, secretOf, unknownValue, type Wire, withinSecret } from './values.ts'

/** What a provider would answer: an id ('' where it is not known), the state, and which of it the provider named by itself. */
export interface Answered {
  id: string
  outputs: Wire
  autonamed: string[]
}

/** Outputs with those marked that the program wants secret, known or not. */
function withSecrets(resource: Resource, outputs: Wire): Wire {
  const marked = resource.additionalSecretOutputs.map((key) => [key, secretOf(outputs[key] ?? unknownValue)])
  return { ...outputs, ...Object.fromEntries(marked) }
}

/** The id of a provider: random in an engine, known in no preview. */
const providerId = (urn: string): string =>
  `${hash(urn, 8)}-${hash(`${urn}1`, 4)}-4${hash(`${urn}2`, 3)}-8${hash(`${urn}3`, 3)}-${hash(`${urn}4`, 12)}`

/**
 * Answers the registration of a resource. `plain` are its inputs without secrets' wrapping, `inputs` those as they came. A provider
 * whose own settings are not known is not asked: then nothing of its resources is, and no name is made up.
 */
export function answer(run: Run, resource: Resource, plain: Wire, inputs: Wire): Answered {
  const { mode } = run.order
  if (isProvider(resource.type))
    return { id: mode === 'preview' ? '' : providerId(resource.urn), outputs: inputs, autonamed: [] }
  if (!isConfigured(run, resource)) return { id: '', outputs: {}, autonamed: [] }
  const named = autoname(resource, inputs, namespaceOf(run, resource))
  const outputs: Wire = { ...inputs, ...named.outputs }
  const tags = tagsAllOf(run, resource, inputs.tags)
  if (tags !== undefined) outputs.tagsAll = tags
  if (mode === 'preview') {
    const known = { ...outputs, ...computedInside(resource.type, inputs) }
    return { id: '', outputs: withSecrets(resource, known), autonamed: named.paths }
  }
  const made = madeUp({
    type: resource.type,
    urn: resource.urn,
    name: resource.name,
    inputs: bare({ ...plain, ...named.outputs }) as Wire,
    account: accountOf(run, resource),
    region: regionOf(run, resource),
    find: (id) => stateOf(run, id),
  })
  const hide = hiding(inputs)
  const state = { ...regional(run, resource), ...hide(made.outputs), ...outputs, ...hide(made.overrides) }
  return {
    id: made.id,
    outputs: withSecrets(resource, state),
    autonamed: named.paths,
  }
}

/** Where an AWS resource stands, if it stands in a region. */
const regional = (run: Run, resource: Resource): Wire =>
  packageOf(resource.type) === 'aws' && hasProperty(resource.type, 'region') ? { region: regionOf(run, resource) } : {}

/** The tags of an AWS resource with those that its provider puts on everything. */
function tagsAllOf(run: Run, resource: Resource, tags: unknown): unknown {
  if (packageOf(resource.type) !== 'aws' || !hasProperty(resource.type, 'tagsAll')) return undefined
  const defaults = defaultTagsOf(run, resource)
  if (defaults === undefined || tags === unknownValue) return unknownValue
  return withinSecret(tags, (own) => ({ ...defaults, ...(own as Wire | undefined) }))
}

/** What is known of the resource that has an id. */
function stateOf(run: Run, id: unknown): Wire | undefined {
  if (typeof id !== 'string') return undefined
  const entry = run.byId.get(id)
  return entry && (bare({ ...entry.inputs, ...entry.outputs }) as Wire)
}

/** Answers `Type.get(...)`: the id is the program's own; the rest is the cloud's, which nobody has asked. */
export function answerRead(run: Run, resource: Resource, id: string, props: Wire): Answered {
  if (resource.type === 'pulumi:pulumi:StackReference') return { id, outputs: stackOutputsOf(run, id), autonamed: [] }
  if (id === '' || id === unknownValue || !isConfigured(run, resource)) return { id: '', outputs: {}, autonamed: [] }
  return { id, outputs: withSecrets(resource, props), autonamed: [] }
}

function stackOutputsOf(run: Run, name: string): Wire {
  const outputs = run.order.stackOutputs[name]
  if (!outputs) {
    const text = `The program reads the stack '${name}', whose outputs are unknown here; give them in stackOutputs['${name}'].`
    run.graph.messages.push({ severity: 'info', text })
    return { name }
  }
  return { name, outputs, secretOutputNames: [] }
}
