import { envSchema } from 'env-schema'
import { type Static, type TSchema, Type } from 'typebox'
import { crossCheck } from './cross-checks.ts'
import { type SettingsSchema, settingsSchema } from './settings-schema.ts'

type Values = { [K in keyof SettingsSchema]: Static<SettingsSchema[K]> }

/** The settings that may also come as a file (`..._FILE`), which is read again when it changes. */
export type SecretName =
  | 'databaseUrl'
  | 'databasePassword'
  | 'redisUrl'
  | 'jwtKeys'
  | 'paymentWebhookSecret'
  | 'outboxWebhookSecret'

type OptionalName = 'databaseCaFile' | 'databaseMasterSecretId' | 'awsRegion' | 'redisCacheName' | 'outboxWebhookUrl'

/** The settings of this process, read and checked once; lists are split, a secret is there as a value or as a file. */
export type Settings = Omit<Values, 'trustProxy' | 'corsOrigins' | OptionalName | SecretName> &
  Partial<Record<OptionalName | SecretName | `${SecretName}File`, string>> & {
    trustProxy: string[]
    corsOrigins: string[]
  }

/** Thrown with one line for each setting that is wrong: its name, its value, what would be right. */
export class SettingsError extends Error {
  readonly problems: string[]

  constructor(problems: string[]) {
    super(
      `${problems.length === 1 ? 'A setting is' : `${problems.length} settings are`} wrong:\n${problems.map((p) => `  ${p}`).join('\n')}`,
    )
    this.name = 'SettingsError'
    this.problems = problems
  }
}

type Environment = Record<string, string | undefined>

interface SettingSchema extends TSchema {
  description: string
  default?: unknown
  secret?: boolean
  required?: boolean
  enum?: string[]
  minimum?: number
  maximum?: number
  accepts?: (item: string) => boolean
  wanted?: string
}

const definitions = Object.entries<TSchema>(settingsSchema) as [string, SettingSchema][]

/** The name of a setting in the environment: `drainMs` is DRAIN_MS. */
export function environmentName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
}

/** One row for each setting: what `--help` prints, and what a platform may set. */
export function describeSettings(): { name: string; secret: boolean; default: string; description: string }[] {
  return definitions.map(([key, schema]) => ({
    name: environmentName(key),
    secret: schema.secret === true,
    default: schema.default === undefined || schema.default === '' ? '' : String(schema.default),
    description: schema.description,
  }))
}

/** What a command needs that talks to the database and serves nobody. */
export type DatabaseSettings = Pick<Settings, Extract<keyof Settings, `database${string}` | 'awsRegion' | 'logLevel'>>

/**
 * Reads the settings from an environment.
 * @throws SettingsError naming every setting that is wrong, at once.
 */
export function readSettings(environment: Environment): Settings {
  return readChosen(environment, definitions)
}

/** Reads only what concerns the database. */
export function readDatabaseSettings(environment: Environment): DatabaseSettings {
  return readChosen(
    environment,
    definitions.filter(([key]) => key.startsWith('database') || key === 'awsRegion' || key === 'logLevel'),
  )
}

function readChosen(environment: Environment, chosen: typeof definitions): Settings {
  const problems: string[] = []
  const values = readValues(environment, problems)
  const settings: Record<string, unknown> = {}
  for (const [key, schema] of chosen) {
    const name = environmentName(key)
    settings[key] = schema.accepts ? readList(name, String(values[name] ?? ''), schema, problems) : values[name]
    if (schema.secret) {
      settings[`${key}File`] = values[`${name}_FILE`]
      checkSecret(name, schema, values, problems)
    }
  }
  problems.push(...crossCheck(settings as Settings))
  if (problems.length > 0) throw new SettingsError(problems)
  return settings as Settings
}

/** Types and bounds, by env-schema. An empty string counts as not set, as it does for a container. */
function readValues(environment: Environment, problems: string[]): Record<string, unknown> {
  const properties: Record<string, TSchema> = {}
  for (const [key, schema] of definitions) {
    const { accepts: _, wanted: __, secret, required: ___, ...plain } = schema
    properties[environmentName(key)] = plain as TSchema
    if (secret) properties[`${environmentName(key)}_FILE`] = Type.String({ minLength: 1 })
  }
  const data = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => name in properties && value !== ''),
  )
  for (const [name, value] of Object.entries(data)) {
    const schema = properties[name] as SettingSchema
    // Ajv would read 1e3 and 0x10 as numbers too.
    if (schema.minimum !== undefined && !/^-?\d+$/.test(String(value))) {
      problems.push(`${name} is ${quoted(value)}: ${wanted(schema)}.`)
      delete data[name]
    }
  }
  try {
    return envSchema({ schema: { type: 'object', properties }, data, env: false })
  } catch (error) {
    const failures = (error as { errors?: { instancePath: string }[] }).errors
    if (!failures) throw error
    for (const name of new Set(failures.map((failure) => failure.instancePath.slice(1)))) {
      const schema = properties[name] as SettingSchema
      problems.push(`${name} is ${schema.secret ? 'not of the right form' : quoted(data[name])}: ${wanted(schema)}.`)
      delete data[name]
    }
    // Without what is wrong, so that everything else gets its default and is checked too.
    return envSchema({ schema: { type: 'object', properties }, data, env: false })
  }
}

function readList(name: string, value: string, schema: SettingSchema, problems: string[]): string[] {
  const items = value.split(',').flatMap((item) => item.trim() || [])
  for (const item of items) {
    if (!schema.accepts?.(item)) problems.push(`${name} has ${quoted(item)}: each entry must be ${schema.wanted}.`)
  }
  return items
}

function checkSecret(name: string, schema: SettingSchema, values: Record<string, unknown>, problems: string[]): void {
  const given = [values[name], values[`${name}_FILE`]].filter((value) => value !== undefined)
  if (given.length === 2) problems.push(`${name} and ${name}_FILE are both set: set one of them.`)
  if (given.length === 0 && schema.required)
    problems.push(`${name} is not set: ${schema.description} Set it, or ${name}_FILE.`)
}

function wanted(schema: SettingSchema): string {
  if (schema.enum) return `it must be one of ${schema.enum.join(', ')}`
  if (schema.minimum !== undefined) return `it must be a whole number from ${schema.minimum} to ${schema.maximum}`
  return `it must be set to this: ${schema.description.replace(/\.$/, '')}`
}

function quoted(value: unknown): string {
  return JSON.stringify(String(value))
}
