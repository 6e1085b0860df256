import { hash } from './hash.ts'
import type { Wire } from './values.ts'

/** What a made-up state is made from. */
export interface Subject {
  type: string
  urn: string
  name: string
  inputs: Wire
  account: string
  region: string
}

export interface Made {
  id: string
  /** Outputs that give way to inputs of the same name. */
  outputs: Wire
  /** Outputs that do not. */
  overrides?: Wire
}

/** The state that a resource would have: of the right shape, the same at every run. */
export function madeUp(subject: Subject): Made {
  return { id: `${subject.name}-${hash(subject.urn, 12)}`, outputs: {} }
}
