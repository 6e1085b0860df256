import type { Request } from '../harness/evaluator.ts'
import { opening, type Place, type Row, read, region, via } from './place.ts'

/** Roles that GitHub takes. */
export function rowsOfGitHub(place: Place): Record<string, Row> {
  return { 'github-preview': preview(place), 'github-deploy': deploy(place) }
}

const stackOf = (prefix: string) => prefix.replace('dhakacart-', '')
const stateOf = ({ account }: Place, prefix: string) =>
  `arn:aws:s3:::dhakacart-${account}-${region}-state/.pulumi/stacks/dhakacart/${stackOf(prefix)}.json`

const data = ({ prefix, arn, secret, user, bucket, key }: Place): Request[] => [
  [read, secret('jwt-keys')],
  [read, secret('grafana-admin')],
  ['secretsmanager:PutSecretValue', secret('jwt-keys')],
  ['rds-db:connect', user('shop')],
  ['elasticache:Connect', arn('elasticache', `user:${prefix}-shop`)],
  ['s3:GetObject', bucket('loki')],
  ['logs:GetLogEvents', arn('logs', `log-group:/${prefix}/flow-logs:log-stream:eni-1`)],
  ['kms:Decrypt', key('database')],
  ['kms:Decrypt', key('secrets'), { 'kms:EncryptionContext:SecretARN': secret('jwt-keys') }],
]

const boundaryOf = ({ prefix, iam }: Place) => ({ 'iam:PermissionsBoundary': iam(`policy/${prefix}-boundary`) })

function preview(place: Place): Row {
  const { prefix, arn, iam, bucket, key, secret } = place
  return {
    may: [
      ['iam:GetRole', iam(`role/${prefix}-door`)],
      ['s3:GetBucketPolicy', bucket('loki', '')],
      ['s3:GetObject', stateOf(place, prefix)],
      ['kms:GetKeyPolicy', key('database')],
    ],
    mayNot: [
      ...data(place),
      ['iam:CreateRole', iam(`role/${prefix}-new`), boundaryOf(place)],
      ['s3:PutObject', stateOf(place, prefix)],
      ['rds:DeleteDBInstance', arn('rds', `db:${prefix}-main`)],
      ['kms:Decrypt', key('secrets'), opening(secret('jwt-keys'))],
      ['kms:PutKeyPolicy', key('database')],
      ['sts:AssumeRole', iam(`role/${prefix}-eks-deployer`)],
      ['sts:AssumeRole', iam(`role/${prefix}-github-deploy`)],
    ],
  }
}

function deploy(place: Place): Row {
  const { prefix, otherPrefix, arn, iam, bucket, key } = place
  const ours = { 'aws:ResourceTag/stack': stackOf(prefix) }
  const grant = { ...ours, ...via('rds'), 'kms:GrantIsForAWSResource': 'true' }
  const toEc2 = { 'iam:PassedToService': 'ec2.amazonaws.com' }
  return {
    may: [
      ['iam:CreateRole', iam(`role/${prefix}-new`), boundaryOf(place)],
      ['iam:PassRole', iam(`role/${prefix}-door`), toEc2],
      ['rds:ModifyDBInstance', arn('rds', `db:${prefix}-main`)],
      ['s3:PutBucketPolicy', bucket('loki', '')],
      ['s3:PutObject', stateOf(place, prefix)],
      ['sts:AssumeRole', iam(`role/${prefix}-eks-deployer`)],
      ['kms:CreateGrant', key('database'), grant],
      ['kms:PutKeyPolicy', key('database'), ours],
    ],
    mayNot: [
      ...data(place),
      ['kms:Decrypt', key('database'), ours],
      ['iam:CreateRole', iam(`role/${otherPrefix}-new`), boundaryOf(place)],
      ['iam:CreateRole', iam(`role/${prefix}-new`), { 'iam:PermissionsBoundary': iam('policy/another') }],
      ['iam:PassRole', iam(`role/${prefix}-door`), { 'iam:PassedToService': 'lambda.amazonaws.com' }],
      ['iam:PassRole', iam(`role/${otherPrefix}-door`), toEc2],
      ['rds:DeleteDBInstance', arn('rds', `db:${otherPrefix}-main`)],
      ['s3:PutObject', stateOf(place, otherPrefix)],
      ['kms:CreateGrant', key('database'), { ...grant, ...via('ec2') }],
      ['kms:CreateGrant', key('database'), { ...grant, 'aws:ResourceTag/stack': stackOf(otherPrefix) }],
      ['kms:PutKeyPolicy', key('database'), { 'aws:ResourceTag/stack': stackOf(otherPrefix) }],
      ['sts:AssumeRole', iam(`role/${prefix}-eks-operator`)],
    ],
  }
}
