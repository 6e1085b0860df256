import type { SettingSchema } from './problems.ts'
import { schema } from './schema.ts'

/** A setting as `config:` of Pulumi.yaml declares it. Pulumi knows types, items and defaults; bounds and the rest are ours alone. */
export interface Declaration {
  type: string
  items?: { type: string }
  description: string
  default?: unknown
  secret?: true
}

/** What `config:` of Pulumi.yaml must be, made of our schema. `region` is not in it: it is the AWS provider's own `aws:region`. */
export function projectConfig(): Record<string, Declaration> {
  const settings = Object.entries(schema.properties as Record<string, SettingSchema>)
  return Object.fromEntries(
    settings.filter(([key]) => key !== 'region').map(([key, setting]) => [key, declare(setting)]),
  )
}

function declare(setting: SettingSchema): Declaration {
  return {
    type: typeOf(setting),
    ...(setting.items && { items: { type: typeOf(setting.items) } }),
    description: setting.description ?? '',
    ...(setting.default !== undefined && { default: setting.default }),
    ...(setting.secret && { secret: true as const }),
  }
}

/** The type of a setting; a choice has none in the schema, so it is that of what can be chosen. */
export function typeOf(setting: SettingSchema): string {
  if (setting.type) return setting.type
  return typeof setting.enum?.[0] === 'number' ? 'integer' : 'string'
}
