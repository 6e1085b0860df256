import type { Conditions, Statement } from '../policy.ts'
import type { Stack } from '../stack.ts'
import { bucketArn } from './names.ts'

export interface BucketPolicyParts {
  stack: Stack
  purpose: string
  /** The one key that may encrypt what is put in; without one, S3's own. */
  keyArn?: string
  /** Nobody deletes anything, lifecycle rules apart. */
  keepsAll?: boolean
  /** A service that may use S3's own key for what it says itself: CloudTrail's digests. */
  freeInAlgorithm?: string
  /** What this one bucket allows beside. */
  extraStatements?: readonly Statement[]
}

/**
 * The policy of every bucket. It gives nobody in the account anything (IAM does) and refuses four kinds of callers, whatever IAM says: those without
 * TLS, those with an old one, those of another account, and those who would put something in under another key. Services of AWS that
 * deliver something are named in `extraStatements`.
 */
export function bucketStatements(parts: BucketPolicyParts): Statement[] {
  const { stack, purpose, keyArn, keepsAll, freeInAlgorithm, extraStatements = [] } = parts
  const arn = bucketArn(stack, purpose)
  const all = [arn, `${arn}/*`]
  const objects = `${arn}/*`
  return [
    deny('OnlyTls', 's3:*', all, { Bool: { 'aws:SecureTransport': 'false' } }),
    deny('OnlyTls12', 's3:*', all, { NumericLessThan: { 's3:TlsVersion': '1.2' } }),
    ...onlyThisAccount(stack.settings.accountId, all),
    ...(keyArn ? onlyThisKey(keyArn, objects, freeInAlgorithm) : onlyKeyOfS3(objects)),
    ...(keepsAll ? [deny('NobodyDeletes', ['s3:DeleteObject', 's3:DeleteObjectVersion'], objects)] : []),
    ...extraStatements,
  ]
}

function deny(Sid: string, Action: string | string[], Resource: string | string[], Condition?: Conditions): Statement {
  return { Sid, Effect: 'Deny', Principal: '*', Action, Resource, ...(Condition && { Condition }) }
}

/**
 * Nobody's name, or one of another account, fails the first; a service of AWS bears no account's name, and is refused when it says that it
 * works for another account (AWS's data perimeter examples, 2026-11).
 */
function onlyThisAccount(accountId: string, resources: string[]): Statement[] {
  return [
    deny('OnlyThisAccount', 's3:*', resources, {
      StringNotEquals: { 'aws:PrincipalAccount': accountId },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    }),
    deny('OnlyForThisAccount', 's3:*', resources, {
      StringNotEquals: { 'aws:SourceAccount': accountId },
      Null: { 'aws:SourceAccount': 'false' },
      Bool: { 'aws:PrincipalIsAWSService': 'true' },
    }),
  ]
}

const algorithm = 's3:x-amz-server-side-encryption'
const keyId = 's3:x-amz-server-side-encryption-aws-kms-key-id'

/**
 * An upload that says nothing gets the bucket's default. One that says `aws:kms` and names no key would get the key `aws/s3`, which all
 * the account may use, so it is refused too (S3 user guide, "Using server-side encryption with AWS KMS keys", 2026-11).
 */
function onlyThisKey(keyArn: string, objects: string, freeService?: string): Statement[] {
  return [
    deny('OnlyKms', 's3:PutObject', objects, {
      StringNotEquals: { [algorithm]: 'aws:kms', ...(freeService && { 'aws:PrincipalServiceName': freeService }) },
      Null: { [algorithm]: 'false' },
    }),
    deny('OnlyThisKey', 's3:PutObject', objects, {
      StringNotEquals: { [keyId]: keyArn },
      Null: { [keyId]: 'false' },
    }),
    deny('NoUnnamedKey', 's3:PutObject', objects, {
      StringEquals: { [algorithm]: 'aws:kms' },
      Null: { [keyId]: 'true' },
    }),
  ]
}

function onlyKeyOfS3(objects: string): Statement[] {
  return [
    deny('OnlyKeyOfS3', 's3:PutObject', objects, {
      StringNotEquals: { [algorithm]: 'AES256' },
      Null: { [algorithm]: 'false' },
    }),
  ]
}
