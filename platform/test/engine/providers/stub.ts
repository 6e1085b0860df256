import pluginProto from '@pulumi/pulumi/proto/plugin_pb.js'
import proto from '@pulumi/pulumi/proto/provider_pb.js'
import emptyProto from 'google-protobuf/google/protobuf/empty_pb.js'
import { functions } from '../../../plan/functions.ts'
import type { Resource } from '../../../plan/graph.ts'
import { computedInside } from '../../../plan/made-up/derived.ts'
import { madeUp } from '../../../plan/made-up/index.ts'
import { autoname } from '../../../plan/names.ts'
import { accountOfSettings, regionOfSettings } from '../../../plan/providers.ts'
import { hasProperty } from '../../../plan/schemas.ts'
import { structOf, wireOf } from '../../../plan/transforms.ts'
import { hasUnknown, unknownValue, type Wire } from '../../../plan/values.ts'
import type { Cloud } from './cloud.ts'
import { differenceOf } from './difference.ts'
import { type Served, serve, unary } from './serve.ts'

const nameOf = (urn: string): string => urn.split('::').slice(3).join('::')
const typeOf = (urn: string): string => urn.split('::')[2]?.split('$').at(-1) ?? ''

/** The names of plan/names.ts, which asks for a resource of the graph and reads of it what a URN tells. */
const namesOf = (urn: string, inputs: Wire) =>
  autoname({ urn, type: typeOf(urn), name: nameOf(urn) } as Resource, inputs, 'default')

/** A value without the parts that are not known. */
function known(value: unknown): unknown {
  if (value === unknownValue) return undefined
  if (Array.isArray(value)) return value.filter((item) => item !== unknownValue).map(known)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, item]) => [key, known(item)] as const)
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined))
}

