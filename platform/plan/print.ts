import { styleText } from 'node:util'
import type { Graph, Resource, Urn, Value } from './graph.ts'
import { hasSecret } from './secrets.ts'
import { isProvider, nameOf, packageOf, parseReference, typeOf } from './urn.ts'

/** How a part of a line is told apart on a terminal. */
type Paint = (style: 'bold' | 'dim' | 'yellow' | 'cyan' | 'red', text: string) => string

const plain: Paint = (_, text) => text
const coloured: Paint = (style, text) => styleText(style, text, { validateStream: false })

/** Colours only for a person: on a terminal, and where NO_COLOR does not forbid them. */
export const paintFor = (stream: { isTTY?: boolean }, env: Record<string, string | undefined>): Paint =>
  stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb' ? coloured : plain

const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

/** What a reader must know of a resource before anything else. */
function marks(resource: Resource, paint: Paint): string[] {
  const { provider, dependencies, autonamed } = resource
  return [
    ...(resource.protect ? [paint('yellow', 'protected')] : []),
    ...(resource.retainOnDelete ? [paint('yellow', 'retained')] : []),
    ...(resource.read ? [paint('cyan', 'read, not made')] : []),
    ...(resource.insideNotSeen ? [paint('red', 'inside not seen')] : []),
    ...(resource.modelled ? [paint('cyan', 'modelled')] : []),
    ...(hasSecret(resource.inputs) ? ['has secrets'] : []),
    ...(autonamed.length > 0 ? [`names its own ${autonamed.join(', ')}`] : []),
    ...(dependencies.length > 0 ? [paint('dim', `needs ${dependencies.length}`)] : []),
    ...(provider ? [paint('dim', `by ${nameOf(parseReference(provider).urn)}`)] : []),
    ...(resource.custom && !provider && !isProvider(resource.type) ? [paint('yellow', 'by a default provider')] : []),
  ]
}

function line(resource: Resource, depth: number, paint: Paint): string {
  const { type, name, source } = resource
  const rest = [...marks(resource, paint), ...(source ? [paint('dim', `${source.file}:${source.line}`)] : [])]
  return `${'  '.repeat(depth)}${type} ${paint('bold', name)}${rest.length > 0 ? `  ${rest.join(', ')}` : ''}`
}

function tree(graph: Graph, paint: Paint): string[] {
  const children = Map.groupBy(graph.resources, ({ parent }) => parent ?? '')
  const walk = (urn: Urn, depth: number): string[] =>
    (children.get(urn) ?? []).flatMap((child) => [line(child, depth, paint), ...walk(child.urn, depth + 1)])
  return walk('', 0)
}

/** Counts by kind, commonest first. */
function kinds(graph: Graph): string {
  const kindOf = ({ custom, type }: Resource) =>
    isProvider(type) ? 'providers' : custom ? packageOf(type) : 'components'
  const counts = Object.entries(Object.groupBy(graph.resources, kindOf)).map(
    ([kind, all = []]) => [kind, all.length] as const,
  )
  return counts
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([kind, n]) =>
      n === 1 && kind.endsWith('s') && kind !== 'eks' && kind !== 'aws' && kind !== 'kubernetes'
        ? `1 ${kind.slice(0, -1)}`
        : `${n} ${kind}`,
    )
    .join(', ')
}

function summary(graph: Graph): string {
  const { resources, project, stack, mode } = graph
  const how = (text: string, test: (resource: Resource) => boolean) => {
    const n = resources.filter(test).length
    return n > 0 ? [`${n} ${text}`] : []
  }
  const said = [
    ...how('protected', ({ protect }) => protect),
    ...how('modelled', ({ modelled }) => modelled),
    ...how('whose inside is not seen', ({ insideNotSeen }) => insideNotSeen),
  ]
  const also = said.length > 0 ? `; ${said.join(', ')}` : ''
  return `${project} ${stack}, ${mode}: ${count(resources.length, 'resource')} (${kinds(graph)})${also}`
}

/** A plan as a person reads it: the tree, what the program said, and what it comes to. */
export function printTree(graph: Graph, paint: Paint): string {
  const said = graph.messages.map(({ severity, text, urn }) => {
    return `${paint(severity === 'error' ? 'red' : 'yellow', severity)}: ${text}${urn ? ` (${nameOf(urn)})` : ''}`
  })
  const missing =
    graph.notMadeUp.length > 0
      ? [`${paint('yellow', 'not made up')}, so unknown in an applied plan too: ${graph.notMadeUp.join(', ')}`]
      : []
  return `${[...tree(graph, paint), '', ...said, ...missing, summary(graph)].join('\n')}\n`
}

function valueText(value: Value): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if ('$unknown' in value) return '[unknown]'
  if ('$secret' in value) return '[secret]'
  if ('$resource' in value) return `[resource ${String(value.$resource)}]`
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`
  return `{${Object.entries(value)
    .map(([key, inner]) => `${key}: ${valueText(inner)}`)
    .join(', ')}}`
}

/** One resource whole: every property on a line of its own, with what it depends on. */
export function printResource(resource: Resource, paint: Paint): string {
  const { inputs, outputs, propertyDependencies, dependencies } = resource
  const short = (urn: Urn) => `${typeOf(urn)} ${nameOf(urn)}`
  const needs = (key: string) => {
    const urns = propertyDependencies[key] ?? []
    return urns.length > 0 ? paint('dim', `  from ${urns.map(short).join(', ')}`) : ''
  }
  const options = ['aliases', 'ignoreChanges', 'replaceOnChanges', 'additionalSecretOutputs', 'timeouts'] as const
  const given = options.filter((option) => Object.keys(resource[option]).length > 0)
  return `${[
    paint('bold', resource.urn),
    ...marks(resource, paint).map((mark) => `  ${mark}`),
    ...(resource.source ? [`  declared in ${resource.source.file}:${resource.source.line}`] : []),
    ...dependencies.map((urn) => `  needs ${short(urn)}`),
    ...given.map((option) => `  ${option}: ${JSON.stringify(resource[option])}`),
    paint('bold', 'inputs'),
    ...Object.entries(inputs).map(([key, value]) => `  ${key}: ${valueText(value)}${needs(key)}`),
    paint('bold', 'outputs'),
    ...(resource.id === undefined ? [] : [`  id: ${valueText(resource.id)}`]),
    ...Object.entries(outputs).map(([key, value]) => `  ${key}: ${valueText(value)}`),
  ].join('\n')}\n`
}
