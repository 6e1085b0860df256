import type { Settings } from '../../settings/schema.ts'
import type { Graph } from '../graph.ts'
import { label, type Undecided } from './facts.ts'
import type { Identities } from './roles.ts'
import type { World } from './world.ts'

/** What a proof looks at: the plan's network and roles, and what the settings say that they should be. */
export interface Ground {
  graph: Graph
  settings: Settings
  world: World
  identities: Identities
}

export interface Verdict {
  /** How many things were looked at, and what they are: `12 subnets`. A proof over nothing does not hold. */
  looked: number
  at: string
  /** What speaks against it, each a block of text for a person. */
  findings: string[]
  /** What would have to be known, and is not. */
  undecided: string[]
}

export interface Proof {
  name: string
  /** What holds, in one sentence. */
  says: string
  /** Whether this stack has what the proof is about; without it, it always has. */
  applies?(ground: Ground): boolean
  prove(ground: Ground): Verdict
}

/** Unknown values as lines for a person. */
export function linesOf(graph: Graph, undecided: readonly Undecided[]): string[] {
  return undecided.map(({ urn, property, why }) => {
    const resource = graph.resources.find((one) => one.urn === urn)
    return `${resource ? label(resource) : urn}: ${property} ${why}`
  })
}

/** The component of ours that a resource belongs to, by its URN: `Door` of `dhakacart:platform:Door$aws:…`. */
export const componentOf = (urn: string): string | undefined =>
  /::dhakacart:platform:([A-Za-z]+)(?:\$|::)/.exec(urn)?.[1]
