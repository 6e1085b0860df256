import type { Alias } from '@pulumi/pulumi/proto/alias_pb.js'
import type { RegisterResourceRequest, TransformResourceOptions } from '@pulumi/pulumi/proto/resource_pb.js'
import resourceProto from '@pulumi/pulumi/proto/resource_pb.js'
import type { Resource, Timeouts, Urn } from './graph.ts'
import type { Run } from './run.ts'
import { isProvider, packageOf, urnOf } from './urn.ts'
import { propertiesFromWire, type Wire } from './values.ts'

/** A registration on its way: what was asked for, as parents and transforms have changed it so far. */
export interface Registration {
  type: string
  name: string
  custom: boolean
  remote: boolean
  parent: Urn
  props: Wire
  dependencies: Urn[]
  propertyDependencies: Map<string, Urn[]>
  options: TransformResourceOptions
}

/** A child that says nothing takes its parent's protection, retention, fate, and its provider where that is of the same package. */
export function inherit(run: Run, request: RegisterResourceRequest): void {
  const goal = run.goals.get(request.getParent())
  if (!goal) return
  if (request.getDeletedwith() === '') request.setDeletedwith(goal.deletedWith)
  if (!request.hasProtect() && goal.protect !== undefined) request.setProtect(goal.protect)
  if (!request.hasRetainondelete() && goal.retainOnDelete !== undefined) request.setRetainondelete(goal.retainOnDelete)
  if (request.getProvider() !== '' || goal.provider === '') return
  const samePackage = packageOf(goal.provider.split('::')[2]?.split('$').at(-1) ?? '') === packageOf(request.getType())
  if ((!request.getRemote() && !request.getCustom()) || samePackage) request.setProvider(goal.provider)
}

/** The provider of a resource: its own, or one that it or the component above it was given for its package; '' is the default one. */
function resolveProvider(run: Run, request: RegisterResourceRequest): string {
  const given = request.getProvider()
  if (given !== '' || !(request.getCustom() || request.getRemote())) return given
  const name = packageOf(request.getType())
  return request.getProvidersMap().get(name) ?? run.componentProviders.get(request.getParent())?.get(name) ?? ''
}

function optionsOf(run: Run, request: RegisterResourceRequest): TransformResourceOptions {
  const options = new resourceProto.TransformResourceOptions()
  options.setImport(request.getImportid())
  options.setDependsOnList(request.getDependenciesList())
  const protect = request.getProtect()
  if (request.hasProtect() && protect !== undefined) options.setProtect(protect)
  options.setIgnoreChangesList(request.getIgnorechangesList())
  options.setReplaceOnChangesList(request.getReplaceonchangesList())
  options.setReplacementTrigger(request.getReplacementTrigger())
  options.setVersion(request.getVersion())
  options.setAliasesList(request.getAliasesList())
  options.setProvider(resolveProvider(run, request))
  for (const [name, reference] of request.getProvidersMap().entries()) options.getProvidersMap().set(name, reference)
  options.setHideDiffList(request.getHidediffsList())
  options.setCustomTimeouts(request.getCustomtimeouts())
  options.setPluginDownloadUrl(request.getPlugindownloadurl())
  const retain = request.getRetainondelete()
  if (request.hasRetainondelete() && retain !== undefined) options.setRetainOnDelete(retain)
  options.setDeletedWith(request.getDeletedwith())
  options.setReplaceWithList(request.getReplaceWithList())
  if (request.getDeletebeforereplacedefined() || request.getDeletebeforereplace()) {
    options.setDeleteBeforeReplace(request.getDeletebeforereplace())
  }
  options.setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList())
  options.setHooks(request.getHooks())
  return options
}

export function registrationOf(run: Run, request: RegisterResourceRequest): Registration {
  const props = (request.getObject()?.toJavaScript() ?? {}) as Wire
  const dependencies = request.getDependenciesList()
  const perProperty = [...request.getPropertydependenciesMap().entries()]
  const all: [string, Urn[]][] = Object.keys(props).map((key) => [key, dependencies])
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    remote: request.getRemote(),
    parent: request.getParent(),
    props,
    dependencies,
    propertyDependencies: new Map(
      perProperty.length === 0 && !request.getRemote()
        ? all
        : perProperty.map(([key, urns]) => [key, urns.getUrnsList()]),
    ),
    options: optionsOf(run, request),
  }
}

function aliasOf(alias: Alias): Resource['aliases'][number] {
  const spec = alias.getSpec()
  if (!spec) return alias.getUrn()
  const parent = spec.getParenturn()
  return {
    ...(spec.getName() === '' ? {} : { name: spec.getName() }),
    ...(spec.getType() === '' ? {} : { type: spec.getType() }),
    ...(spec.getStack() === '' ? {} : { stack: spec.getStack() }),
    ...(spec.getProject() === '' ? {} : { project: spec.getProject() }),
    ...(parent === '' ? {} : { parent }),
    ...(spec.getNoparent() ? { noParent: true } : {}),
  }
}

function timeoutsOf(options: TransformResourceOptions): Timeouts {
  const timeouts = options.getCustomTimeouts()
  const entries = { create: timeouts?.getCreate(), update: timeouts?.getUpdate(), delete: timeouts?.getDelete() }
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value))
}

/** The record of a registration. Nothing is in its outputs yet. */
export function recordOf(run: Run, registration: Registration): Resource {
  const { type, name, custom, remote, parent, options } = registration
  const provider = custom || remote ? options.getProvider() : ''
  const deletedWith = options.getDeletedWith()
  const [importId, version, url] = [options.getImport(), options.getVersion(), options.getPluginDownloadUrl()]
  return {
    urn: urnOf(run.order.stack, run.order.project, parent, type, name),
    type,
    name,
    custom,
    remote,
    modelled: false,
    insideNotSeen: false,
    read: false,
    ...(parent === '' ? {} : { parent }),
    ...(provider === '' || isProvider(type) ? {} : { provider }),
    providers: Object.fromEntries(options.getProvidersMap().entries()),
    inputs: propertiesFromWire(registration.props),
    outputs: {},
    dependencies: [...registration.dependencies].sort(),
    propertyDependencies: Object.fromEntries(
      [...registration.propertyDependencies].map(([key, urns]) => [key, [...urns].sort()]),
    ),
    protect: options.getProtect() ?? false,
    retainOnDelete: options.getRetainOnDelete() ?? false,
    ...(options.hasDeleteBeforeReplace() ? { deleteBeforeReplace: options.getDeleteBeforeReplace() ?? false } : {}),
    ...(deletedWith === '' ? {} : { deletedWith }),
    aliases: options.getAliasesList().map(aliasOf),
    ignoreChanges: options.getIgnoreChangesList(),
    replaceOnChanges: options.getReplaceOnChangesList(),
    additionalSecretOutputs: options.getAdditionalSecretOutputsList(),
    ...(importId === '' ? {} : { importId }),
    timeouts: timeoutsOf(options),
    ...(version === '' ? {} : { version }),
    ...(url === '' ? {} : { pluginDownloadUrl: url }),
    autonamed: [],
  }
}
