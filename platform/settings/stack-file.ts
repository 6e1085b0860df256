import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nearest } from './nearest.ts'
import { asMap, readMap, StackFileError } from './yaml.ts'

export { StackFileError } from './yaml.ts'

/** The repository, where Pulumi.yaml and the stack files are. */
export const repository = fileURLToPath(new URL('../..', import.meta.url))

/** What stands in the place of an encrypted value. Nothing here decrypts; a plan shows at most this. */
export const secretPlaceholder = '[secret]'

/** A stack's configuration as Pulumi hands it to the program. */
export interface StackConfig {
  project: string
  stack: string
  /** Full keys, every value a text, lists and objects as JSON. */
  config: Record<string, string>
  /** Full keys of what is encrypted. */
  secretKeys: string[]
  /** Full keys that the stack file sets itself; the others are defaults of Pulumi.yaml. */
  ownKeys: string[]
}

/** The names of the stacks that have a file, in order. */
export async function listStacks(directory: string = repository): Promise<string[]> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    throw new StackFileError(
      `${directory} cannot be read (${error.code}); it must be a directory with Pulumi.yaml.`,
      error,
    )
  })
  return names.flatMap((name) => /^Pulumi\.([A-Za-z0-9_.-]+)\.yaml$/.exec(name)?.[1] ?? []).sort()
}

/**
 * Loads Pulumi.yaml and a stack's file.
 * @throws StackFileError in one sentence: no such stack (with those that there are), no YAML, not a stack file.
 */
export async function loadStack(stack: string, directory: string = repository): Promise<StackConfig> {
  const stacks = await listStacks(directory)
  if (!stacks.includes(stack)) {
    const known = stacks.length === 0 ? 'there is none' : `known are ${stacks.join(', ')}`
    throw new StackFileError(`There is no stack ${JSON.stringify(stack)} in ${directory}; ${known}.`)
  }
  const { project, defaults } = await readProject(directory)
  const own = await readStackFile(stack, project, directory)
  const values = { ...defaults, ...own }
  const keys = Object.keys(values).sort()
  return {
    project,
    stack,
    config: Object.fromEntries(keys.map((key) => [key, asText(hideSecrets(values[key]))])),
    secretKeys: keys.filter((key) => holdsSecret(values[key])),
    ownKeys: Object.keys(own),
  }
}

async function readProject(directory: string): Promise<{ project: string; defaults: Record<string, unknown> }> {
  const { name, config } = await readMap(join(directory, 'Pulumi.yaml'))
  if (typeof name !== 'string') throw new StackFileError('Pulumi.yaml has no name; it must say name: dhakacart.')
  const defaults: Record<string, unknown> = {}
  for (const [key, declared] of Object.entries(asMap(config ?? {}, 'config of Pulumi.yaml'))) {
    const short = typeof declared !== 'object' || declared === null || Array.isArray(declared)
    const { default: byDefault, value } = short ? { default: declared } : asMap(declared, key)
    if ((byDefault ?? value) !== undefined) defaults[fullName(key, name)] = byDefault ?? value
  }
  return { project: name, defaults }
}

// What Pulumi writes beside `config`; anything else it ignores without a word, a mistyped `confg` too.
const parts = ['config', 'secretsprovider', 'encryptedkey', 'encryptionsalt', 'environment']

async function readStackFile(stack: string, project: string, directory: string): Promise<Record<string, unknown>> {
  const file = `Pulumi.${stack}.yaml`
  const content = await readMap(join(directory, file))
  for (const part of Object.keys(content)) {
    if (!parts.includes(part))
      throw new StackFileError(`${file} has ${part}, which Pulumi does not read; ${nearest(part, parts)}`)
  }
  const config = asMap(content.config ?? {}, `config of ${file}`)
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [fullName(key, project), value]))
}

/** Pulumi's rule: a key without a namespace is the project's, and `a:config:b` is an old way to write `a:b`. */
function fullName(key: string, project: string): string {
  return key.includes(':') ? key.replace(':config:', ':') : `${project}:${key}`
}

function asText(value: unknown): string {
  if (value === null) return ''
  return typeof value === 'object' ? JSON.stringify(sorted(value)) : String(value)
}

/** With keys in order, as Pulumi's JSON has them. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inside]) => [key, sorted(inside)]),
  )
}

/** `secure: <ciphertext>` alone in a map is how Pulumi writes an encrypted value, at any depth. */
function isSecret(value: unknown): boolean {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : []
  return keys.length === 1 && keys[0] === 'secure'
}

function holdsSecret(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return isSecret(value) || Object.values(value).some(holdsSecret)
}

function hideSecrets(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (isSecret(value)) return secretPlaceholder
  if (Array.isArray(value)) return value.map(hideSecrets)
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, hideSecrets(inside)]))
}
