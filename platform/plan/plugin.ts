import { AsyncLocalStorage } from 'node:async_hooks'
import * as pulumi from '@pulumi/pulumi'
import type { Urn } from './graph.ts'
import type { Run } from './run.ts'
import { rpc, server, settings, state } from './sdk.ts'
import { structOf } from './transforms.ts'
import type { Wire } from './values.ts'

/** The organisation that the plan runs in; nothing of the graph depends on it. */
export const organization = 'organization'

/** The URN of the component that a model builds at this moment, in this chain of calls. */
const building = new AsyncLocalStorage<Urn>()

/** Whether this is registered by a model in a plugin's stead; the component itself is what the program asked for. */
export const isModelled = (urn: Urn): boolean => {
  const component = building.getStore()
  return component !== undefined && component !== urn
}

/**
 * Runs code in a plugin's stead as the SDK's provider server would: with a state of its own, so that the program's stack and its legacy
 * transformations do not reach it, against the same monitor. It ends when all that the code registers is registered.
 */
export function asPlugin<T>(run: Run, component: Urn, work: () => Promise<T>): Promise<T> {
  const { project, stack, config, secretKeys } = run.order
  const isolated = () =>
    state.withLocalStorage(async () => {
      settings.setMockOptions(run.monitor, project, stack, true, organization)
      state.getStore().settings.engine = run.engine
      pulumi.runtime.setAllConfig(config, secretKeys)
      await settings.awaitFeatureSupport()
      try {
        const result = await work()
        await settings.waitForRPCs()
        return result
      } finally {
        settings.disconnectSync()
      }
    })
  return building.run(component, isolated)
}

/** Values of the wire as a plugin's code is handed them. */
export const deserialize = (props: Wire, dependencies: ReadonlyMap<string, Urn[]>) =>
  server.deserializeInputs(structOf(props), { get: (key) => ({ getUrnsList: () => dependencies.get(key) ?? [] }) })

/** What a plugin's code returned, on the wire, and what each part depends on. */
export async function serialize(
  label: string,
  returned: pulumi.Inputs,
): Promise<{ outputs: Wire; dependencies: Map<string, Urn[]> }> {
  const [outputs, resources] = await rpc.serializeResourceProperties(label, returned)
  const urns = await Promise.all([...resources].map(async ([key, of]) => [key, await urnsOf(of)] as const))
  return { outputs, dependencies: new Map(urns) }
}

/** The URN of a resource, when it has one. */
export const urnOfOutput = (output: pulumi.Output<string>): Promise<Urn> =>
  new Promise((resolve) => {
    output.apply(resolve)
  })

const urnsOf = (resources: Iterable<pulumi.Resource>): Promise<Urn[]> =>
  Promise.all([...resources].map((resource) => urnOfOutput(resource.urn)))
