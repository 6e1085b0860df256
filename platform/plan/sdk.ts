/**
 * The parts of the Pulumi SDK that a language host and a component provider use and that its type definitions leave out. The package
 * is pinned to an exact version; `sdk.test.ts` holds that they are still there.
 */
import type { Output, Resource } from '@pulumi/pulumi'
import providerServer from '@pulumi/pulumi/provider/server.js'
import runtimeRpc from '@pulumi/pulumi/runtime/rpc.js'
import runtimeSettings from '@pulumi/pulumi/runtime/settings.js'
import runtimeState from '@pulumi/pulumi/runtime/state.js'
import type { Struct } from 'google-protobuf/google/protobuf/struct_pb.js'
import type { Wire } from './values.ts'

/** A registration that waits for something, as the SDK keeps it. */
export interface Pending {
  label: string
  phase: string
  inputProperty?: string
}

interface Settings {
  setMockOptions(monitor: object, project: string, stack: string, preview: boolean, organization: string): void
  awaitFeatureSupport(): Promise<void>
  waitForRPCs(): Promise<void>
  disconnectSync(): void
}

interface State {
  withLocalStorage<T>(run: () => Promise<T>): Promise<T>
  getStore(): { settings: { engine?: object } }
  getPendingResourceRegistrations(): Map<Resource, Pending>
}

interface Rpc {
  serializeResourceProperties(
    label: string,
    inputs: Record<string, unknown>,
  ): Promise<[Wire, Map<string, Set<Resource>>]>
}

interface Server {
  deserializeInputs(
    inputs: Struct,
    dependencies: { get(key: string): { getUrnsList(): string[] } | undefined },
  ): Promise<Record<string, Output<unknown>>>
}

export const settings = runtimeSettings as unknown as Settings
export const state = runtimeState as unknown as State
export const rpc = runtimeRpc as unknown as Rpc
export const server = providerServer as unknown as Server
