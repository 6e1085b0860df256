import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as pulumi from '@pulumi/pulumi'
import { repository } from '../settings/stack-file.ts'
import type { Resource, Urn } from './graph.ts'
import type { Run } from './run.ts'
import { hasUnknown } from './values.ts'

interface Frame {
  text: string
  file: string
  line: number
}

/** The innermost frames of this call, outermost last. Top-level code of a module has no parentheses around its place. */
function frames(deepest = Number.POSITIVE_INFINITY): Frame[] {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = deepest
  const lines = (new Error().stack ?? '').split('\n').slice(1)
  Error.stackTraceLimit = limit
  return lines.flatMap((text) => {
    const place = /(?:^|[\s(])((?:file:\/\/)?\/[^\s()]*?)(?:\?run=\d+)?:(\d+):\d+\)?$/.exec(text)
    if (!place?.[1]) return []
    const file = place[1].startsWith('file://') ? fileURLToPath(place[1]) : place[1]
    return [{ text: text.trim(), file, line: Number(place[2]) }]
  })
}

const isOurs = ({ file }: Frame): boolean => file.startsWith(repository) && !file.includes('/node_modules/')

/** Where the program says `new`: outside of the constructors of the resource's own class, in a file of the repository. */
function sourceOf(resource: pulumi.Resource): Resource['source'] {
  const all = frames()
  const made = all.findIndex(({ text }) => text.startsWith(`at new ${resource.constructor.name} `))
  const place = all.slice(made + 1).find(isOurs)
  return place && { file: relative(repository, place.file), line: place.line }
}

/** Whether the program, or a model, says `resource.output` itself. The SDK looks at all outputs of a resource at times. */
const isReadByProgram = (): boolean => {
  const reader = frames(4).find(({ file }) => file !== import.meta.filename)
  return reader !== undefined && isOurs(reader)
}

/**
 * Puts a layer between a resource and its class that hears of every output that is read. The outputs themselves are the resource's own
 * properties as ever: the SDK sets each once, while the resource is constructed.
 */
function listen(resource: pulumi.Resource, outputs: readonly string[], heard: (output: string) => void): void {
  const layer = Object.create(Object.getPrototypeOf(resource))
  for (const output of outputs) {
    Object.defineProperty(layer, output, {
      set(this: object, value: unknown) {
        const get = () => {
          if (isReadByProgram()) heard(output)
          return value
        }
        Object.defineProperty(this, output, { get, enumerable: true, configurable: true })
      },
    })
  }
  Object.setPrototypeOf(resource, layer)
}

/** What a run sees of the program from inside: where each resource is declared, and which outputs are read. */
export class Observer {
  readonly #run: Run
  readonly #sources: { resource: pulumi.Resource; source: Resource['source'] }[] = []
  readonly #reads = new Map<pulumi.Resource, Set<string>>()

  constructor(run: Run) {
    this.#run = run
  }

  /** A legacy transformation, which runs inside the constructor of every resource that it reaches, and changes nothing. */
  readonly inProgram: pulumi.ResourceTransformation = ({ resource, props }) => {
    this.#sources.push({ resource, source: sourceOf(resource) })
    this.#hear(resource, props)
    return undefined
  }

  /** The same for what a model makes, whose place in the program is that of its component. */
  readonly inModel: pulumi.ResourceTransformation = ({ resource, props }) => {
    this.#hear(resource, props)
    return undefined
  }

  #hear(resource: pulumi.Resource, props: Record<string, unknown>): void {
    if (this.#run.order.mode !== 'applied' || resource instanceof pulumi.ProviderResource) return
    const reads = new Set<string>()
    this.#reads.set(resource, reads)
    const outputs = Object.keys(props).filter((key) => key !== 'id' && key !== 'urn')
    listen(resource, outputs, (output) => reads.add(output))
  }

  /** Writes what was seen into the graph, when all registrations are through. */
  async report(urnOf: (resource: pulumi.Resource) => Promise<Urn>): Promise<void> {
    for (const { resource, source } of this.#sources) {
      const record = this.#run.entries.get(await urnOf(resource))?.resource
      if (record && source) record.source = source
    }
    for (const record of this.#run.graph.resources) {
      if (record.modelled) record.source = this.#run.entries.get(record.parent ?? '')?.resource.source
      if (record.source === undefined) delete record.source
    }
    const missing = new Set<string>()
    for (const [resource, reads] of this.#reads) {
      const entry = this.#run.entries.get(await urnOf(resource))
      if (!entry || (!entry.resource.custom && !entry.resource.insideNotSeen)) continue
      for (const output of reads) {
        const value = entry.outputs[output]
        if (value === undefined || hasUnknown(value)) missing.add(`${entry.resource.type}.${output}`)
      }
    }
    this.#run.graph.notMadeUp.push(...[...missing].sort())
  }
}
