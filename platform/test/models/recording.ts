import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Graph, Properties, Urn, Value } from '../../plan/graph.ts'
import { repository } from '../../settings/stack-file.ts'
import type { Case } from './cases.ts'
import { forgotten } from './difference.ts'

/** What a plugin registered for one case, in a preview: what the program asked of the component, and its children. */
export interface Recording {
  arguments: Properties
  children: Record<string, Value>
}

/** The cases of which a recording is kept: those that ask what our program asks, and those that ask most of a model. */
const recorded = [
  ...['2 zones, NAT Single', '3 zones, NAT OnePerAz', 'endpoints Auto', 'Legacy, specs'],
  ...['as ours', 'Auto Mode, all defaults', 'groups, tags and open endpoint', 'add-ons'],
]

export const isRecorded = ({ name }: Case): boolean => recorded.includes(name)

const pathOf = ({ type, name }: Case): string => {
  const words = `${type.split(':').at(-1)} ${name}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  return join(repository, 'platform', 'test', 'recorded', 'plugins', `${words}.json`)
}

const short = (urn: Urn): string => urn.split('::').slice(2).join('::')

/** The component's children as they were asked for; without values that the plan itself makes up, and without what is empty. */
export function recordingOf(graph: Graph, { type }: Case): Recording {
  const component = graph.resources.find((resource) => resource.type === type)
  if (!component) throw new Error(`The program has no ${type}`)
  const below = graph.resources.filter((resource) => resource.urn.includes(`${type}$`))
  const children = below.map((resource) => {
    const { parent, inputs, dependencies, propertyDependencies, protect, ignoreChanges, custom } = resource
    const rows = Object.entries(propertyDependencies).filter(([key, urns]) => urns.length > 0 && key !== forgotten)
    const row = {
      parent: parent ? short(parent) : '',
      custom,
      inputs,
      ...(dependencies.length > 0 && { dependencies: dependencies.map(short).sort() }),
      ...(rows.length > 0 && {
        propertyDependencies: Object.fromEntries(rows.map(([key, urns]) => [key, urns.map(short).sort()])),
      }),
      ...(protect && { protect }),
      ...(ignoreChanges.length > 0 && { ignoreChanges }),
    }
    return [short(resource.urn), row] as const
  })
  const sorted = children.sort(([one], [other]) => (one < other ? -1 : 1))
  return { arguments: component.inputs, children: Object.fromEntries(sorted) }
}

/** Writes a recording; one child a line, so that a change reads as one. */
export async function writeRecording(row: Case, recording: Recording): Promise<void> {
  const lines = Object.entries(recording.children).map(
    ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
  )
  const text = `{"arguments":${JSON.stringify(recording.arguments)},\n"children":{\n${lines.join(',\n')}\n}}\n`
  await mkdir(join(pathOf(row), '..'), { recursive: true })
  await writeFile(pathOf(row), text)
}

export const readRecording = async (row: Case): Promise<Recording> =>
  JSON.parse(await readFile(pathOf(row), 'utf8')) as Recording
