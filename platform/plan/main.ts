import { enableCompileCache } from 'node:module'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import type { Mode } from './graph.ts'

// The SDK is a thousand files; with their compiled code kept, a plan starts in half the time.
enableCompileCache()

const help = `npm run plan -- <stack> [options]

Shows all that "pulumi up" of a stack would register, without a CLI, a plugin or credentials.

  --mode preview|applied  what is not known before "up" is unknown (preview, the default),
                          or made-up values of the right shape stand in its place (applied)
  --set key=value         another value for a setting, as in YAML; may be repeated
  --resource PATTERN      only the resources whose type, name or URN holds this text, whole
  --json                  the graph as JSON, as platform/plan/schema.json describes it
  --help                  this text

Secrets are never printed. Exit code: 0 planned, 1 the program, a setting or a stack's file is wrong,
2 the command line is wrong.
`

/** The command line is wrong. */
class UsageError extends Error {}

interface Wanted {
  stack: string
  mode: Mode
  json: boolean
  resource: string | undefined
  overrides: Record<string, unknown>
}

function override(text: string): [string, unknown] {
  const at = text.indexOf('=')
  if (at < 1) throw new UsageError(`--set must be key=value, not '${text}'`)
  try {
    return [text.slice(0, at), parse(text.slice(at + 1))]
  } catch {
    throw new UsageError(`--set ${text}: what stands behind = is no YAML`)
  }
}

function read(args: string[]): Wanted | 'help' {
  const text = { type: 'string' } as const
  const options = {
    mode: { ...text, default: 'preview' },
    set: { ...text, multiple: true },
    resource: text,
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  } as const
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  if (values.help) return 'help'
  const [stack, ...more] = positionals
  if (stack === undefined || more.length > 0) throw new UsageError('name one stack, such as: npm run plan -- staging')
  const { mode, json, resource } = values
  if (mode !== 'preview' && mode !== 'applied') throw new UsageError(`--mode must be preview or applied, not '${mode}'`)
  return { stack, mode, json, resource, overrides: Object.fromEntries((values.set ?? []).map(override)) }
}

async function show({ stack, mode, json, resource, overrides }: Wanted): Promise<string> {
  const { plan } = await import('./index.ts')
  const { paintFor, printResource, printTree } = await import('./print.ts')
  const { withoutSecrets } = await import('./secrets.ts')
  const graph = withoutSecrets(await plan({ stack, mode, overrides }))
  const chosen = graph.resources.filter(
    ({ urn, type, name }) => resource === undefined || `${type} ${name}`.includes(resource) || urn.includes(resource),
  )
  if (chosen.length === 0) throw new Error(`No resource of ${stack} has '${resource}' in its type, name or URN.`)
  if (json) return `${JSON.stringify({ ...graph, resources: chosen }, undefined, 2)}\n`
  const paint = paintFor(process.stdout, process.env)
  return resource === undefined ? printTree(graph, paint) : chosen.map((one) => printResource(one, paint)).join('\n')
}

/** Errors that are a sentence for the reader; of any other the place matters too. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const place = (error.stack ?? '')
    .split('\n')
    .find((line) => /\/platform\//.test(line) && !/\/platform\/(plan|settings)\//.test(line))
  const spoken = /^(StackFileError|SettingsError|RunError|MonitorError)$/.test(error.constructor.name)
  return spoken || !place ? error.message : `${error.message}\n${place}`
}

async function main(): Promise<void> {
  try {
    const wanted = read(process.argv.slice(2))
    process.stdout.write(wanted === 'help' ? help : await show(wanted))
  } catch (error) {
    const misused = error instanceof UsageError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')
    process.stderr.write(`${explain(error)}\n${misused ? '\nSee npm run plan -- --help\n' : ''}`)
    process.exitCode = misused ? 2 : 1
  }
}

// Whoever reads may have seen enough: `npm run plan -- prod | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})
await main()
