import t from 'tap'
import { describe, prove } from '../../plan/reach/proofs.ts'
import { settingsOf } from '../../plan/reach/settings.ts'
import { stateProofs } from '../../plan/reach/state-proofs.ts'
import { one, planned } from '../harness/graphs.ts'

/** The three changes of settings that a restore is, and what stands after each. */
const steps = {
  'a second database beside the one in use': {
    databaseInstances: [{ name: 'main' }, { name: 'restored', restoreOf: 'main', restoreTo: 'latest' }],
  },
  'the second one in use': {
    databaseInstances: [{ name: 'main' }, { name: 'restored', restoreOf: 'main', restoreTo: 'latest' }],
    databaseInUse: 'restored',
  },
  'the first one gone': {
    databaseInstances: [{ name: 'restored', restoreOf: 'main', restoreTo: 'latest' }],
    databaseInUse: 'restored',
  },
}

for (const [name, overrides] of Object.entries(steps)) {
  t.test(`every promise is kept with ${name}`, async (t) => {
    const outcomes = prove(
      await planned({ stack: 'prod', mode: 'applied', overrides }),
      await settingsOf('prod', overrides),
    )
    t.ok(outcomes.length > 15, `${outcomes.length} proofs`)
    for (const outcome of outcomes) t.ok(outcome.holds, describe(outcome))
  })
}

t.test('a database on its way out may be deleted, with a last snapshot', async (t) => {
  const overrides = steps['the second one in use']
  const graph = structuredClone(await planned({ stack: 'prod', mode: 'applied', overrides }))
  const settings = await settingsOf('prod', overrides)
  const [old, used] = ['main', 'restored'].map((name) => one(graph, 'aws:rds/instance:Instance', name))
  t.strictSame([old?.protect, used?.protect], [false, true])
  if (!old || !used) throw new Error('there are no two databases')
  old.inputs.skipFinalSnapshot = true
  used.inputs.deletionProtection = false
  t.match(prove(graph, settings, stateProofs)[0]?.findings.sort(), [
    /Instance 'main': skipFinalSnapshot is true/,
    /Instance 'restored': deletionProtection is false instead of true/,
  ])
})
