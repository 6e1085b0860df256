import type { Callback } from '@pulumi/pulumi/proto/callback_pb.js'
import type { LogRequest } from '@pulumi/pulumi/proto/engine_pb.js'
import engineProto from '@pulumi/pulumi/proto/engine_pb.js'
import type { CallResponse } from '@pulumi/pulumi/proto/provider_pb.js'
import type * as requests from '@pulumi/pulumi/proto/resource_pb.js'
import resourceProto from '@pulumi/pulumi/proto/resource_pb.js'
import emptyProto from 'google-protobuf/google/protobuf/empty_pb.js'
import { callMethod, invoke } from './invoke.ts'
import { read, register, registerOutputs } from './register.ts'
import type { Run } from './run.ts'

/** A failure as gRPC has it: the SDK reads `details`, people read `message`. */
export class MonitorError extends Error {
  readonly details: string
  readonly code = 2
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.details = this.message
  }
}

type Callbacks<T> = (error: MonitorError | null, response?: T) => void

/** What the engine of the pinned SDK's year can do; the SDK sends nothing that is not on the list. */
function features(): requests.ResourceMonitorFeature[] {
  const all = resourceProto.ResourceMonitorFeature
  return [
    all.RESOURCE_MONITOR_FEATURE_SECRETS,
    all.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
    all.RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES,
    all.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
    all.RESOURCE_MONITOR_FEATURE_REPLACEMENT_TRIGGER,
    all.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
    all.RESOURCE_MONITOR_FEATURE_REPLACE_WITH,
    all.RESOURCE_MONITOR_FEATURE_TRANSFORMS,
    all.RESOURCE_MONITOR_FEATURE_INVOKE_TRANSFORMS,
    all.RESOURCE_MONITOR_FEATURE_PARAMETERIZATION,
    all.RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS,
    all.RESOURCE_MONITOR_FEATURE_ERROR_HOOKS,
    all.RESOURCE_MONITOR_FEATURE_INVOKE_DEPENDS_ON,
  ]
}

/** Names by which an older SDK asks for one feature at a time. */
const featureNames = new Set([
  'secrets',
  'resourceReferences',
  'outputValues',
  'aliasSpecs',
  'replacementTrigger',
  'deletedWith',
  'replaceWith',
  'transforms',
  'invokeTransforms',
  'parameterization',
  'resourceHooks',
  'errorHooks',
])

/**
 * The engine's side of the conversation with the SDK: every call of the `ResourceMonitor` service, as a method that takes a request and
 * a callback. It has no network; the SDK is handed the object itself.
 */
export class Monitor {
  readonly #run: Run
  readonly #failed: (error: Error) => void

  /** `failed` hears of the first thing that would stop an engine. */
  constructor(run: Run, failed: (error: Error) => void) {
    this.#run = run
    this.#failed = failed
    run.monitor = this
  }

  async #answer<T>(callback: Callbacks<T>, work: () => T | Promise<T>): Promise<void> {
    try {
      callback(null, await work())
    } catch (cause) {
      const error = new MonitorError(cause)
      this.#failed(error)
      callback(error)
    }
  }

  getDeploymentInfo(_: unknown, callback: Callbacks<requests.DeploymentInfo>): void {
    const { project, stack } = this.#run.order
    const info = new resourceProto.DeploymentInfo()
    info.setProject(project)
    info.setStack(stack)
    info.setDryrun(true)
    info.setSupportedfeaturesList(features())
    callback(null, info)
  }

  supportsFeature(
    request: requests.SupportsFeatureRequest,
    callback: Callbacks<requests.SupportsFeatureResponse>,
  ): void {
    const response = new resourceProto.SupportsFeatureResponse()
    response.setHassupport(featureNames.has(request.getId()))
    callback(null, response)
  }

  registerResource(
    request: requests.RegisterResourceRequest,
    callback: Callbacks<requests.RegisterResourceResponse>,
  ): void {
    void this.#answer(callback, () => register(this.#run, request))
  }

  registerResourceOutputs(
    request: requests.RegisterResourceOutputsRequest,
    callback: Callbacks<emptyProto.Empty>,
  ): void {
    void this.#answer(callback, () => {
      registerOutputs(this.#run, request)
      return new emptyProto.Empty()
    })
  }

  readResource(request: requests.ReadResourceRequest, callback: Callbacks<requests.ReadResourceResponse>): void {
    void this.#answer(callback, () => read(this.#run, request))
  }

  invoke(request: requests.ResourceInvokeRequest, callback: Callbacks<requests.ResourceInvokeResponse>): void {
    void this.#answer(callback, () => invoke(this.#run, request))
  }

  call(request: requests.ResourceCallRequest, callback: Callbacks<CallResponse>): void {
    void this.#answer(callback, () => callMethod(this.#run, request))
  }

  existsResource(_: requests.ExistsResourceRequest, callback: Callbacks<requests.ExistsResourceResponse>): void {
    const response = new resourceProto.ExistsResourceResponse()
    callback(null, response)
  }

  registerStackTransform(request: Callback, callback: Callbacks<emptyProto.Empty>): void {
    this.#run.stackTransforms.push(request)
    callback(null, new emptyProto.Empty())
  }

  registerStackInvokeTransform(request: Callback, callback: Callbacks<emptyProto.Empty>): void {
    this.#run.invokeTransforms.push(request)
    callback(null, new emptyProto.Empty())
  }

  registerResourceHook(_: requests.RegisterResourceHookRequest, callback: Callbacks<emptyProto.Empty>): void {
    callback(null, new emptyProto.Empty())
  }

  registerErrorHook(_: requests.RegisterErrorHookRequest, callback: Callbacks<emptyProto.Empty>): void {
    callback(null, new emptyProto.Empty())
  }

  registerPackage(
    request: requests.RegisterPackageRequest,
    callback: Callbacks<requests.RegisterPackageResponse>,
  ): void {
    const parameterised = request.getParameterization()
    const reference = `package-${this.#run.packages.size}`
    this.#run.packages.set(reference, {
      name: request.getName(),
      version: request.getVersion(),
      ...(parameterised
        ? { parameterised: { name: parameterised.getName(), version: parameterised.getVersion() } }
        : {}),
    })
    const response = new resourceProto.RegisterPackageResponse()
    response.setRef(reference)
    callback(null, response)
  }

  signalAndWaitForShutdown(_: unknown, callback: Callbacks<emptyProto.Empty>): void {
    callback(null, new emptyProto.Empty())
  }

  close(): void {}
}

const severities = {
  [engineProto.LogSeverity.DEBUG]: 'debug',
  [engineProto.LogSeverity.INFO]: 'info',
  [engineProto.LogSeverity.WARNING]: 'warning',
  [engineProto.LogSeverity.ERROR]: 'error',
} as const

/** The engine's log: what the program says goes into the graph, the SDK's own chatter does not. */
export class EngineLog {
  readonly #run: Run

  constructor(run: Run) {
    this.#run = run
    run.engine = this
  }

  log(request: LogRequest, callback: () => void): void {
    const severity = severities[request.getSeverity()]
    const urn = request.getUrn()
    const text = request.getMessage()
    if (severity !== 'debug') this.#run.graph.messages.push({ severity, ...(urn === '' ? {} : { urn }), text })
    callback()
  }

  setRootResource(_: unknown, callback: (error: null, response: object) => void): void {
    callback(null, new engineProto.SetRootResourceResponse())
  }

  requirePulumiVersion(_: unknown, callback: (error: null, response: object) => void): void {
    callback(null, new engineProto.RequirePulumiVersionResponse())
  }

  close(): void {}
}
