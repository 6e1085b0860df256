import { factsOf, label, type Undecided } from './facts.ts'
import { linesOf, type Proof } from './proof.ts'
import { keeps, keepsNothing } from './state.ts'

const stateIsHeld: Proof = {
  name: 'state-is-held',
  says: "What keeps data is held where the setting 'protect' is true: Pulumi refuses to delete it, and AWS has what it offers against losing it.",
  prove: ({ graph, identities: { index }, settings }) => {
    const undecided: Undecided[] = []
    const made = graph.resources.filter(({ custom, read }) => custom && !read)
    const kept = made.flatMap((resource) => {
      const hold = keeps[resource.type]
      const said = factsOf(resource, undecided)
      return hold && (hold.only?.(said, settings) ?? true) ? [{ hold, said }] : []
    })
    const unheld = kept.flatMap(({ hold, said }) => {
      const protects = hold.protects?.(said, settings) ?? true
      const lacks = [
        ...(protects && !said.resource.protect ? ['Pulumi does not protect it'] : []),
        ...(hold.lacks?.(said, settings, index) ?? []),
      ]
      return lacks.map((why) => `${label(said.resource)}: ${why}`)
    })
    const strange = made
      .filter(({ type }) => !(type in keeps) && !keepsNothing(type))
      .map((one) => `${label(one)}: whether ${one.type} keeps data is not understood; give it a row in state.ts`)
    const by = settings.protect ? '' : ", none of it held, by choice: 'protect' is false"
    return {
      looked: kept.length,
      at: `${kept.length} things with state${by}`,
      findings: [...(settings.protect ? unheld : []), ...strange],
      undecided: linesOf(graph, undecided),
    }
  },
}

/** Proofs about what keeps data. */
export const stateProofs: Proof[] = [stateIsHeld]
