import type { Resource } from './graph.ts'
import type { Run } from './run.ts'
import { packageOf, parseReference } from './urn.ts'
import { bare, hasUnknown, unknownValue, type Wire } from './values.ts'

/** The account of a default provider, about which nothing is known: one that AWS's own documentation uses. */
const documentationAccount = '123456789012'

/** The settings of the provider that a resource uses; those of a default provider come from the configuration. */
function settingsOf(run: Run, resource: Resource): Wire {
  if (resource.provider) return run.entries.get(parseReference(resource.provider).urn)?.inputs ?? {}
  const prefix = `${packageOf(resource.type)}:`
  const config = Object.entries(run.order.config).filter(([key]) => key.startsWith(prefix))
  return Object.fromEntries(config.map(([key, value]) => [key.slice(prefix.length), value]))
}

/** Whether the engine could ask the provider: one with an unknown setting is not started in a preview. */
export const isConfigured = (run: Run, resource: Resource): boolean => !hasUnknown(settingsOf(run, resource))

/** A setting of a provider that travels as JSON text. */
function parsed(value: unknown): unknown {
  const plain = bare(value)
  if (typeof plain !== 'string') return plain
  try {
    return JSON.parse(plain)
  } catch {
    return plain
  }
}

/** The account that a provider works in: the only one it allows, or that of the role it takes. */
export function accountOfSettings(settings: Wire): string {
  const allowed = parsed(settings.allowedAccountIds)
  if (Array.isArray(allowed) && allowed.length === 1) return String(allowed[0])
  const role = /arn:[^:]*:iam::([0-9]{12}):role\//.exec(JSON.stringify(parsed(settings.assumeRoles) ?? ''))
  return role?.[1] ?? documentationAccount
}

/** The region that a provider works in. */
export function regionOfSettings(settings: Wire): string {
  const plain = bare(settings.region)
  return typeof plain === 'string' && plain !== unknownValue ? plain : 'us-east-1'
}

export const accountOf = (run: Run, resource: Resource): string => accountOfSettings(settingsOf(run, resource))

/** The region of a resource: its own, or its provider's. */
export function regionOf(run: Run, resource: Resource): string {
  const { region } = resource.inputs
  return typeof region === 'string' ? region : regionOfSettings(settingsOf(run, resource))
}

/** The tags that the provider puts on everything, or undefined where they are not known. */
export function defaultTagsOf(run: Run, resource: Resource): Wire | undefined {
  const defaults = parsed(settingsOf(run, resource).defaultTags)
  if (hasUnknown(defaults)) return undefined
  const tags = typeof defaults === 'object' && defaults !== null ? (defaults as { tags?: Wire }).tags : undefined
  return tags ?? {}
}

/** The namespace of what names none: the provider's own setting, or the cluster's default. */
export function namespaceOf(run: Run, resource: Resource): string {
  const { namespace } = settingsOf(run, resource)
  return typeof namespace === 'string' && namespace !== '' ? namespace : 'default'
}
