import type { Resource } from '../graph.ts'
import { describeTest, fits, readPolicy, type Statement, speaksOf, type Test, where } from './documents.ts'
import { factsOf, label, plain } from './facts.ts'
import { type Identities, permissionsOf } from './roles.ts'

/** What somebody may do with a key; `administer` is to become able to do the rest, or to take the key from everybody for good. */
export type Ability = 'read' | 'write' | 'grant' | 'sign' | 'administer'

const actions: Record<Ability, string[]> = {
  read: ['kms:Decrypt', 'kms:ReEncryptFrom'],
  write: [
    'kms:Encrypt',
    'kms:ReEncryptTo',
    'kms:GenerateDataKey',
    'kms:GenerateDataKeyWithoutPlaintext',
    'kms:GenerateDataKeyPair',
  ],
  grant: ['kms:CreateGrant'],
  sign: ['kms:Sign', 'kms:GenerateMac', 'kms:DeriveSharedSecret'],
  administer: [
    'kms:PutKeyPolicy',
    'kms:ScheduleKeyDeletion',
    'kms:DisableKey',
    'kms:ReplicateKey',
    'kms:DeleteImportedKeyMaterial',
    'kms:UpdatePrimaryRegion',
  ],
}

/** Somebody who can use a key, and on what condition. */
export interface KeyUser {
  /** `Role 'shop'` of this plan, a service, an ARN or a pattern of ARNs; `account` is whoever IAM lets, in and beside the stack. */
  who: string
  may: Ability[]
  /** As `describeTest` puts them; all have to hold. */
  where: string[]
}

export const account = 'whoever IAM lets'
export const keyType = 'aws:kms/key:Key'
/** Keys of other kinds, which no table here can speak of. */
export const otherKeyTypes = [
  'aws:kms/externalKey:ExternalKey',
  'aws:kms/replicaKey:ReplicaKey',
  'aws:kms/replicaExternalKey:ReplicaExternalKey',
]

/**
 * Everybody who can use a key: by its policy, by the IAM policies of this plan's roles where the key's policy leaves it to IAM, and by
 * grants that the program makes. Grants that a service makes for itself follow from `grant`. Denials count only where they have no condition.
 */
export function usersOf(identities: Identities, key: Resource, accountId: string): KeyUser[] {
  const arn = String(plain(key.outputs.arn) ?? key.urn)
  const root = [accountId, `arn:aws:iam::${accountId}:root`]
  const statements = policyOf(identities, key, accountId).filter((statement) => statement.allow)
  const users = statements.flatMap((statement): KeyUser[] => {
    const named = [
      ...statement.notPrincipals.map(({ name }) => `everybody but ${name}`),
      ...statement.principals.map(({ name }) => name),
    ]
    return named.flatMap((name) => {
      if (root.includes(name)) {
        return [userBy(account, statement, statement.tests, arn), ...byIam(identities, statement, key, arn)].flat()
      }
      return byPrincipal(identities, statement, name, arn)
    })
  })
  return merged([...users, ...byGrants(identities, key)])
}

/** The key's policy: its own, or one beside it. */
function policyOf({ index, undecided }: Identities, key: Resource, root: string): Statement[] {
  const beside = index
    .of('aws:kms/keyPolicy:KeyPolicy')
    .map((policy) => factsOf(policy, undecided))
    .filter((facts) => index.find([keyType], facts.text('keyId')) === key)
  const all = [factsOf(key, undecided), ...beside].filter((facts) => facts.value('policy') !== undefined)
  return all.length > 0 ? all.flatMap((facts) => readPolicy(facts, 'policy')) : [leftToIam(root)]
}

/** What AWS gives a key that has no policy. */
const leftToIam = (root: string): Statement => ({
  allow: true,
  principals: [{ kind: 'AWS', name: root }],
  notPrincipals: [],
  actions: ['kms:*'],
  notActions: [],
  resources: ['*'],
  notResources: [],
  conditions: [],
  tests: [],
  says: "AWS's own policy",
})

function userBy(who: string, statement: Statement, tests: Test[], arn: string): KeyUser[] {
  const may = abilitiesOf(statement, arn)
  return may.length > 0 ? [{ who, may, where: describe(tests) }] : []
}

const abilitiesOf = (statement: Statement, arn: string): Ability[] =>
  (Object.keys(actions) as Ability[]).filter((ability) =>
    actions[ability].some((action) => speaksOf(statement, action, arn)),
  )

const describe = (tests: Test[]) => [...new Set(tests.map(describeTest))].sort()

