import type { Clients } from '../aws/clients.ts'

/** One change, small enough that stopping after it leaves nothing half done. */
export interface Action {
  /** What it does, as a person would say it before: `turn versioning on`. */
  say: string
  do(): Promise<void>
}

/** What a step found. */
export interface Finding {
  /**
   * `present`: as it should be. `create`: not there. `change`: there, but not as it should be.
   * `later`: cannot be done yet. `cannot see`: these credentials may not look, and it is not needed for an `up`.
   */
  state: 'present' | 'create' | 'change' | 'later' | 'cannot see'
  /** What else there is to know, in a sentence. */
  note?: string
  /** What would be done, in order; empty unless the state is `create` or `change`. */
  actions: Action[]
}

/** One thing that must exist before the first `up`. Looking changes nothing; acting on a finding twice does nothing the second time. */
export interface Step {
  name: string
  /** The name or the ARN of the thing. */
  target: string
  /** Whose it is: of the one stack, or shared by every stack of the account. */
  scope: 'stack' | 'account'
  look(): Promise<Finding>
}

/** What the steps know of the stack. */
export interface Place {
  stack: string
  accountId: string
  region: string
  owner: string
  costCentre: string
  clients: Clients
}

export const present = (note?: string): Finding => ({ state: 'present', note, actions: [] })
