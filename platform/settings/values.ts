import { Errors } from 'typebox/value'
import { nearest } from './nearest.ts'
import { type Finding, fullKey, type SettingSchema, shown, wanted } from './problems.ts'
import { typeOf } from './project-schema.ts'
import { sentences } from './sentences.ts'

/** Configuration as Pulumi hands it to a program: full keys, every value a text, lists and objects as JSON. */
export type Config = Readonly<Record<string, string>>

/** What a schema makes of a configuration. */
export interface Reading {
  /** Values with their types, defaults filled in; a setting with a problem is left out. */
  values: Record<string, unknown>
  problems: Finding[]
  warnings: Finding[]
}

/** Reads a configuration by a schema, whatever its settings are; finds all that is wrong. */
export function readValues(schema: SettingSchema, config: Config, secretKeys: readonly string[]): Reading {
  const values: Record<string, unknown> = {}
  const problems: Finding[] = []
  for (const [key, setting] of Object.entries(schema.properties ?? {})) {
    const full = fullKey(key)
    const found = readOne(key, setting, config[full], secretKeys.includes(full))
    problems.push(...found.problems)
    if (found.problems.length === 0) values[key] = found.value
  }
  problems.push(...unknownKeys(Object.keys(schema.properties ?? {}), config, secretKeys))
  return { values, problems, warnings: ignoredKeys(config) }
}

function readOne(key: string, schema: SettingSchema, text: string | undefined, secret: boolean) {
  const wrong = (sentence: string) => ({ value: undefined, problems: [{ path: key, text: sentence }] })
  if (text === undefined) {
    if (schema.default !== undefined) return { value: structuredClone(schema.default), problems: [] }
    return wrong(`is not set; use ${wanted(schema)}`)
  }
  if (schema.secret && !secret) {
    return wrong(`is a secret in plain text; use pulumi config set --secret ${key}, and change what has been seen`)
  }
  const { value, sentence } = parse(schema, text)
  const problems = sentence ? [{ path: key, text: sentence }] : findBroken(key, schema, value)
  if (schema.secret && problems.length > 0)
    return wrong(`is not right (it is secret, so not shown); use ${wanted(schema)}`)
  return { value, problems }
}

/** Types a text as its schema asks; what a person would not write as such a value is a sentence. */
function parse(schema: SettingSchema, text: string): { value?: unknown; sentence?: string } {
  const type = typeOf(schema)
  if (type === 'string') return { value: text }
  if (type === 'boolean' && (text === 'true' || text === 'false')) return { value: text === 'true' }
  if (type === 'integer' && /^(0|-?[1-9]\d*)$/.test(text)) return { value: Number(text) }
  if (type === 'array' || type === 'object') {
    try {
      const value: unknown = JSON.parse(text)
      if (typeof value === 'object') return { value }
    } catch {
      // What is no JSON was one plain value in YAML.
    }
  }
  return { sentence: sentences.type?.({ ...schema, type }, text) }
}

/** One finding for each constraint of the schema that a value breaks. */
export function findBroken(key: string, schema: SettingSchema, value: unknown): Finding[] {
  return Errors(schema, value).flatMap(({ keyword, instancePath, schemaPath }) => {
    // TypeBox reports a property too many at its object and once more at itself.
    if (keyword === 'boolean' && schemaPath.endsWith('/additionalProperties')) return []
    const steps = instancePath.split('/').slice(1)
    const at = steps.reduce(descend, { path: key, schema, value })
    const sentence = sentences[keyword]
    if (!sentence) throw new Error(`No sentence is known for the constraint ${keyword} of ${fullKey(at.path)}.`)
    return [{ path: at.path, text: sentence(at.schema, at.value) }]
  })
}

interface Place {
  path: string
  schema: SettingSchema
  value: unknown
}

function descend({ path, schema, value }: Place, step: string): Place {
  const inside = (value as Record<string, unknown>)[step]
  if (!schema.items) return { path: `${path}.${step}`, schema: schema.properties?.[step] ?? {}, value: inside }
  // An item is described where its list is.
  return { path: `${path}[${step}]`, schema: { wanted: schema.wanted, ...schema.items }, value: inside }
}

function unknownKeys(known: string[], config: Config, secretKeys: readonly string[]): Finding[] {
  return Object.entries(config)
    .filter(([full]) => full.startsWith('dhakacart:') && !known.map(fullKey).includes(full))
    .map(([full, value]) => {
      const key = full.slice('dhakacart:'.length)
      const meant = key === 'region' ? 'use aws:region' : nearest(key, known)
      const said = secretKeys.includes(full) ? 'a secret' : shown(value)
      return { path: full, text: `is not known, and set to ${said}; ${meant}` }
    })
}

/** Keys of other namespaces. They pass, since Pulumi itself reads some, but what nothing reads is said. */
function ignoredKeys(config: Config): Finding[] {
  return Object.keys(config)
    .filter((key) => !/^(dhakacart|pulumi):/.test(key) && key !== 'aws:region')
    .map((key) => ({
      path: key,
      text: 'is ignored: the program makes its own providers, from dhakacart:* and aws:region',
    }))
}
