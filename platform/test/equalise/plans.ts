import type { Graph } from '../../plan/graph.ts'
import { plan } from '../../plan/index.ts'
import { fullKey, type SettingSchema } from '../../settings/problems.ts'
import { schema } from '../../settings/schema.ts'
import { loadStack } from '../../settings/stack-file.ts'

/** Full keys and texts. */
export type Config = Record<string, string>

/** A graph as leaves: `<urn> inputs.tags.owner` and its value as JSON. */
type Leaves = Map<string, string>

/** What a plan makes up from a resource's name: ids, zone ids, ends of names, addresses. Twelve digits are an account's, and stay. */
const madeUp = new RegExp(
  [
    /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/,
    /\bZ[0-9A-F]{12}\b/,
    /\b(?!\d{12}\b)(?=[0-9a-fA-Z]*\d)(?:[A-Z]{4})?[0-9a-f]{7,}(?:-[0-9a-f]{4,})*\b/,
    /(?<="(?:public|private)Ip": ")[0-9.]+/,
    /(?<=:secret:[^" ]*-)[0-9a-f]{6}\b/,
    /(?<=-cache\.)[0-9a-f]{6}(?=\.)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
)

/** What stays another name in another stack, and the ids that are made up from it, which are numbered as they come. */
export function masked(graph: Graph): string {
  const { stack } = graph
  const resources = graph.resources.map(({ source: _, ...resource }) => resource)
  resources.sort((a, b) => (a.urn < b.urn ? -1 : 1))
  const text = JSON.stringify({ resources, outputs: graph.outputs }, undefined, 1)
    .replaceAll(`urn:pulumi:${stack}::`, 'urn:pulumi:<stack>::')
    .replaceAll(`dhakacart-${stack}`, 'dhakacart-<stack>')
    // Where a name takes no hyphen.
    .replaceAll(`dhakacart_${stack}`, 'dhakacart_<stack>')
    .replaceAll(`"stack": "${stack}"`, '"stack": "<stack>"')
    .replaceAll(`"value": "${stack}"`, '"value": "<stack>"')
    .replaceAll(`\\"${stack}\\"`, '\\"<stack>\\"')
    .replaceAll(`$${stack}"`, '$<stack>"')
  const ids = new Map<string, string>()
  return text.replace(madeUp, (id) => {
    if (!ids.has(id)) ids.set(id, `#${ids.size}`)
    return ids.get(id) ?? ''
  })
}

/** Every value of a graph by its place, inside of policies too; where a resource is declared does not count. */
function leavesOf(graph: Graph): Leaves {
  const leaves: Leaves = new Map()
  const walk = (given: unknown, path: string): void => {
    const value = opened(given)
    if (typeof value !== 'object' || value === null) return void leaves.set(path, JSON.stringify(value))
    const entries = Object.entries(value)
    if (entries.length === 0) leaves.set(path, JSON.stringify(value))
    // A statement of a policy is known by its name, or one that goes would move all behind it.
    for (const [key, inside] of entries) walk(inside, `${path}.${sidOf(inside) ?? key}`)
  }
  for (const { source: _, ...resource } of graph.resources) walk(resource, `${resource.urn} `)
  walk(graph.outputs, 'outputs ')
  return leaves
}

/** A document that stands in a text as JSON, such as a policy; another value as it is. */
const opened = (value: unknown): unknown =>
  typeof value === 'string' && /^\{".*\}$/s.test(value) ? JSON.parse(value) : value

const sidOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && 'Sid' in value ? String(value.Sid) : undefined

/** The places where two graphs differ. */
function differences(a: Leaves, b: Leaves): Set<string> {
  return new Set([...a.keys(), ...b.keys()].filter((place) => a.get(place) !== b.get(place)))
}

/** A stack's configuration; roles and a cost centre that are named after the stack get another name, since only the stack's own names may differ. */
async function configOf(stack: string): Promise<Config> {
  const { config } = await loadStack(stack)
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      value === stack ? 'any' : value.replaceAll(`-${stack}-`, '-any-'),
    ]),
  )
}

/** An applied plan of a stack with other settings; throws when it saw too few resources to prove anything. */
export async function planned(stack: string, overrides: Config): Promise<Graph> {
  const graph = await plan({ stack, mode: 'applied', overrides })
  if (graph.resources.length < 50) throw new Error(`a plan of ${stack} saw ${graph.resources.length} resources only`)
  return graph
}

export const prod = await configOf('prod')
export const staging = await configOf('staging')
export const settings = Object.entries(schema.properties as Record<string, SettingSchema>)
/** The settings in which the two stacks differ. */
export const differing = settings.map(([key]) => key).filter((key) => prod[fullKey(key)] !== staging[fullKey(key)])

/** The ARN of a connection to GitHub. */
export const connection = (region: string, account: string) =>
  `arn:aws:codeconnections:${region}:${account}:connection/01234567-89ab-cdef-0123-456789abcdef`
/** Production with a runner, and without the rules of production, which would refuse what is tried here. */
export const base: Config = {
  ...prod,
  'dhakacart:production': 'false',
  'dhakacart:githubRepository': 'dhakacart/dhakacart',
  'dhakacart:githubConnectionArn': connection('ap-southeast-1', '222222222222'),
  'dhakacart:githubActorIds': '["7"]',
}

/** What changes nothing in the graph, and why. */
export const exceptions: Record<string, string> = {
  production: 'only rules read it: it says what the other settings must be',
  ...Object.fromEntries(
    settings.flatMap(([key, { part = '' }]) =>
      part.startsWith('later: ') ? [[key, `${part.slice('later: '.length)} is not built yet`]] : [],
    ),
  ),
}

/** Where a change by each part shows: in the type of the resource or of one of its parents. */
const places: Record<string, string> = {
  provider: 'pulumi:providers:aws',
  everything: '',
  network: 'dhakacart:platform:Network',
  keys: 'dhakacart:platform:Keys',
  cluster: 'dhakacart:platform:Cluster',
  nodes: 'dhakacart:platform:Nodes',
  access: 'dhakacart:platform:(Access|Door|Cluster)',
  runner: 'dhakacart:platform:Runner',
  alarms: 'dhakacart:platform:Alarms',
  budget: 'dhakacart:platform:Budget',
  database: 'dhakacart:platform:Database',
  cache: 'dhakacart:platform:Cache',
  storage: 'dhakacart:platform:Storage',
  registry: 'dhakacart:platform:Registry',
  backup: 'dhakacart:platform:Backup',
  account: 'dhakacart:platform:Account',
  identity: 'dhakacart:platform:(Identity|GitHub)',
  secrets: 'dhakacart:platform:Secrets',
}

/** The values that a change of settings changes in production. */
export async function changedBy(change: Config): Promise<Set<string>> {
  return differences(before, leavesOf(await planned('prod', { ...base, ...change })))
}

/** The values that a change of settings changes, and those of them that are of the part that reads the setting. */
export async function effectOf(key: string, change: Config): Promise<{ all: Set<string>; inPart: number }> {
  const part = settings.find(([name]) => name === key)?.[1].part ?? ''
  const place = places[part]
  if (place === undefined) throw new Error(`It is not known where a change by the part ${part} shows.`)
  const all = await changedBy(change)
  const here = new RegExp(`^urn:[^ ]*::[^ ]*${place}[^ ]*::`)
  return { all, inPart: [...all].filter((path) => here.test(path)).length }
}

/** Production as it is planned before a change. */
export const before = leavesOf(await planned('prod', base))
