import type { Graph, Properties, Resource, Value } from '../../plan/graph.ts'
import { type PlanOptions, plan } from '../../plan/index.ts'
import type { Statement } from '../../policy.ts'

const graphs = new Map<string, Promise<Graph>>()

/** A plan that is made once for all tests of a file that ask for the same; they must not change it. */
export function planned(options: Pick<PlanOptions, 'stack' | 'mode' | 'overrides'>): Promise<Graph> {
  const key = JSON.stringify(options)
  const graph = graphs.get(key) ?? plan(options)
  graphs.set(key, graph)
  return graph
}

/** All resources of a type, in the order of registration. */
export const ofType = (graph: Graph, type: string): Resource[] =>
  graph.resources.filter((resource) => resource.type === type)

/** The one resource of a type and name; throws with what there is instead. */
export function one(graph: Graph, type: string, name: string): Resource {
  const found = ofType(graph, type).filter((resource) => resource.name === name)
  if (found.length === 1 && found[0]) return found[0]
  const names = ofType(graph, type).map((resource) => resource.name)
  throw new Error(`${found.length} resources of ${type} are named ${name}; there are: ${names.join(', ') || 'none'}`)
}

/** A text property; throws when it is unknown, secret or missing, so that a test cannot pass over it. */
export function text(properties: Properties, key: string): string {
  const value = properties[key]
  if (typeof value === 'string') return value
  throw new Error(`${key} is ${JSON.stringify(value)}, not a text`)
}

/** The statements of a policy document that stands in a property as text. */
export function statementsOf(resource: Resource, key = 'policy'): Statement[] {
  return (JSON.parse(text(resource.inputs, key)) as { Statement: Statement[] }).Statement
}

export const list = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]

/** Every value in a condition for one key, whatever its operator. */
export const condition = (statement: Statement, key: string): string[] =>
  Object.values(statement.Condition ?? {}).flatMap((keys) => list(keys[key]))

/** Whether a text matches a pattern of ARNs, where `*` stands for anything. */
export function matches(pattern: string, value: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(value)
}

/** A list of texts in a property. */
export function texts(value: Value | undefined): string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
  throw new Error(`${JSON.stringify(value)} is not a list of texts`)
}

/** What one of our components made, itself left out: by the component's class. */
export const madeBy = (graph: Graph, component: string): Resource[] =>
  graph.resources.filter(({ urn }) => urn.includes(`::dhakacart:platform:${component}$`))

/** How many of each type there are. */
export const counts = (resources: Resource[]): Record<string, number> =>
  Object.fromEntries(
    Object.entries(Object.groupBy(resources, ({ type }) => type)).map(([type, found]) => [type, found?.length ?? 0]),
  )
