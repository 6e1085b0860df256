import type * as pulumi from '@pulumi/pulumi'

/**
 * What a plugin would do with a remote component, in its stead: makes a component of that type and its children, and answers with its
 * URN and outputs. It is ordinary Pulumi code of the same shape as `pulumi.provider.Provider.construct`, so it runs inside the offline
 * plan and inside a stub provider under a real engine alike. It throws, naming the argument, where an argument is beyond it: a model
 * never builds something else than the plugin would.
 */
export type Model = (
  name: string,
  inputs: Record<string, unknown>,
  options: pulumi.ComponentResourceOptions,
) => Promise<{ urn: pulumi.Input<string>; state: pulumi.Inputs }>

/** What a plugin would answer to a method of a component; `inputs.__self__` is the component. */
export type Method = (inputs: Record<string, unknown>) => Promise<{ outputs: pulumi.Inputs }>

/** An argument that a model cannot follow, or that the plugin itself would refuse. */
export class ModelError extends Error {
  constructor(type: string, argument: string, problem: string) {
    super(`${type}: ${argument} ${problem}`)
    this.name = 'ModelError'
  }
}

/**
 * The inputs that components inside a plugin register: none. Only SDKs from 3.202 on send them, and the lock files of the plugins have
 * 3.200.0 (awsx 3.8) and 3.173.0 (eks 4.3.0), read on 2026-11-21.
 */
export const noInputs: pulumi.Inputs = {}
