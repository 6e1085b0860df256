import { factsOf, label } from './facts.ts'
import { keyUsers } from './key-users.ts'
import { describeUser, keyType, otherKeyTypes, usersOf } from './keys.ts'
import { linesOf, type Proof } from './proof.ts'
import { permissionsOf } from './roles.ts'

const keysForTheNamed: Proof = {
  name: 'keys-for-the-named',
  says: 'Each key can be used by exactly those whom the table of key users names, each for what it names and on its conditions.',
  prove: ({ graph, identities, settings }) => {
    const { index, roles } = identities
    const keys = index.of(keyType)
    const expected = keyUsers({ settings, prefix: `dhakacart-${graph.stack}` })
    const findings = keys.flatMap((key) => {
      const wanted = expected[key.name]?.map(describeUser)
      if (!wanted) return [`${label(key)} is in no row of the table of key users`]
      const found = usersOf(identities, key, settings.accountId).map(describeUser)
      return [
        ...found.filter((user) => !wanted.includes(user)).map((user) => `${label(key)}: nobody named this: ${user}`),
        ...wanted.filter((user) => !found.includes(user)).map((user) => `${label(key)}: named, and is not so: ${user}`),
      ]
    })
    const gone = Object.keys(expected).filter((name) => !keys.some((key) => key.name === name))
    const strange = index.of(...otherKeyTypes).map((key) => `${label(key)} is a key of a kind that is not understood`)
    const lost = index
      .of('aws:kms/keyPolicy:KeyPolicy')
      .filter((policy) => !index.find([keyType], factsOf(policy, identities.undecided).text('keyId')))
      .map((policy) => `${label(policy)} is the policy of a key that this plan does not hold`)
    const doubts = roles.flatMap((role) => permissionsOf(identities, role).doubts)
    const users = keys.flatMap((key) => usersOf(identities, key, settings.accountId)).length
    return {
      looked: keys.length,
      at: `${keys.length} keys, ${users} users`,
      findings: [
        ...findings,
        ...gone.map((name) => `the table names users of a key '${name}': there is none`),
        ...strange,
        ...lost,
      ],
      undecided: [...linesOf(graph, identities.undecided), ...new Set(doubts)],
    }
  },
}

/** Proofs about keys. */
export const keyProofs: Proof[] = [keysForTheNamed]
