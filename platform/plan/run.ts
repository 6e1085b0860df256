import type * as pulumi from '@pulumi/pulumi'
import type { CallbacksClient } from '@pulumi/pulumi/proto/callback_grpc_pb.js'
import type { Callback } from '@pulumi/pulumi/proto/callback_pb.js'
import type { Graph, Mode, Resource, Urn } from './graph.ts'
import type { Method, Model } from './models/model.ts'
import type { Wire } from './values.ts'

/** What a provider's function answers: its arguments are bare values. */
export type Answer = (args: Wire) => Wire

/** What a run is asked for. */
export interface Order {
  project: string
  stack: string
  mode: Mode
  /** Configuration as the SDK has it: `project:key` to a string. */
  config: Record<string, string>
  secretKeys: string[]
  models: Record<string, Model>
  /** Outputs of other stacks by their full names, for `StackReference`. */
  stackOutputs: Record<string, Record<string, unknown>>
  /** Answers of provider functions beyond those that the plan knows: by token. */
  invokes: Record<string, Answer>
  /** What answers component methods in a plugin's stead: by token. Without one the result is unknown. */
  methods: Record<string, Method>
}

/** What the engine remembers of a registration for the sake of those below it. */
export interface Goal {
  protect: boolean | undefined
  retainOnDelete: boolean | undefined
  deletedWith: string
  provider: string
}

/** What the monitor knows of a resource beside its record: the values as they were answered, and what its children inherit. */
export interface Entry {
  resource: Resource
  id: string
  inputs: Wire
  outputs: Wire
  transforms: Callback[]
}

export interface ProviderPackage {
  name: string
  version: string
  parameterised?: { name: string; version: string }
}

/** The state of one run of a program under the monitor. */
export interface Run {
  /** The monitor itself, and the log that the SDK writes to: models talk to the same ones. */
  monitor: object
  engine: object
  /** What runs inside the constructor of everything that a model makes. */
  readonly inModels: pulumi.ResourceTransformation[]
  readonly order: Order
  readonly graph: Graph
  readonly entries: Map<Urn, Entry>
  /** Those that have an id, by it: two may share one, as a bucket and its policy do; the first is what the id means. */
  readonly byId: Map<string, Entry>
  readonly goals: Map<Urn, Goal>
  readonly componentProviders: Map<Urn, ReadonlyMap<string, string>>
  readonly pendingTransforms: Map<string, Callback[]>
  readonly stackTransforms: Callback[]
  readonly invokeTransforms: Callback[]
  readonly clients: Map<string, CallbacksClient>
  readonly packages: Map<string, ProviderPackage>
}

export function newRun(order: Order): Run {
  const { project, stack, mode } = order
  return {
    monitor: {},
    engine: {},
    inModels: [],
    order,
    graph: { project, stack, mode, resources: [], outputs: {}, notMadeUp: [], invokes: [], messages: [] },
    entries: new Map(),
    byId: new Map(),
    goals: new Map(),
    componentProviders: new Map(),
    pendingTransforms: new Map(),
    stackTransforms: [],
    invokeTransforms: [],
    clients: new Map(),
    packages: new Map(),
  }
}
