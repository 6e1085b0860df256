import t from 'tap'
import { rules } from '../../settings/checks.ts'
import { endOfSupport } from '../../settings/rules/cluster.ts'
import { schema } from '../../settings/schema.ts'
import { examined, today } from './cases.ts'
import type { Cases } from './rule-cases.ts'
import { accountCases } from './rule-cases-account.ts'
import { addressesCases } from './rule-cases-addresses.ts'
import { backupCases } from './rule-cases-backup.ts'
import { cacheCases } from './rule-cases-cache.ts'
import { clusterCases } from './rule-cases-cluster.ts'
import { databaseCases } from './rule-cases-database.ts'
import { identityCases } from './rule-cases-identity.ts'
import { peopleCases } from './rule-cases-people.ts'
import { productionCases } from './rule-cases-production.ts'
import { shopCases } from './rule-cases-shop.ts'
import { storageCases } from './rule-cases-storage.ts'

/** Cases of every rule, by its name; each subject has a file of its own. */
const cases: Record<string, Cases> = {
  ...accountCases,
  ...addressesCases,
  ...backupCases,
  ...cacheCases,
  ...clusterCases,
  ...identityCases,
  ...peopleCases,
  ...productionCases,
  ...shopCases,
  ...databaseCases,
  ...storageCases,
}

for (const rule of rules) {
  t.test(rule.name, async (t) => {
    const { fails, passes } = cases[rule.name] ?? { fails: [], passes: [] }
    t.ok(fails.length > 0 && passes.length > 0, 'the rule has cases that fail and cases that pass')
    for (const [{ on, ...change }, ...said] of fails) {
      const { problems, warnings, settings } = examined(change, on ? new Date(on) : today)
      t.strictSame(rule.warns ? warnings : problems, said, 'this is said, and nothing else')
      t.equal(
        settings === undefined,
        !rule.warns,
        rule.warns ? 'a warning stops nothing' : 'there are no settings then',
      )
    }
    for (const { on, ...change } of passes) {
      const { problems, warnings } = examined(change, on ? new Date(on) : today)
      t.strictSame(problems, [], `nothing is wrong with ${JSON.stringify(change)}`)
      if (rule.warns) t.strictSame(warnings, [])
    }
  })
}

t.test('rules and cases belong together', async (t) => {
  const names = rules.map(({ name }) => name)
  t.ok(names.length >= 20, `there are ${names.length} rules`)
  t.strictSame(
    names.filter((name, at) => names.indexOf(name) < at),
    [],
    'each has a name of its own',
  )
  t.strictSame(
    Object.keys(cases).filter((name) => !names.includes(name)),
    [],
    'there are no cases of a rule that is gone',
  )
  const versions = (schema.properties.clusterVersion as unknown as { enum: string[] }).enum
  t.strictSame(Object.keys(endOfSupport), versions, 'the end of every version is known')
})

t.test('one mistake does not hide another', async (t) => {
  const { problems } = examined({
    vpcCidr: '10.20.0.0/17',
    shopMinReplicas: 20,
    natGateways: 'two' as 'one',
    owner: '',
  })
  for (const key of ['vpcCidr', 'shopMinReplicas', 'natGateways', 'owner']) {
    t.ok(
      problems.some((problem) => problem.startsWith(`dhakacart:${key}`)),
      `${key} is named`,
    )
  }
})
