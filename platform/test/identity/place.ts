import type { Graph } from '../../plan/graph.ts'
import type { Request } from '../harness/evaluator.ts'
import { one, text } from '../harness/graphs.ts'

/** What is asked of one role; each request that it may make stands beside one that differs from it as little as possible. */
export interface Row {
  /** By policies of ours. */
  may?: Request[]
  /** By policies of AWS's, whose text the plan has not got: the boundary must let it through. */
  mayByAws?: Request[]
  mayNot: Request[]
}

export const region = 'ap-southeast-1'

/** A planned stack, and the names of things in it. */
export interface Place {
  graph: Graph
  account: string
  prefix: string
  /** The prefix of the stack in the other account, if it stood in this one. */
  otherPrefix: string
  arn(service: string, resource: string): string
  iam(resource: string): string
  /** An object of a bucket, or the bucket itself with nothing as `at`. */
  bucket(name: string, at?: string): string
  secret(name: string): string
  /** The secret in which RDS keeps the password of the database's master. */
  masterSecret: string
  key(name: string): string
  /** A user of the database in use. */
  user(name: string): string
}

/** @param stack `staging`, `prod` */
export function placeOf(graph: Graph, stack: string, account: string): Place {
  const prefix = `dhakacart-${stack}`
  const arn: Place['arn'] = (service, resource) => `arn:aws:${service}:${region}:${account}:${resource}`
  const out = (type: string, name: string, property = 'arn') => text(one(graph, type, name).outputs, property)
  const masterSecrets = one(graph, 'aws:rds/instance:Instance', 'main').outputs.masterUserSecrets
  const [master] = Array.isArray(masterSecrets) ? masterSecrets : []
  return {
    graph,
    account,
    prefix,
    otherPrefix: stack === 'prod' ? 'dhakacart-staging' : 'dhakacart-prod',
    arn,
    iam: (resource) => `arn:aws:iam::${account}:${resource}`,
    bucket: (name, at = '/x') => `arn:aws:s3:::${prefix}-${name}-${account}-${region}${at}`,
    secret: (name) => out('aws:secretsmanager/secret:Secret', name),
    masterSecret: text(master as Record<string, string>, 'secretArn'),
    key: (name) => out('aws:kms/key:Key', name),
    user: (name) => arn('rds-db', `dbuser:${out('aws:rds/instance:Instance', 'main', 'resourceId')}/${name}`),
  }
}

export const read = 'secretsmanager:GetSecretValue'

/** What a request to KMS says when a service makes it in somebody's name. */
export const via = (service: string, context: Record<string, string> = {}) => ({
  'kms:ViaService': `${service}.${region}.amazonaws.com`,
  ...context,
})

/** What Secrets Manager asks of KMS when it opens a secret. */
export const opening = (secretArn: string, service = 'secretsmanager') =>
  via(service, { 'kms:EncryptionContext:SecretARN': secretArn })

/** Ways to more than one has, and into data: no role of the stack has any, but for the few that tables name as allowed. */
export const escalations = ({ prefix, arn, iam, bucket, secret, masterSecret, key, user }: Place): Request[] => [
  ['iam:CreateRole', iam(`role/${prefix}-new`)],
  ['iam:DeleteRolePermissionsBoundary', iam(`role/${prefix}-door`)],
  ['iam:CreatePolicyVersion', iam(`policy/${prefix}-boundary`)],
  ['iam:UpdateAssumeRolePolicy', iam(`role/${prefix}-github-deploy`)],
  ['iam:PutRolePolicy', iam(`role/${prefix}-github-preview`)],
  ['iam:PassRole', iam(`role/${prefix}-github-deploy`), { 'iam:PassedToService': 'ec2.amazonaws.com' }],
  ['iam:CreateUser', iam('user/mallory')],
  ['cloudtrail:StopLogging', arn('cloudtrail', `trail/${prefix}-trail`)],
  ['sts:AssumeRole', iam('role/anything')],
  ['sts:AssumeRole', iam(`role/${prefix}-pod-shop`)],
  [read, masterSecret],
  [read, secret('docker-hub-login')],
  ['rds-db:connect', user('postgres')],
  ['rds:DeleteDBInstance', arn('rds', `db:${prefix}-main`), { 'aws:RequestedRegion': 'eu-west-1' }],
  ['rds:DeleteDBSnapshot', arn('rds', `snapshot:${prefix}-main-final`)],
  ['s3:GetObject', bucket('backups')],
  ['s3:GetObject', bucket('logs')],
  ['kms:Decrypt', key('database')],
  ['kms:Decrypt', key('buckets')],
  ['kms:ScheduleKeyDeletion', key('database')],
]
