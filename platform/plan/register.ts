import type {
  ReadResourceRequest,
  ReadResourceResponse,
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  RegisterResourceResponse,
} from '@pulumi/pulumi/proto/resource_pb.js'
import resourceProto from '@pulumi/pulumi/proto/resource_pb.js'
import { answer, answerRead } from './answer.ts'
import { construct } from './construct.ts'
import type { Resource } from './graph.ts'
import { isModelled } from './plugin.ts'
import { inherit, type Registration, recordOf, registrationOf } from './registration.ts'
import type { Run } from './run.ts'
import { applyTransforms, structOf, wireOf } from './transforms.ts'
import { urnOf } from './urn.ts'
import { bare, fromWire, hiding, propertiesFromWire, type Wire } from './values.ts'

/** Puts a record into the graph; a URN stands for one resource only. */
function enter(run: Run, resource: Resource): void {
  if (run.entries.has(resource.urn)) {
    throw new Error(`Duplicate resource URN '${resource.urn}'; try giving it a unique name`)
  }
  resource.modelled = isModelled(resource.urn)
  run.graph.resources.push(resource)
  run.entries.set(resource.urn, { resource, id: '', inputs: {}, outputs: {}, transforms: [] })
}

function keepForChildren(run: Run, urn: string, registration: Registration): void {
  const { options, custom, remote, parent } = registration
  if (!remote) {
    run.goals.set(urn, {
      protect: options.getProtect(),
      retainOnDelete: options.getRetainOnDelete(),
      deletedWith: options.getDeletedWith(),
      provider: custom ? options.getProvider() : '',
    })
  }
  if (custom) return
  const inherited = run.componentProviders.get(parent) ?? new Map()
  run.componentProviders.set(urn, new Map([...inherited, ...options.getProvidersMap().entries()]))
}

function registerLocal(run: Run, registration: Registration): { urn: string; id: string; outputs: Wire } {
  const resource = recordOf(run, registration)
  enter(run, resource)
  keepForChildren(run, resource.urn, registration)
  const entry = run.entries.get(resource.urn)
  if (!entry) throw new Error(`The graph has lost ${resource.urn}`)
  entry.inputs = registration.props
  if (!resource.custom) return { urn: resource.urn, id: '', outputs: {} }
  const { id, outputs, autonamed } = answer(run, resource, bare(registration.props) as Wire, registration.props)
  Object.assign(entry, { id, outputs })
  if (id !== '' && !run.byId.has(id)) run.byId.set(id, entry)
  resource.autonamed = autonamed
  resource.outputs = propertiesFromWire(outputs)
  resource.id = id === '' ? { $unknown: true } : fromWire(hiding(registration.props)({ id }).id)
  return { urn: resource.urn, id, outputs }
}

/** Answers `RegisterResource`. */
export async function register(run: Run, request: RegisterResourceRequest): Promise<RegisterResourceResponse> {
  inherit(run, request)
  const registration = registrationOf(run, request)
  const { parent, type, name, remote } = registration
  const key = `${parent}::${type}::${name}`
  const pending = run.pendingTransforms.get(key)
  const own = pending ?? request.getTransformsList()
  if (pending) run.pendingTransforms.delete(key)
  else if (remote && own.length > 0) run.pendingTransforms.set(key, own)
  await applyTransforms(run, registration, own)
  const response = new resourceProto.RegisterResourceResponse()
  if (remote) {
    const urn = urnOf(run.order.stack, run.order.project, parent, type, name)
    if (run.entries.has(urn)) throw new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`)
    await construct(run, registration, urn, (resource) => enter(run, resource), response)
  } else {
    const { urn, id, outputs } = registerLocal(run, registration)
    response.setUrn(urn)
    response.setId(id)
    response.setObject(structOf(outputs))
  }
  const entry = run.entries.get(response.getUrn())
  if (entry) entry.transforms = [...own]
  return response
}

/** Answers `RegisterResourceOutputs`: what a component, or the stack itself, says that it holds. */
export function registerOutputs(run: Run, request: RegisterResourceOutputsRequest): void {
  const entry = run.entries.get(request.getUrn())
  if (!entry) throw new Error(`Outputs are registered for an unknown resource: ${request.getUrn()}`)
  entry.outputs = wireOf(request.getOutputs())
  entry.resource.outputs = propertiesFromWire(entry.outputs)
  if (entry.resource.type === 'pulumi:pulumi:Stack') run.graph.outputs = entry.resource.outputs
}

/** Answers `ReadResource`: a resource that exists outside of the stack. */
export function read(run: Run, request: ReadResourceRequest): ReadResourceResponse {
  const props = wireOf(request.getProperties())
  const goalRequest = new resourceProto.RegisterResourceRequest()
  goalRequest.setType(request.getType())
  goalRequest.setName(request.getName())
  goalRequest.setParent(request.getParent())
  goalRequest.setCustom(true)
  goalRequest.setObject(request.getProperties())
  goalRequest.setProvider(request.getProvider())
  goalRequest.setDependenciesList(request.getDependenciesList())
  goalRequest.setVersion(request.getVersion())
  goalRequest.setPlugindownloadurl(request.getPlugindownloadurl())
  goalRequest.setAdditionalsecretoutputsList(request.getAdditionalsecretoutputsList())
  const resource = recordOf(run, registrationOf(run, goalRequest))
  resource.read = true
  resource.propertyDependencies = {}
  enter(run, resource)
  const { id, outputs } = answerRead(run, resource, request.getId(), props)
  Object.assign(run.entries.get(resource.urn) ?? {}, { id, inputs: props, outputs })
  resource.outputs = propertiesFromWire(outputs)
  resource.id = id === '' ? { $unknown: true } : id
  const response = new resourceProto.ReadResourceResponse()
  response.setUrn(resource.urn)
  response.setProperties(structOf(outputs))
  return response
}
