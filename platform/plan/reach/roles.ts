import type { Graph, Resource } from '../graph.ts'
import { type Principal, readPolicy, type Statement, speaksOf, type Test } from './documents.ts'
import { factsOf, type Index, indexOf, label, plain, type Undecided } from './facts.ts'
import { managedPolicies } from './managed-policies.ts'

/** The roles of a plan, and everything that says who takes them and what they may do. */
export interface Identities {
  graph: Graph
  index: Index
  roles: Resource[]
  undecided: Undecided[]
}

export const roleType = 'aws:iam/role:Role'

export function readIdentities(graph: Graph): Identities {
  const index = indexOf(graph)
  return { graph, index, roles: index.of(roleType), undecided: [] }
}

/** Somebody who may take a role. */
export interface Trust {
  /** `everybody` is `*`, and NotPrincipal, which is everybody but some. */
  kind: 'everybody' | 'account' | 'principal' | 'service' | 'federated'
  name: string
  /** The account of a principal, where it has one. */
  account?: string
  /** What narrows it. */
  conditions: string[]
  /** The same, in parts. */
  tests: Test[]
  says: string
}

/**
 * Who may take a role by its trust policy. Statements that deny are left aside: they can only make the answer smaller, and nobody
 * should have to rely on that.
 */
export function whoCanAssume(identities: Identities, role: Resource): Trust[] {
  const facts = factsOf(role, identities.undecided)
  const statements = readPolicy(facts, 'assumeRolePolicy')
  if (statements.length === 0) facts.note('assumeRolePolicy', 'tells nobody: who takes the role is not known')
  return statements
    .filter((statement) => statement.allow && takesRole(statement))
    .flatMap((statement) => {
      const says = `${label(role)}: ${statement.says}`
      const { conditions, tests } = statement
      if (statement.notPrincipals.length > 0) {
        const but = statement.notPrincipals.map((one) => one.name).join(', ')
        return [{ kind: 'everybody' as const, name: `everybody but ${but}`, conditions, tests, says }]
      }
      return statement.principals.map((principal) => ({ ...trustOf(principal), conditions, tests, says }))
    })
}

const takesRole = (statement: Statement) =>
  ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoot'].some((action) =>
    speaksOf(statement, action, '*'),
  )

function trustOf({ kind, name }: Principal): Pick<Trust, 'kind' | 'name' | 'account'> {
  if (kind === 'Service') return { kind: name.includes('*') ? 'everybody' : 'service', name }
  if (kind === 'Federated') return { kind: name.includes('*') ? 'everybody' : 'federated', name }
  if (/^[0-9]{12}$/.test(name)) return { kind: 'account', name, account: name }
  const arn = /^arn:aws[a-z-]*:(?:iam|sts)::([0-9]{12}):(.+)$/.exec(name)
  if (!arn?.[1] || arn[2]?.includes('*')) return { kind: 'everybody', name }
  return { kind: arn[2] === 'root' ? 'account' : 'principal', name, account: arn[1] }
}

/** A statement by which a role may do something, and where it stands. */
export interface Grant {
  statement: Statement
  says: string
}

/** What a role may do, and the policies of which nobody here knows what is in them. */
export interface Permissions {
  grants: Grant[]
  /** Statements that deny. */
  denials: Grant[]
  doubts: string[]
}

const inlineType = 'aws:iam/rolePolicy:RolePolicy'
const attachmentTypes = [
  'aws:iam/rolePolicyAttachment:RolePolicyAttachment',
  'aws:iam/policyAttachment:PolicyAttachment',
]
const policyType = 'aws:iam/policy:Policy'
/** Policies of things, which can let a role in on their own. */
const thingPolicies: Record<string, string> = {
  'aws:kms/key:Key': 'policy',
  'aws:kms/keyPolicy:KeyPolicy': 'policy',
  'aws:s3/bucketPolicy:BucketPolicy': 'policy',
  'aws:sns/topicPolicy:TopicPolicy': 'policy',
  'aws:sqs/queuePolicy:QueuePolicy': 'policy',
  'aws:secretsmanager/secretPolicy:SecretPolicy': 'policy',
  'aws:ecr/repositoryPolicy:RepositoryPolicy': 'policy',
}

/** Every statement that gives a role something: inline, attached, AWS's own, and policies of things that name it. */
export function permissionsOf(identities: Identities, role: Resource): Permissions {
  const { index, undecided } = identities
  const facts = factsOf(role, undecided)
  const doubts: string[] = []
  const inline = index
    .of(inlineType)
    .filter((policy) => names(identities, policy, ['role'], role))
    .map((policy) => ({ by: label(policy), statements: readPolicy(factsOf(policy, undecided), 'policy') }))
  const within = facts
    .list('inlinePolicies')
    .map((item) => ({ by: label(role), statements: readPolicy(item, 'policy') }))
  const arns = [
    ...facts.texts('managedPolicyArns'),
    ...index
      .of(...attachmentTypes)
      .filter((attachment) => names(identities, attachment, ['role', 'roles'], role))
      .flatMap((attachment) => factsOf(attachment, undecided).texts('policyArn')),
  ]
  const attached = [...new Set(arns)].map((arn) => {
    const own = index.find([policyType], arn)
    const known = managedPolicies(arn)
    if (!own && !known) doubts.push(`${label(role)} has ${arn}, and what is in it is not known`)
    return {
      by: own ? label(own) : arn,
      statements: own ? readPolicy(factsOf(own, undecided), 'policy') : (known ?? []),
    }
  })
  const all = [...inline, ...within, ...attached, ...fromThings(identities, role)]
  const every = all.flatMap(({ by, statements }) =>
    statements.map((statement) => ({ statement, says: `${by}, ${statement.says}` })),
  )
  return {
    grants: every.filter((one) => one.statement.allow),
    denials: every.filter((one) => !one.statement.allow),
    doubts,
  }
}

function fromThings({ index, undecided }: Identities, role: Resource) {
  const arn = plain(role.outputs.arn)
  return Object.entries(thingPolicies).flatMap(([type, path]) =>
    index.of(type).map((thing) => ({
      by: label(thing),
      statements: readPolicy(factsOf(thing, undecided), path)
        .filter((statement) => statement.principals.some((principal) => principal.name === arn))
        // In such a policy `*` is the thing itself.
        .map((statement) => ({ ...statement, resources: [String(plain(thing.outputs.arn) ?? thing.urn)] })),
    })),
  )
}

function names(identities: Identities, resource: Resource, paths: string[], role: Resource): boolean {
  const facts = factsOf(resource, identities.undecided)
  return paths.flatMap((path) => facts.texts(path)).some((called) => identities.index.find([roleType], called) === role)
}

/** Whether a role may do something; `action` and `resource` may hold wildcards, for "any such". */
export function whatMayDo(
  identities: Identities,
  role: Resource,
  action: string,
  resource: string,
): { allowed: boolean; grants: Grant[]; doubts: string[] } {
  const { grants, denials, doubts } = permissionsOf(identities, role)
  const hits = grants.filter(({ statement }) => speaksOf(statement, action, resource))
  // Only a denial without conditions, of exactly what was asked, is believed.
  const exact = !`${action}${resource}`.includes('*')
  const denied =
    exact && denials.some(({ statement }) => statement.conditions.length === 0 && speaksOf(statement, action, resource))
  return { allowed: hits.length > 0 && !denied, grants: denied ? [] : hits, doubts }
}