/** The key's policy lets it itself: one who is named, or everybody who passes `aws:PrincipalArn`. */
function byPrincipal({ roles }: Identities, statement: Statement, name: string, arn: string): KeyUser[] {
  const [mine, rest] = [
    statement.tests.filter(isPrincipalTest),
    statement.tests.filter((test) => !isPrincipalTest(test)),
  ]
  const patterns = name === '*' && mine.length === 1 ? (mine[0]?.values ?? []) : [name]
  return patterns.flatMap((pattern) => {
    const meant = pattern === '*' ? [] : roles.filter((role) => fits(pattern, String(plain(role.outputs.arn))))
    const who = meant.length > 0 ? meant.map(label) : [pattern === '*' ? 'everybody' : pattern]
    return who.flatMap((one) => userBy(one, statement, patterns[0] === '*' ? statement.tests : rest, arn))
  })
}

const isPrincipalTest = ({ operator, key }: Test) =>
  key.toLowerCase() === 'aws:principalarn' && ['ArnLike', 'ArnEquals', 'StringEquals', 'StringLike'].includes(operator)

/** Roles of this plan whose own policies take up what the key's policy leaves to IAM. */
function byIam(identities: Identities, statement: Statement, key: Resource, arn: string): KeyUser[] {
  const left = abilitiesOf(statement, arn)
  return identities.roles.flatMap((role) => {
    const { grants, denials } = permissionsOf(identities, role)
    const open = (action: string) =>
      speaksOf(statement, action, arn) &&
      !denials.some((one) => one.statement.conditions.length === 0 && speaksOf(one.statement, action, arn))
    return grants
      .filter((grant) => grant.statement.principals.length === 0)
      .flatMap(({ statement: own }): KeyUser[] => {
        const may = left.filter((ability) =>
          actions[ability].some((action) => open(action) && speaksOf(own, action, arn)),
        )
        const tests = [...statement.tests, ...own.tests]
        if (may.length === 0 || !canHold(tests) || !isCalled(identities, key, tests)) return []
        return [{ who: label(role), may, where: describe(tests) }]
      })
  })
}

/** Whether one call can pass all tests: it comes by way of one service only. */
function canHold(tests: Test[]): boolean {
  const ways = tests.filter(
    ({ operator, key }) => ['StringEquals', 'StringLike'].includes(operator) && key.toLowerCase() === 'kms:viaservice',
  )
  return ways.every((a) => ways.every((b) => a.values.some((x) => b.values.some((y) => fits(x, y)))))
}

/** Whether the key has one of the aliases that tests ask for; the keys of Pulumi's state are in no plan. */
function isCalled({ index }: Identities, key: Resource, tests: Test[]): boolean {
  const aliases = index
    .of('aws:kms/alias:Alias')
    .filter((alias) => alias.propertyDependencies.targetKeyId?.includes(key.urn))
    .map((alias) => String(plain(alias.inputs.name)))
  return tests
    .filter(
      ({ operator, key: of }) =>
        /^ForAnyValue:String(Equals|Like)$/.test(operator) && of.toLowerCase() === 'kms:resourcealiases',
    )
    .every(({ values }) => values.some((pattern) => aliases.some((alias) => fits(pattern, alias))))
}

function byGrants({ index, undecided }: Identities, key: Resource): KeyUser[] {
  return index.of('aws:kms/grant:Grant').flatMap((grant) => {
    const facts = factsOf(grant, undecided)
    if (index.find([keyType], facts.text('keyId')) !== key) return []
    const operations = facts.texts('operations').map((operation) => `kms:${operation}`)
    const may = (Object.keys(actions) as Ability[]).filter((ability) =>
      actions[ability].some((action) => operations.includes(action)),
    )
    return [{ who: `${facts.text('granteePrincipal') ?? 'somebody'} by ${label(grant)}`, may, where: [] }]
  })
}

/** One entry for who may on one condition, with everything that it may. */
function merged(users: KeyUser[]): KeyUser[] {
  const all = new Map<string, KeyUser>()
  for (const user of users) {
    const id = `${user.who}${where(user.where)}`
    const may = [...(all.get(id)?.may ?? []), ...user.may]
    all.set(id, { ...user, may: (Object.keys(actions) as Ability[]).filter((ability) => may.includes(ability)) })
  }
  return [...all.values()]
}

/** A user in words: `Role 'shop' may read, where StringEquals kms:ViaService = …`. */
export const describeUser = ({ who, may, where: tests }: KeyUser): string =>
  `${who} may ${may.join(', ')}${where(tests)}`
