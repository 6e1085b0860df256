import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import grpc from '@grpc/grpc-js'
import * as pulumi from '@pulumi/pulumi'
import engineGrpc from '@pulumi/pulumi/proto/engine_grpc_pb.js'
import engineProto from '@pulumi/pulumi/proto/engine_pb.js'
import providerGrpc from '@pulumi/pulumi/proto/provider_grpc_pb.js'
import providerProto from '@pulumi/pulumi/proto/provider_pb.js'
import resourceGrpc from '@pulumi/pulumi/proto/resource_grpc_pb.js'
import rpc from '@pulumi/pulumi/runtime/rpc.js'
import emptyProto from 'google-protobuf/google/protobuf/empty_pb.js'
import structProto from 'google-protobuf/google/protobuf/struct_pb.js'
import type { Method, Model } from '../../plan/models/model.ts'
import { server as sdk } from '../../plan/sdk.ts'

/** How long a plugin may take to start, or to construct, in milliseconds. */
const patienceMs = 120_000

type Handler = (request: unknown, callback: (error: unknown, response?: unknown) => void) => void

/** The plan's monitor behind gRPC, where a plugin can reach it, and an engine's log that says nothing. */
async function serve(monitor: Record<string, Handler>): Promise<{ address: string; close: () => void }> {
  const server = new grpc.Server()
  const handlers: Record<string, grpc.UntypedHandleCall> = {}
  for (const name of Object.keys(resourceGrpc.ResourceMonitorService)) {
    if (typeof monitor[name] !== 'function') continue
    const unary: grpc.handleUnaryCall<unknown, unknown> = (call, callback) =>
      monitor[name]?.call(monitor, call.request, callback as Parameters<Handler>[1])
    handlers[name] = unary
  }
  const service = resourceGrpc.ResourceMonitorService as unknown as grpc.ServiceDefinition
  server.addService(service, handlers)
  server.addService(engineGrpc.EngineService as unknown as grpc.ServiceDefinition, {
    log: (_: unknown, callback: (error: null, response: unknown) => void) => callback(null, new emptyProto.Empty()),
    setRootResource: (_: unknown, callback: (error: null, response: unknown) => void) =>
      callback(null, new engineProto.SetRootResourceResponse()),
  })
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  )
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() }
}

/** A plugin's process and the port it says it listens on. Its environment is clean: a profile of the machine would leak into kubeconfigs. */
async function start(command: string[], address: string): Promise<{ child: ChildProcess; port: string }> {
  const [file = '', ...args] = command
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(file, [...args, address], { env: { PATH, HOME }, stdio: ['ignore', 'pipe', 'pipe'] })
  let stderr = ''
  child.stderr?.on('data', (chunk) => {
    stderr += String(chunk)
  })
  const ended = once(child, 'close').then(() => {
    throw new Error(`${file} ended before it said where it listens: ${stderr}`)
  })
  ended.catch(() => undefined)
  if (!child.stdout) throw new Error(`${file} has no output`)
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), ended])
  return { child, port: String(line).trim() }
}

type Client = InstanceType<typeof providerGrpc.ResourceProviderClient>
type Construct = InstanceType<typeof providerProto.ConstructResponse>
type Call = InstanceType<typeof providerProto.CallResponse>
type Ask<T> = (
  metadata: grpc.Metadata,
  options: { deadline: Date },
  callback: (error: grpc.ServiceError | null, response: T) => void,
) => unknown

/** What a plugin answers, or its failure in its own words. */
const answered = <T>(ask: Ask<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const deadline = new Date(Date.now() + patienceMs)
    ask(new grpc.Metadata(), { deadline }, (error, response) => {
      if (error) reject(new Error(`The plugin fails: ${error.details || error.message}`))
      else resolve(response)
    })
  })

const urnOf = (resource: pulumi.Resource): Promise<string> =>
  new Promise((resolve) => {
    resource.urn.apply(resolve)
  })

const idOf = (resource: pulumi.ProviderResource): Promise<string> =>
  (resource.id as unknown as { promise(withUnknowns: boolean): Promise<string> }).promise(true)

