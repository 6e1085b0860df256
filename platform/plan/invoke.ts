import type { CallResponse } from '@pulumi/pulumi/proto/provider_pb.js'
import providerProto from '@pulumi/pulumi/proto/provider_pb.js'
import type {
  ResourceCallRequest,
  ResourceInvokeRequest,
  ResourceInvokeResponse,
} from '@pulumi/pulumi/proto/resource_pb.js'
import resourceProto from '@pulumi/pulumi/proto/resource_pb.js'
import { functions } from './functions.ts'
import type { Urn } from './graph.ts'
import { asPlugin, deserialize, serialize } from './plugin.ts'
import type { Run } from './run.ts'
import { applyInvokeTransforms, structOf, wireOf } from './transforms.ts'
import { packageOf, parseReference } from './urn.ts'
import { asOutputs, bare, downgrade, hasUnknown, propertiesFromWire, unknownValue, type Wire } from './values.ts'

/** Whether a resource, or anything below a component, is not made yet: then the engine does not ask on its behalf. */
function isPending(run: Run, urn: Urn): boolean {
  const entry = run.entries.get(urn)
  if (!entry) return true
  if (entry.resource.custom) return entry.id === ''
  return run.graph.resources.some((child) => child.parent === urn && isPending(run, child.urn))
}

function getResource(run: Run, urn: Urn): Wire {
  const entry = run.entries.get(urn)
  if (!entry) throw new Error(`unknown resource ${urn}`)
  return { urn, id: entry.id, state: entry.outputs }
}

/** Answers a function of a provider. A function that nobody here knows throws: an empty answer would hide a mistake. */
export async function invoke(run: Run, request: ResourceInvokeRequest): Promise<ResourceInvokeResponse> {
  const token = request.getTok()
  const response = new resourceProto.ResourceInvokeResponse()
  if (token === 'pulumi:pulumi:getResource') {
    response.setReturn(structOf(getResource(run, String(wireOf(request.getArgs()).urn))))
    return response
  }
  const options = new resourceProto.TransformInvokeOptions()
  options.setProvider(request.getProvider())
  options.setVersion(request.getVersion())
  options.setPluginDownloadUrl(request.getPlugindownloadurl())
  const transformed = await applyInvokeTransforms(run, token, wireOf(request.getArgs()), options)
  const args = bare(downgrade(transformed.args)) as Wire
  run.graph.invokes.push({ token, args: propertiesFromWire(args) })
  if (request.getDependsonList().some((urn) => isPending(run, urn)) || hasUnknown(args)) {
    response.setUnknown(true)
    return response
  }
  const own = run.order.invokes[token]
  const answer = own ? own(args) : functions[token]?.(args, providerOf(run, token, transformed.options.getProvider()))
  if (!answer)
    throw new Error(`The function ${token} of a provider is not known here; give its answer in invokes['${token}']`)
  response.setReturn(structOf(answer))
  return response
}

/** The provider that a function is asked of, as far as its region and account go. */
function providerOf(run: Run, token: string, reference: string): Wire {
  const inputs = reference === '' ? undefined : run.entries.get(parseReference(reference).urn)?.inputs
  if (inputs) return inputs
  const prefix = `${packageOf(token)}:`
  const config = Object.entries(run.order.config).filter(([key]) => key.startsWith(prefix))
  return Object.fromEntries(config.map(([key, value]) => [key.slice(prefix.length), value]))
}

/** Answers a method of a component as its plugin would; where nothing stands in for it, with a result that is not known. */
export async function callMethod(run: Run, request: ResourceCallRequest): Promise<CallResponse> {
  const token = request.getTok()
  const response = new providerProto.CallResponse()
  const method = run.order.methods[token]
  if (!method) {
    response.setReturn(structOf({ result: unknownValue }))
    return response
  }
  const given = [...request.getArgdependenciesMap().entries()]
  const urns = new Map(given.map(([key, dependencies]) => [key, dependencies.getUrnsList()]))
  const { outputs, dependencies } = await asPlugin(run, token, async () => {
    const result = await method(await deserialize(asOutputs(wireOf(request.getArgs())) as Wire, urns))
    return serialize(`call(${token})`, result.outputs)
  })
  response.setReturn(structOf(outputs))
  for (const [key, list] of dependencies) {
    const message = new providerProto.CallResponse.ReturnDependencies()
    message.setUrnsList(list)
    response.getReturndependenciesMap().set(key, message)
  }
  return response
}
