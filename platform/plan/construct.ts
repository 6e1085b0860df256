import * as pulumi from '@pulumi/pulumi'
import type { Alias } from '@pulumi/pulumi/proto/alias_pb.js'
import type { RegisterResourceResponse } from '@pulumi/pulumi/proto/resource_pb.js'
import resourceProto from '@pulumi/pulumi/proto/resource_pb.js'
import { DependencyProviderResource, DependencyResource } from '@pulumi/pulumi/resource.js'
import type { Resource, Urn } from './graph.ts'
import type { Model } from './models/model.ts'
import { asPlugin, deserialize, serialize, urnOfOutput } from './plugin.ts'
import { type Registration, recordOf } from './registration.ts'
import type { Run } from './run.ts'
import { structOf } from './transforms.ts'
import { downgrade, propertiesFromWire, type Wire } from './values.ts'

/** A resource of which no more is known than its URN; the SDK makes the same for what comes over the wire. */
const known = (urn: string): pulumi.Resource => new DependencyResource(urn)

function aliasOf(alias: Alias): pulumi.Input<pulumi.URN | pulumi.Alias> {
  const spec = alias.getSpec()
  if (!spec) return alias.getUrn()
  const texts = { name: spec.getName(), project: spec.getProject(), stack: spec.getStack() }
  const given = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''))
  if (spec.hasParenturn()) return { ...given, parent: spec.getParenturn() }
  return spec.getNoparent() ? { ...given, parent: pulumi.rootStackResource } : given
}

/** The options that the SDK's provider server hands to a plugin's `construct`. */
function constructOptions(registration: Registration): pulumi.ComponentResourceOptions {
  const { options } = registration
  const providers = [...options.getProvidersMap().entries()]
  const timeouts = options.getCustomTimeouts()
  const deletedWith = options.getDeletedWith()
  return {
    aliases: options.getAliasesList().map(aliasOf),
    dependsOn: registration.dependencies.map(known),
    protect: options.getProtect(),
    providers: Object.fromEntries(providers.map(([name, ref]) => [name, new DependencyProviderResource(ref)])),
    parent: registration.parent === '' ? undefined : known(registration.parent),
    ignoreChanges: options.getIgnoreChangesList(),
    replaceOnChanges: options.getReplaceOnChangesList(),
    customTimeouts: timeouts?.toObject(),
    retainOnDelete: options.getRetainOnDelete(),
    ...(deletedWith === '' ? {} : { deletedWith: known(deletedWith) }),
  }
}

/** What a model returned, on the wire, and what each part depends on. */
interface Built {
  urn: Urn
  outputs: Wire
  dependencies: Map<string, Urn[]>
}

function build(run: Run, urn: Urn, model: Model, registration: Registration): Promise<Built> {
  return asPlugin(run, urn, async () => {
    const inputs = await deserialize(registration.props, registration.propertyDependencies)
    const result = await model(registration.name, inputs, {
      ...constructOptions(registration),
      transformations: run.inModels,
    })
    const label = `construct(${registration.type}, ${registration.name})`
    return { ...(await serialize(label, result.state)), urn: await urnOfOutput(pulumi.output(result.urn)) }
  })
}

/**
 * Answers the registration of a component that a plugin would construct. With a model, its children are in the graph; without one it is
 * one box whose inside is not seen, and whatever the program takes from it is unknown.
 */
export async function construct(
  run: Run,
  registration: Registration,
  urn: Urn,
  enter: (resource: Resource) => void,
  response: RegisterResourceResponse,
): Promise<void> {
  const asked = recordOf(run, { ...registration, props: downgrade(registration.props) as Wire })
  const model = run.order.models[registration.type]
  response.setUrn(urn)
  if (!model) {
    enter({ ...asked, insideNotSeen: true })
    response.setObject(structOf({}))
    return
  }
  const built = await build(run, urn, model, registration)
  const resource = run.entries.get(urn)?.resource
  if (built.urn !== urn || !resource) {
    throw new Error(`The model of ${registration.type} made '${built.urn}' where '${urn}' was asked for`)
  }
  const { inputs, dependencies, propertyDependencies, provider, providers, version } = asked
  Object.assign(resource, { remote: true, inputs, dependencies, propertyDependencies, provider, providers, version })
  resource.outputs = propertiesFromWire(built.outputs)
  const entry = run.entries.get(urn)
  if (entry) entry.outputs = built.outputs
  response.setObject(structOf(built.outputs))
  for (const [key, urns] of built.dependencies) {
    const message = new resourceProto.RegisterResourceResponse.PropertyDependencies()
    message.setUrnsList(urns)
    response.getPropertydependenciesMap().set(key, message)
  }
}
