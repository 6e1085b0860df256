import type { Request } from '../harness/evaluator.ts'
import { ofType } from '../harness/graphs.ts'
import { type Place, type Row, read, via } from './place.ts'

/** Roles that people and deployments take, those of GitHub apart. Not every stack has all of them. */
export function rowsOfPeople(place: Place): Record<string, Row> {
  const there = ofType(place.graph, 'aws:iam/role:Role').map(({ name }) => name)
  const people = ['eks-operator', 'eks-viewer', 'break-glass'].filter((name) => there.includes(name))
  return {
    ...Object.fromEntries(people.map((name) => [name, person(place)])),
    'eks-deployer': {
      may: [['eks:DescribeCluster', place.arn('eks', `cluster/${place.prefix}`)]],
      mayNot: [
        ...beyondTheCluster(place),
        ['ssm:StartSession', place.arn('ssm', `document/${place.prefix}-to-cluster`)],
      ],
    },
  }
}

/** In Kubernetes they can do what their entry says; in AWS no more than to get there. */
function person(place: Place): Row {
  const { prefix, otherPrefix, arn } = place
  const instance = arn('ec2', 'instance/i-1')
  const door = { 'ssm:resourceTag/dhakacart:door': prefix, 'ssm:SessionDocumentAccessCheck': 'true' }
  return {
    may: [
      ['eks:DescribeCluster', arn('eks', `cluster/${prefix}`)],
      ['ssm:StartSession', arn('ssm', `document/${prefix}-to-cluster`)],
      ['ssm:StartSession', instance, door],
    ],
    mayNot: [
      ...beyondTheCluster(place),
      ['ssm:StartSession', arn('ssm', 'document/AWS-StartPortForwardingSessionToRemoteHost')],
      ['ssm:StartSession', instance, { ...door, 'ssm:SessionDocumentAccessCheck': 'false' }],
      ['ssm:StartSession', instance, { ...door, 'ssm:resourceTag/dhakacart:door': otherPrefix }],
      ['ssm:SendCommand', instance],
    ],
  }
}

const beyondTheCluster = ({ prefix, otherPrefix, arn, secret, key, user, bucket }: Place): Request[] => [
  ['eks:DescribeCluster', arn('eks', `cluster/${otherPrefix}`)],
  ['eks:DeleteCluster', arn('eks', `cluster/${prefix}`)],
  ['eks:CreateAccessEntry', arn('eks', `cluster/${prefix}`)],
  ['rds-db:connect', user('shop')],
  ['kms:Decrypt', key('secrets'), via('secretsmanager')],
  ['s3:GetObject', bucket('loki')],
  [read, secret('jwt-keys')],
  [read, secret('grafana-admin')],
]
