import type { Settings } from '../../settings/schema.ts'
import type { Graph } from '../graph.ts'
import { accessProofs } from './access-proofs.ts'
import { backupProofs } from './backup-proofs.ts'
import { bucketProofs } from './bucket-proofs.ts'
import { dataProofs } from './data-proofs.ts'
import { githubProofs } from './github-proofs.ts'
import { keyProofs } from './key-proofs.ts'
import { networkProofs } from './network-proofs.ts'
import type { Ground, Proof } from './proof.ts'
import { readIdentities } from './roles.ts'
import { stateProofs } from './state-proofs.ts'
import { readWorld } from './world.ts'

/** What came of a proof. */
export interface Outcome {
  name: string
  /** What holds, or should. */
  says: string
  holds: boolean
  /** How many things it looked at, and in words. Over nothing, nothing holds. */
  looked: number
  at: string
  findings: string[]
  /** Values that it would have had to know: while there is one, it does not hold. */
  undecided: string[]
}

/** All proofs about the ground of a stack, in the order in which they are told. */
export const proofs: readonly Proof[] = [
  ...networkProofs,
  ...accessProofs,
  ...githubProofs,
  ...dataProofs,
  ...bucketProofs,
  ...stateProofs,
  ...keyProofs,
  ...backupProofs,
]

/**
 * Proves what a stack promises, over its applied graph. `settings` are those that the plan was made with: they say which addresses and
 * principals are meant to get in.
 */
export function prove(graph: Graph, settings: Settings, which: readonly Proof[] = proofs): Outcome[] {
  if (graph.mode !== 'applied')
    throw new Error(`a proof wants the applied graph, and this is a ${graph.mode}: ids are not known in it`)
  const ground: Ground = { graph, settings, world: readWorld(graph), identities: readIdentities(graph) }
  return which
    .filter((proof) => proof.applies?.(ground) ?? true)
    .map((proof) => {
      const { looked, at, findings, undecided } = proof.prove(ground)
      const holds = looked > 0 && findings.length === 0 && undecided.length === 0
      return { name: proof.name, says: proof.says, holds, looked, at, findings, undecided }
    })
}

/** A proof in words: what it says, what it looked at, and what speaks against it. */
export function describe(outcome: Outcome): string {
  const { name, says, holds, looked, at, findings, undecided } = outcome
  const indent = (text: string) => text.replaceAll('\n', '\n    ')
  return [
    `${holds ? 'holds' : 'DOES NOT HOLD'}  ${name}: ${says} (${at})`,
    ...(looked === 0 ? ['    there was nothing to look at'] : []),
    ...[...new Set(findings)].map((finding) => `    ${indent(finding)}`),
    ...[...new Set(undecided)].map((line) => `    not known: ${indent(line)}`),
  ].join('\n')
}