function parsed(value: unknown): unknown {
  return typeof value === 'string' && /^[[{]/.test(value) ? JSON.parse(value) : value
}

/**
 * A provider of one package that keeps what it makes in a `Cloud`. It names, makes up and replaces by the tables of the offline plan, so
 * that a real engine can be held against the plan; it holds no secrets of its own, so the engine marks outputs like the inputs.
 * Several providers of one package in a program share one server, and with it the settings of the last one configured.
 */
export class StubProvider {
  readonly #cloud: Cloud
  readonly #version: string
  #settings: Wire = {}

  constructor(cloud: Cloud, version: string) {
    this.#cloud = cloud
    this.#version = version
  }

  serve(): Promise<Served> {
    return serve({
      handshake: unary(() => new proto.ProviderHandshakeResponse().setSupportsAutonamingConfiguration(false)),
      attach: unary(() => new emptyProto.Empty()),
      getPluginInfo: unary(() => new pluginProto.PluginInfo().setVersion(this.#version)),
      checkConfig: unary((request) => new proto.CheckResponse().setInputs(request.getNews())),
      diffConfig: unary((request) => this.#diffConfig(request)),
      configure: unary((request) => this.#configure(request)),
      check: unary((request) => this.#check(request)),
      diff: unary((request) => this.#diff(request)),
      create: unary((request) => this.#create(request)),
      read: unary((request) => this.#read(request)),
      update: unary((request) => this.#update(request)),
      delete: unary((request) => this.#delete(request)),
      invoke: unary((request) => this.#invoke(request)),
      cancel: unary(() => new emptyProto.Empty()),
    })
  }

  #configure(request: InstanceType<typeof proto.ConfigureRequest>) {
    this.#settings = Object.fromEntries(
      Object.entries(wireOf(request.getArgs())).map(([key, value]) => [key, parsed(value)]),
    )
    return new proto.ConfigureResponse().setSupportspreview(true)
  }

  #check(request: InstanceType<typeof proto.CheckRequest>) {
    const news = wireOf(request.getNews())
    return new proto.CheckResponse().setInputs(structOf({ ...news, ...namesOf(request.getUrn(), news).outputs }))
  }

  #difference(request: InstanceType<typeof proto.DiffRequest>) {
    const [urn, old, now] = [request.getUrn(), wireOf(request.getOldInputs()), wireOf(request.getNews())]
    const ignored = new Set(request.getIgnorechangesList())
    const { paths } = namesOf(urn, withoutNames(urn, now))
    const difference = differenceOf(typeOf(urn), old, now, paths.length > 0 && !isAutonamed(urn, now))
    return { ...difference, changes: difference.changes.filter(({ path }) => !ignored.has(path)) }
  }

  #diff(request: InstanceType<typeof proto.DiffRequest>) {
    return diffResponse(this.#difference(request))
  }

  #diffConfig(request: InstanceType<typeof proto.DiffRequest>) {
    const type = typeOf(request.getUrn())
    return diffResponse(differenceOf(type, wireOf(request.getOldInputs()), wireOf(request.getNews()), false))
  }

  /** What the provider answers beside the inputs, for a thing of this generation. */
  #outputs(urn: string, inputs: Wire, generation: number): { id: string; outputs: Wire } {
    const made = madeUp({
      type: typeOf(urn),
      urn: generation > 1 ? `${urn}#${generation}` : urn,
      name: nameOf(urn),
      inputs: { ...inputs },
      account: accountOfSettings(this.#settings),
      region: typeof inputs.region === 'string' ? inputs.region : regionOfSettings(this.#settings),
      find: (wanted) => this.#cloud.find(wanted),
    })
    // A cloud leaves nothing unknown: what the table cannot make up is not there.
    return { id: made.id, outputs: known({ ...made.outputs, ...this.#state(urn, inputs), ...made.overrides }) as Wire }
  }

  #state(urn: string, inputs: Wire): Wire {
    const type = typeOf(urn)
    if (!type.startsWith('aws:') || !hasProperty(type, 'tagsAll')) return inputs
    const defaults = (this.#settings.defaultTags as { tags?: Wire } | undefined)?.tags ?? {}
    return {
      ...inputs,
      tagsAll: hasUnknown(inputs.tags) ? unknownValue : { ...defaults, ...(inputs.tags as Wire | undefined) },
    }
  }

  async #create(request: InstanceType<typeof proto.CreateRequest>) {
    const [urn, inputs] = [request.getUrn(), wireOf(request.getProperties())]
    const response = new proto.CreateResponse()
    if (request.getPreview()) {
      return response.setProperties(structOf({ ...this.#state(urn, inputs), ...computedInside(typeOf(urn), inputs) }))
    }
    this.#cloud.admit(urn)
    const { id, outputs } = this.#outputs(urn, inputs, this.#cloud.generation(urn))
    this.#cloud.put({ urn, type: typeOf(urn), id, inputs, outputs })
    this.#cloud.deeds.push({ act: 'create', urn })
    return response.setId(id).setProperties(structOf(outputs))
  }

  #read(request: InstanceType<typeof proto.ReadRequest>) {
    const [urn, id] = [request.getUrn(), request.getId()]
    const thing = this.#cloud.get(typeOf(urn), id, wireOf(request.getProperties()))
    this.#cloud.deeds.push({ act: 'read', urn })
    const response = new proto.ReadResponse()
    if (!thing) return response
    return response.setId(id).setInputs(structOf(thing.inputs)).setProperties(structOf(thing.outputs))
  }

  #update(request: InstanceType<typeof proto.UpdateRequest>) {
    const [urn, id, inputs] = [request.getUrn(), request.getId(), wireOf(request.getNews())]
    const response = new proto.UpdateResponse()
    const outputs = { ...wireOf(request.getOlds()), ...this.#state(urn, inputs) }
    if (request.getPreview()) return response.setProperties(structOf(outputs))
    this.#cloud.put({ urn, type: typeOf(urn), id, inputs, outputs })
    this.#cloud.deeds.push({ act: 'update', urn })
    return response.setProperties(structOf(outputs))
  }

  #delete(request: InstanceType<typeof proto.DeleteRequest>) {
    const urn = request.getUrn()
    this.#cloud.remove(typeOf(urn), request.getId(), wireOf(request.getProperties()))
    this.#cloud.deeds.push({ act: 'delete', urn })
    return new emptyProto.Empty()
  }

  #invoke(request: InstanceType<typeof proto.InvokeRequest>) {
    const answer = functions[request.getTok()]
    if (!answer) throw new Error(`The stub knows no function ${request.getTok()}`)
    return new proto.InvokeResponse().setReturn(structOf(answer(wireOf(request.getArgs()), this.#settings)))
  }
}

/** The inputs without the name that a provider could have given. */
function withoutNames(urn: string, inputs: Wire): Wire {
  const { metadata, ...rest } = inputs
  if (!typeOf(urn).startsWith('kubernetes:'))
    return Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== 'name'))
  return { ...rest, metadata: { ...(metadata as Wire | undefined), name: undefined } }
}

/** Whether the name in the inputs is one that the provider gave. */
function isAutonamed(urn: string, inputs: Wire): boolean {
  const { outputs } = namesOf(urn, withoutNames(urn, inputs))
  const nameIn = (from: Wire) => (from.metadata as Wire | undefined)?.name ?? from.name
  return nameIn(outputs) === nameIn(inputs)
}

function diffResponse({ changes, deleteBeforeReplace }: ReturnType<typeof differenceOf>) {
  const kinds = proto.PropertyDiff.Kind
  const response = new proto.DiffResponse().setHasdetaileddiff(true).setDeletebeforereplace(deleteBeforeReplace)
  const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges
  response.setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE)
  for (const { path, kind, replaces } of changes) {
    const [plain, replacing] = {
      add: [kinds.ADD, kinds.ADD_REPLACE],
      delete: [kinds.DELETE, kinds.DELETE_REPLACE],
      update: [kinds.UPDATE, kinds.UPDATE_REPLACE],
    }[kind] as [number, number]
    const difference = new proto.PropertyDiff()
    difference.setKind(
      (replaces ? replacing : plain) as InstanceType<typeof proto.PropertyDiff> extends { getKind(): infer K }
        ? K
        : never,
    )
    difference.setInputdiff(true)
    response.getDetaileddiffMap().set(path, difference)
  }
  const top = (replacing: boolean) => [
    ...new Set(
      changes.filter(({ replaces }) => replaces || !replacing).map(({ path }) => path.split(/[.[]/)[0] ?? path),
    ),
  ]
  return response.setDiffsList(top(false)).setReplacesList(top(true))
}