/** Inputs as the engine sends them, with what each depends on. */
async function wireOf(label: string, inputs: Record<string, unknown>) {
  const [wire, resources] = await rpc.serializeResourceProperties(label, inputs, { keepOutputValues: true })
  const urns = await Promise.all([...resources].map(async ([key, of]) => [key, await Promise.all([...of].map(urnOf))]))
  return { struct: structProto.Struct.fromJavaScript(wire), dependencies: urns as [string, string[]][] }
}

type Request = InstanceType<typeof providerProto.ConstructRequest> | InstanceType<typeof providerProto.CallRequest>

function address(request: Request, endpoint: string) {
  request.setProject(pulumi.getProject())
  request.setStack(pulumi.getStack())
  request.setOrganization(pulumi.getOrganization())
  request.setDryrun(true)
  request.setParallel(16)
  request.setMonitorendpoint(endpoint)
  request.setAcceptsOutputValues(true)
}

/** What a plugin is asked for: the same as what the plan hands to a model, back on the wire. */
async function constructRequest(
  type: string,
  endpoint: string,
  name: string,
  inputs: Record<string, unknown>,
  options: pulumi.ComponentResourceOptions,
) {
  const request = new providerProto.ConstructRequest()
  address(request, endpoint)
  request.setType(type)
  request.setName(name)
  if (options.parent) request.setParent(await urnOf(options.parent))
  request.setProtect(options.protect ?? false)
  request.setRetainondelete(options.retainOnDelete ?? false)
  request.setIgnorechangesList(options.ignoreChanges ?? [])
  request.setReplaceonchangesList(options.replaceOnChanges ?? [])
  const before = [options.dependsOn ?? []].flat() as pulumi.Resource[]
  request.setDependenciesList(await Promise.all(before.map(urnOf)))
  const { struct, dependencies } = await wireOf(type, inputs)
  request.setInputs(struct)
  for (const [key, urns] of dependencies) {
    const message = new providerProto.ConstructRequest.PropertyDependencies()
    message.setUrnsList(urns)
    request.getInputdependenciesMap().set(key, message)
  }
  for (const [key, provider] of Object.entries(options.providers ?? {}))
    request.getProvidersMap().set(key, `${await urnOf(provider)}::${await idOf(provider)}`)
  return request
}

async function callRequest(token: string, endpoint: string, inputs: Record<string, unknown>) {
  const request = new providerProto.CallRequest()
  address(request, endpoint)
  request.setTok(token)
  const { struct, dependencies } = await wireOf(token, inputs)
  request.setArgs(struct)
  for (const [key, urns] of dependencies) {
    const message = new providerProto.CallRequest.ArgumentDependencies()
    message.setUrnsList(urns)
    request.getArgdependenciesMap().set(key, message)
  }
  return request
}

/** Runs a plugin for as long as `work` takes; it talks to the monitor of the plan that runs. */
async function withPlugin<T>(command: string[], work: (client: Client, address: string) => Promise<T>): Promise<T> {
  const monitor = pulumi.runtime.getMonitor() as unknown as Record<string, Handler>
  const { address, close } = await serve(monitor)
  try {
    const { child, port } = await start(command, address)
    const client = new providerGrpc.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure())
    try {
      return await work(client, address)
    } finally {
      client.close()
      child.kill()
    }
  } finally {
    close()
  }
}

/**
 * A model that lets a real plugin construct: `command` is the plugin's executable. The plugin's children get into the same graph as the
 * program's resources, transforms and all.
 */
export function pluginModel(type: string, command: string[]): Model {
  return (name, inputs, options) =>
    withPlugin(command, async (client, address) => {
      const request = await constructRequest(type, address, name, inputs, options)
      const response = await answered<Construct>((...args) => client.construct(request, ...args))
      const state = await sdk.deserializeInputs(response.getState() ?? new structProto.Struct(), {
        get: (key) => response.getStatedependenciesMap().get(key),
      })
      return { urn: response.getUrn(), state }
    })
}

/** The same for a method of a component. */
export function pluginMethod(token: string, command: string[]): Method {
  return (inputs) =>
    withPlugin(command, async (client, address) => {
      const request = await callRequest(token, address, inputs)
      const response = await answered<Call>((...args) => client.call(request, ...args))
      const outputs = await sdk.deserializeInputs(response.getReturn() ?? new structProto.Struct(), {
        get: (key) => response.getReturndependenciesMap().get(key),
      })
      return { outputs }
    })
}
