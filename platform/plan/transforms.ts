import grpc from '@grpc/grpc-js'
import callbackRpc from '@pulumi/pulumi/proto/callback_grpc_pb.js'
import type { Callback } from '@pulumi/pulumi/proto/callback_pb.js'
import callbackProto from '@pulumi/pulumi/proto/callback_pb.js'
import type { TransformInvokeOptions } from '@pulumi/pulumi/proto/resource_pb.js'
import resourceProto from '@pulumi/pulumi/proto/resource_pb.js'
import structProto from 'google-protobuf/google/protobuf/struct_pb.js'
import type { Urn } from './graph.ts'
import type { Registration } from './registration.ts'
import type { Run } from './run.ts'
import { asOutputs, downgrade, outputDependencies, type Wire, withDependencies } from './values.ts'

type Json = Parameters<typeof structProto.Struct.fromJavaScript>[0]
/** Properties as a message of the wire. */
export const structOf = (wire: Wire) => structProto.Struct.fromJavaScript(wire as Json)
/** A message of the wire as properties. */
export const wireOf = (struct: { toJavaScript(): unknown } | undefined) => (struct?.toJavaScript() ?? {}) as Wire

/** Calls a function of the program that the SDK's own callback server offers. */
function call(run: Run, callback: Callback, request: Uint8Array): Promise<Uint8Array> {
  const target = callback.getTarget()
  let client = run.clients.get(target)
  if (!client) {
    client = new callbackRpc.CallbacksClient(target, grpc.credentials.createInsecure())
    run.clients.set(target, client)
  }
  const message = new callbackProto.CallbackInvokeRequest()
  message.setToken(callback.getToken())
  message.setRequest(request)
  const open = client
  return new Promise((resolve, reject) => {
    open.invoke(message, (error, response) => {
      if (error) reject(new Error(error.details))
      else resolve(response.getResponse_asU8())
    })
  })
}

/** The transforms of a resource in the engine's order: its own, its parents' upwards, then the stack's. */
function chain(run: Run, own: readonly Callback[], parent: Urn): Callback[] {
  const transforms = [...own]
  for (let urn = parent; urn !== ''; urn = run.entries.get(urn)?.resource.parent ?? '') {
    transforms.push(...(run.entries.get(urn)?.transforms ?? []))
  }
  return [...transforms, ...run.stackTransforms]
}

async function transform(run: Run, callback: Callback, registration: Registration): Promise<void> {
  const request = new resourceProto.TransformRequest()
  request.setName(registration.name)
  request.setType(registration.type)
  request.setParent(registration.parent)
  request.setCustom(registration.custom)
  request.setProperties(structOf(registration.props))
  request.setOptions(registration.options)
  const bytes = await call(run, callback, request.serializeBinary())
  const response = resourceProto.TransformResponse.deserializeBinary(bytes)
  registration.options = response.getOptions() ?? registration.options
  const properties = response.getProperties()
  if (properties) registration.props = wireOf(properties)
}

/**
 * Runs all transforms that reach a registration, and reckons its dependencies anew as the engine does: from the output values that came
 * back where the resource has transforms of its own, otherwise from the request.
 */
export async function applyTransforms(run: Run, registration: Registration, own: readonly Callback[]): Promise<void> {
  const transforms = chain(run, own, registration.parent)
  const { remote, propertyDependencies } = registration
  if (transforms.length > 0 || remote) registration.props = asOutputs(registration.props) as Wire
  if (own.length > 0) registration.props = withDependencies(registration.props, propertyDependencies)
  for (const callback of transforms) await transform(run, callback, registration)
  const entries = Object.entries(registration.props)
  if (own.length > 0) {
    registration.propertyDependencies = new Map(entries.map(([key, value]) => [key, unique(outputDependencies(value))]))
    const all = [...registration.propertyDependencies.values()].flat()
    registration.dependencies = unique([...registration.options.getDependsOnList(), ...all])
  } else {
    for (const [key, value] of entries) {
      propertyDependencies.set(key, unique([...(propertyDependencies.get(key) ?? []), ...outputDependencies(value)]))
    }
  }
  if (!remote) registration.props = downgrade(registration.props) as Wire
}

const unique = <T>(items: T[]): T[] => [...new Set(items)]

/** Runs the stack's transforms of provider functions. */
export async function applyInvokeTransforms(
  run: Run,
  token: string,
  args: Wire,
  options: TransformInvokeOptions,
): Promise<{ args: Wire; options: TransformInvokeOptions }> {
  const state = { args, options }
  for (const callback of run.invokeTransforms) {
    const request = new resourceProto.TransformInvokeRequest()
    request.setToken(token)
    request.setArgs(structOf(state.args))
    request.setOptions(state.options)
    const bytes = await call(run, callback, request.serializeBinary())
    const response = resourceProto.TransformInvokeResponse.deserializeBinary(bytes)
    state.options = response.getOptions() ?? state.options
    const properties = response.getArgs()
    if (properties) state.args = wireOf(properties)
  }
  return state
}

/** Hangs up on the program's callback servers. */
export function closeClients(run: Run): void {
  for (const client of run.clients.values()) client.close()
  run.clients.clear()
}
