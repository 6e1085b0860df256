import type { Resource } from '../graph.ts'
import { type Principal, readPolicy, type Statement, type Test, where } from './documents.ts'
import { type Facts, factsOf, type Index, label, plain, type Undecided } from './facts.ts'

export const bucketTypes = ['aws:s3/bucket:Bucket', 'aws:s3/bucketV2:BucketV2']

/** A bucket and everything that the program says about who gets into it. */
export interface Bucket {
  label: string
  arn: string
  resource: Resource
  /** Settings of it that are resources of their own, by the last word of their type. */
  parts(type: string): Facts[]
  said: Facts
}

const partType = (type: string) => `aws:s3/${type[0]?.toLowerCase()}${type.slice(1)}:${type}`

export function readBuckets(index: Index, undecided: Undecided[]): Bucket[] {
  return index.of(...bucketTypes).map((resource) => ({
    label: label(resource),
    arn: String(plain(resource.outputs.arn) ?? resource.urn),
    resource,
    said: factsOf(resource, undecided),
    parts: (type) =>
      index
        .of(partType(type), `${partType(type)}V2`)
        .map((part) => factsOf(part, undecided))
        .filter((part) => index.find(bucketTypes, part.text('bucket')) === resource),
  }))
}

/** The statements of all policies of a bucket; AWS keeps one, so a second one is for the proof to report. */
export const statementsOf = (bucket: Bucket): Statement[] =>
  bucket.parts('BucketPolicy').flatMap((facts) => readPolicy(facts, 'policy'))

/** Whether a policy refuses every caller without TLS, on the bucket and on all that is in it. */
export const refusesClear = (statements: Statement[], arn: string): boolean =>
  statements.some(
    (statement) =>
      !statement.allow &&
      statement.principals.some(({ name }) => name === '*') &&
      statement.actions.some((action) => ['s3:*', '*'].includes(action)) &&
      [arn, `${arn}/*`].every((wanted) =>
        statement.resources.some((resource) => [wanted, `${arn}*`, '*'].includes(resource)),
      ) &&
      // Another test beside it would let the rest through in clear.
      statement.tests.length === 1 &&
      statement.tests.some(
        ({ operator, key, values }) =>
          operator === 'Bool' && key.toLowerCase() === 'aws:securetransport' && values.join() === 'false',
      ),
  )

/**
 * Services of AWS that deliver into buckets of the account: what they do there, and what holds them to deliveries for this account. By
 * the path: the service writes the account of whom it works for into the name of the object.
 */
const deliverers: Record<string, { may: string[]; by: 'source' | 'path' }> = {
  'logging.s3.amazonaws.com': { may: ['s3:PutObject'], by: 'source' },
  'logdelivery.elasticloadbalancing.amazonaws.com': { may: ['s3:PutObject'], by: 'path' },
  'delivery.logs.amazonaws.com': { may: ['s3:PutObject', 's3:GetBucketAcl'], by: 'source' },
  'cloudtrail.amazonaws.com': { may: ['s3:PutObject', 's3:GetBucketAcl'], by: 'source' },
  'config.amazonaws.com': { may: ['s3:PutObject', 's3:GetBucketAcl', 's3:ListBucket'], by: 'source' },
}
const cdn = 'cloudfront.amazonaws.com'
const distributionType = 'aws:cloudfront/distribution:Distribution'

/** Why a statement lets somebody in from outside of the account, or a service of AWS for somebody else; nothing where it does not. */
export function letsIn(statement: Statement, bucket: Bucket, accountId: string, index: Index): string[] {
  if (!statement.allow) return []
  const says = (who: string, why: string) =>
    `${bucket.label}: ${statement.says} lets ${who} ${statement.actions.join(', ')}${where(statement.conditions)}: ${why}`
  const everybodyBut = statement.notPrincipals.map(({ name }) => says(`everybody but ${name}`, 'that is the world'))
  return [
    ...everybodyBut,
    ...statement.principals.flatMap((principal) => {
      const why = whyOutside(principal, statement, accountId, index)
      return why ? [says(principal.name, why)] : []
    }),
  ]
}

function whyOutside({ kind, name }: Principal, statement: Statement, accountId: string, index: Index) {
  if (kind === 'Service') return name === cdn ? notOurCdn(statement, index) : notForUs(name, statement, accountId)
  if (kind !== 'AWS') return 'it is nobody of this account'
  if (name === accountId || name.startsWith(`arn:aws:iam::${accountId}:`)) return undefined
  if (name === '*' && heldTo(statement.tests, 'aws:PrincipalAccount', (value) => value === accountId)) return undefined
  const ours = (value: string) => value.startsWith(`arn:aws:iam::${accountId}:`)
  if (name === '*' && heldTo(statement.tests, 'aws:PrincipalArn', ours)) return undefined
  return 'it is not held to this account'
}

function notForUs(name: string, statement: Statement, accountId: string): string | undefined {
  const known = deliverers[name]
  if (!known) return 'no row of the table of services that deliver speaks of it'
  const more = statement.actions.filter((action) => !known.may.includes(action))
  if (more.length > 0 || statement.notActions.length > 0) return `all that it needs is ${known.may.join(', ')}`
  const bySource =
    heldTo(statement.tests, 'aws:SourceAccount', (value) => value === accountId) ||
    heldTo(statement.tests, 'aws:SourceArn', (value) => value.split(':')[4] === accountId)
  const byPath =
    known.by === 'path' && statement.resources.every((resource) => resource.includes(`/AWSLogs/${accountId}/`))
  return bySource || byPath ? undefined : 'it would do so for any account'
}

function notOurCdn(statement: Statement, index: Index): string | undefined {
  if (statement.actions.join() !== 's3:GetObject') return 'all that the CDN needs is s3:GetObject'
  const ours = (arn: string) => plain(index.find([distributionType], arn)?.outputs.arn) === arn
  return heldTo(statement.tests, 'aws:SourceArn', ours) ? undefined : 'any distribution of anybody could serve it'
}

/** Whether a call passes only with a value that is meant. Operators that pass where the key is missing hold nobody. */
const heldTo = (tests: Test[], key: string, meant: (value: string) => boolean): boolean =>
  tests.some(
    (test) =>
      ['StringEquals', 'StringLike', 'ArnEquals', 'ArnLike'].includes(test.operator) &&
      test.key.toLowerCase() === key.toLowerCase() &&
      test.values.length > 0 &&
      test.values.every(meant),
  )
