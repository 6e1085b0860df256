import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseDocument, type ScalarTag, type Tags } from 'yaml'

/** Thrown, with one sentence that names the file, when a project or stack file is not there or not as Pulumi reads it. */
export class StackFileError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'StackFileError'
  }
}

/**
 * Plain values that Pulumi's YAML reader takes for numbers and times, and YAML 1.2 does not (seen with pulumi 3.260, 2026-11-21). Without
 * them an account `0123...` would be one number here and another in the program.
 */
const asPulumiReads: ScalarTag[] = [
  { tag: 'tag:yaml.org,2002:int', default: true, test: /^[-+]?0[0-7]+$/, resolve: (text) => Number.parseInt(text, 8) },
  {
    tag: 'tag:yaml.org,2002:int',
    default: true,
    test: /^[-+]?(?=.*_)[1-9][0-9_]*$/,
    resolve: (text) => Number(text.replaceAll('_', '')),
  },
  { tag: 'tag:yaml.org,2002:int', default: true, test: /^0b[01]+$/, resolve: Number },
  {
    tag: 'tag:yaml.org,2002:timestamp',
    default: true,
    test: /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$/,
    resolve(text) {
      const [year, month, day] = text.split('-').map((part) => part.padStart(2, '0'))
      return `${year}-${month}-${day} 00:00:00 +0000 UTC`
    },
  },
]

const options = { merge: true, customTags: (tags: Tags) => [...asPulumiReads, ...tags] }

/**
 * Reads a YAML file that holds a map.
 * @throws StackFileError in one sentence when it cannot be read, is not YAML, or holds something else.
 */
export async function readMap(path: string): Promise<Record<string, unknown>> {
  const file = basename(path)
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new StackFileError(`${file} cannot be read (${error.code}): ${path} must be a file of YAML.`, error)
  })
  const document = parseDocument(text, options)
  const [error] = document.errors
  if (error) throw new StackFileError(`${file} is not YAML: ${error.message.split('\n')[0]?.replace(/:$/, '')}.`, error)
  return asMap(document.toJS() ?? {}, file)
}

/** @throws StackFileError when a value is no map of keys to values. */
export function asMap(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new StackFileError(`${what} must be a map of keys to values, and is ${JSON.stringify(value)}.`)
}
