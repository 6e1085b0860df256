/**
 * The graph of a stack: every resource that the program registers, as the engine would see it. Everything in it is plain data, so that
 * it can be written as JSON, compared, and reasoned about without an SDK.
 */

/** A resource's name for ever: `urn:pulumi:<stack>::<project>::<type of parents$type>::<name>`. */
export type Urn = string

/** A value that is not known before `pulumi up`. */
export interface Unknown {
  $unknown: true
}

/** A value that is never printed; what it wraps is there for proofs only. */
export interface Secret {
  $secret: Value
}

/** A reference to another resource as a value. */
export interface Reference {
  $resource: Urn
  id?: Value
}

/** A file or an archive; `text` only where the program itself wrote it. */
export interface Asset {
  $asset: { kind: 'asset' | 'archive'; path?: string; uri?: string; text?: string; hash?: string }
}

export type Value =
  | null
  | boolean
  | number
  | string
  | Value[]
  | Unknown
  | Secret
  | Reference
  | Asset
  | { [key: string]: Value }

export type Properties = Record<string, Value>

export interface Timeouts {
  create?: string
  update?: string
  delete?: string
}

export interface Resource {
  urn: Urn
  type: string
  name: string
  /** False for a component, which exists only in the graph. */
  custom: boolean
  /** True for a component that a plugin constructs. */
  remote: boolean
  /** True for what a model of ours made in a plugin's stead. */
  modelled: boolean
  /** True for a remote component without a model: what it would build is not in the graph. */
  insideNotSeen: boolean
  /** Read, not made: `Type.get(...)`. */
  read: boolean
  parent?: Urn
  /** `urn::id` of the provider, which is empty where the engine would take its default one. */
  provider?: string
  /** Package name to `urn::id`, of components. */
  providers: Record<string, string>
  inputs: Properties
  /** The state that the program saw: inputs, made-up outputs, unknowns. */
  outputs: Properties
  /** Known in an applied graph, unknown in a preview; components have none. */
  id?: Value
  dependencies: Urn[]
  propertyDependencies: Record<string, Urn[]>
  protect: boolean
  retainOnDelete: boolean
  deleteBeforeReplace?: boolean
  deletedWith?: Urn
  aliases: (
    | Urn
    | { name?: string; type?: string; stack?: string; project?: string; parent?: Urn; noParent?: boolean }
  )[]
  ignoreChanges: string[]
  replaceOnChanges: string[]
  additionalSecretOutputs: string[]
  importId?: string
  timeouts: Timeouts
  version?: string
  pluginDownloadUrl?: string
  /** Paths of the outputs that the provider names by itself, such as `metadata.name`. */
  autonamed: string[]
  /** Where the program declares it, relative to the repository. */
  source?: { file: string; line: number }
}

/** `preview`: what is not known before `up` is unknown. `applied`: made-up outputs of the right shape stand in its place. */
export type Mode = 'preview' | 'applied'

export interface Graph {
  project: string
  stack: string
  mode: Mode
  /** In the order of registration: a resource comes after what it depends on. */
  resources: Resource[]
  /** The stack's own outputs. */
  outputs: Properties
  /** Outputs that the program read and that the table of made-up outputs lacks: `type.property`. They stay unknown. */
  notMadeUp: string[]
  invokes: { token: string; args: Properties }[]
  /** What the program said: warnings and errors of the log. */
  messages: { severity: 'debug' | 'info' | 'warning' | 'error'; urn?: Urn; text: string }[]
}
