import type { Value } from '../graph.ts'
import { type Facts, isRecord, plain } from './facts.ts'

/** A principal as a policy names it. */
export interface Principal {
  kind: 'AWS' | 'Service' | 'Federated' | 'CanonicalUser'
  /** An ARN, an account's number, a service's name, or `*`. */
  name: string
}

/** One test of a condition: it passes for any of the values. All tests of a statement must pass. */
export interface Test {
  /** `StringEquals`, `ForAnyValue:ArnLike`. */
  operator: string
  key: string
  values: string[]
}

export interface Statement {
  allow: boolean
  /** None in a policy that belongs to its principal. */
  principals: Principal[]
  /** Everybody but these: with Allow, that is the world. */
  notPrincipals: Principal[]
  actions: string[]
  notActions: string[]
  resources: string[]
  notResources: string[]
  /** `StringEquals aws:SourceAccount = 111111111111`: it narrows; whether it narrows enough is for the proof to say. */
  conditions: string[]
  /** The same, in parts. */
  tests: Test[]
  /** Its `Sid`, or its place. */
  says: string
}

/** The statements of the policy at `path`; of one that is not known or no policy, none, and that is noted. */
export function readPolicy(facts: Facts, path: string): Statement[] {
  const value = facts.value(path)
  if (value === undefined || value === '') return []
  const document = typeof value === 'string' ? parse(value) : value
  const statements = isRecord(document) ? document.Statement : undefined
  const list = Array.isArray(statements) ? statements : statements === undefined ? [] : [statements]
  const read = list.flatMap((item, i) => {
    const bare = plain(item)
    return isRecord(bare) ? [statementOf(bare, `statement ${i + 1}`)] : []
  })
  if (read.length === 0 || read.length < list.length) facts.note(path, 'is no policy that can be read')
  return read
}

function parse(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value
  } catch {
    return undefined
  }
}

function statementOf(item: { [key: string]: Value }, place: string): Statement {
  const tests = testsOf(item.Condition)
  return {
    // What is neither Allow nor Deny is taken for the worse.
    allow: item.Effect !== 'Deny',
    principals: principalsOf(item.Principal),
    notPrincipals: principalsOf(item.NotPrincipal),
    actions: words(item.Action),
    notActions: words(item.NotAction),
    resources: words(item.Resource),
    notResources: words(item.NotResource),
    conditions: tests.map(describeTest),
    tests,
    says: typeof item.Sid === 'string' && item.Sid !== '' ? `statement '${item.Sid}'` : place,
  }
}

function words(value: Value | undefined): string[] {
  const bare = plain(value)
  const list = Array.isArray(bare) ? bare.map(plain) : [bare]
  return list.flatMap((word) => {
    if (typeof word === 'string') return [word]
    return typeof word === 'number' || typeof word === 'boolean' ? [String(word)] : []
  })
}

function principalsOf(value: Value | undefined): Principal[] {
  const bare = plain(value)
  if (typeof bare === 'string') return [{ kind: 'AWS', name: bare }]
  if (!isRecord(bare)) return []
  return Object.entries(bare).flatMap(([kind, names]) =>
    words(names).map((name) => ({ kind: kind as Principal['kind'], name })),
  )
}

function testsOf(value: Value | undefined): Test[] {
  const bare = plain(value)
  if (!isRecord(bare)) return []
  return Object.entries(bare).flatMap(([operator, keys]) =>
    isRecord(keys)
      ? Object.entries(keys).map(([key, values]) => ({ operator, key, values: words(values) }))
      : [{ operator, key: '?', values: [] }],
  )
}

/** A test in words: `StringEquals aws:SourceAccount = 111111111111`. */
export const describeTest = ({ operator, key, values }: Test): string => `${operator} ${key} = ${values.join(' or ')}`

/** Whether a pattern of IAM (`*` for any run, `?` for any one) fits the text; both may hold wildcards, then: whether they can meet. */
export function fits(pattern: string, text: string): boolean {
  const meet = (a: string, b: string): boolean => {
    if (a === '' && b === '') return true
    if (a.startsWith('*')) return meet(a.slice(1), b) || (b !== '' && meet(a, b.slice(1)))
    if (b.startsWith('*')) return meet(b, a)
    if (a === '' || b === '') return false
    return (a[0] === b[0] || a[0] === '?' || b[0] === '?') && meet(a.slice(1), b.slice(1))
  }
  return meet(pattern.replace(/\*+/g, '*'), text.replace(/\*+/g, '*'))
}

const some = (patterns: string[], text: string) => patterns.some((pattern) => fits(pattern, text))

/** Whether a statement speaks of an action on a resource. Either may hold wildcards: then, whether it speaks of any such. */
export function speaksOf(statement: Statement, action: string, resource: string): boolean {
  const wanted = action.toLowerCase()
  const lower = (list: string[]) => list.map((word) => word.toLowerCase())
  const open = wanted.includes('*') || wanted.includes('?')
  const acts =
    some(lower(statement.actions), wanted) ||
    (statement.notActions.length > 0 && (open || !some(lower(statement.notActions), wanted)))
  const wild = resource.includes('*')
  const on =
    some(statement.resources, resource) ||
    (statement.notResources.length > 0 && (wild || !some(statement.notResources, resource)))
  // Trust policies have no resource: the role is it.
  return acts && (on || (statement.resources.length === 0 && statement.notResources.length === 0))
}

/** What narrows a statement, as the end of a sentence: `, where StringEquals aws:SourceAccount = 111111111111`. */
export const where = (conditions: string[]): string =>
  conditions.length > 0 ? `, where ${conditions.join(' and ')}` : ''
