import type { Properties } from '../../plan/graph.ts'
import { one, text, texts } from '../harness/graphs.ts'
import { type Place, type Row, read, region, via } from './place.ts'

/** Roles of machines and of the services that work for the stack, backups apart. */
export function rowsOfMachines(place: Place): Record<string, Row> {
  return {
    cluster: cluster(place),
    node: node(place),
    door: door(place),
    runner: runner(place),
    'flow-logs': flowLogs(place),
    'database-monitoring': monitoring(place),
    'image-cache': imageCache(place),
  }
}

function cluster({ prefix, otherPrefix, arn, iam, bucket, secret, key }: Place): Row {
  const ofCluster = (name: string) => ({ 'aws:RequestTag/eks:eks-cluster-name': name })
  const ofNode = {
    'aws:RequestTag/eks:kubernetes-node-class-name': 'a',
    'aws:RequestTag/eks:kubernetes-node-pool-name': 'b',
  }
  const ec2 = via('ec2')
  return {
    may: [
      ['ec2:CreateFleet', arn('ec2', 'fleet/fleet-1'), { ...ofCluster(prefix), ...ofNode }],
      ['ec2:CreateVolume', arn('ec2', 'volume/vol-1'), ofCluster(prefix)],
      ['kms:GenerateDataKeyWithoutPlaintext', key('volumes'), ec2],
      ['kms:CreateGrant', key('volumes'), { ...ec2, 'kms:GrantIsForAWSResource': 'true' }],
      ['kms:Decrypt', key('cluster')],
    ],
    mayByAws: [
      ['ec2:TerminateInstances', arn('ec2', 'instance/i-1')],
      ['elasticloadbalancing:DeleteLoadBalancer', arn('elasticloadbalancing', 'loadbalancer/app/a/0123456789abcdef')],
      ['iam:AddRoleToInstanceProfile', iam(`instance-profile/${prefix}-a`)],
    ],
    mayNot: [
      ['ec2:CreateVolume', arn('ec2', 'volume/vol-1'), { ...ofCluster(prefix), 'aws:RequestedRegion': 'eu-west-1' }],
      ['kms:Decrypt', key('volumes')],
      ['kms:Decrypt', key('volumes'), via('s3')],
      ['kms:CreateGrant', key('volumes'), ec2],
      [read, secret('jwt-keys')],
      ['s3:GetObject', bucket('loki')],
      ['eks:DeleteCluster', arn('eks', `cluster/${prefix}`)],
      ['sts:AssumeRole', iam(`role/${otherPrefix}-cluster`)],
    ],
  }
}

function node({ prefix, otherPrefix, arn, bucket, secret, key, user }: Place): Row {
  return {
    may: [
      ['ecr:BatchImportUpstreamImage', arn('ecr', `repository/${prefix}/quay/a`)],
      ['ecr:CreateRepository', arn('ecr', `repository/${prefix}/quay/a`)],
    ],
    mayByAws: [
      ['eks-auth:AssumeRoleForPodIdentity', arn('eks', `cluster/${prefix}`)],
      ['ecr:GetAuthorizationToken', '*'],
      ['ecr:BatchGetImage', arn('ecr', `repository/${prefix}`)],
    ],
    mayNot: [
      ['ecr:CreateRepository', arn('ecr', `repository/${otherPrefix}/quay/a`), { 'aws:RequestedRegion': 'eu-west-1' }],
      ['ec2:CreateTags', arn('ec2', 'instance/i-1')],
      ['ssm:GetParameter', arn('ssm', 'parameter/a')],
      ['s3:GetObject', bucket('loki')],
      ['rds-db:connect', user('shop')],
      ['kms:Decrypt', key('secrets'), via('secretsmanager')],
      [read, secret('jwt-keys')],
    ],
  }
}

function door({ prefix, arn, bucket, secret, iam }: Place): Row {
  return {
    may: [
      ['ssmmessages:CreateDataChannel', '*'],
      ['ssm:UpdateInstanceInformation', arn('ec2', 'instance/i-1')],
    ],
    mayNot: [
      ['ssm:GetParameter', arn('ssm', 'parameter/a')],
      ['ssm:StartSession', arn('ec2', 'instance/i-1')],
      ['ec2:DescribeInstances', '*'],
      ['eks:DescribeCluster', arn('eks', `cluster/${prefix}`)],
      ['s3:GetObject', bucket('loki')],
      [read, secret('jwt-keys')],
      ['sts:AssumeRole', iam(`role/${prefix}-eks-operator`)],
    ],
  }
}

function runner({ graph, prefix, account, arn, iam, secret }: Place): Row {
  const project = one(graph, 'aws:codebuild/project:Project', 'runner')
  const [subnet] = texts((project.inputs.vpcConfig as Properties).subnets)
  const own = { 'ec2:AuthorizedService': 'codebuild.amazonaws.com', 'ec2:Subnet': arn('ec2', `subnet/${subnet}`) }
  const group = `/aws/codebuild/${text(project.inputs, 'name')}`
  const state = `arn:aws:s3:::dhakacart-${account}-${region}-state/.pulumi/stacks/dhakacart/${prefix.slice(10)}.json`
  const log = (group: string) => arn('logs', `log-group:${group}:log-stream:a`)
  return {
    may: [
      ['logs:PutLogEvents', log(group)],
      ['ec2:CreateNetworkInterfacePermission', arn('ec2', 'network-interface/eni-1'), own],
      ['ec2:DescribeSubnets', '*'],
    ],
    mayNot: [
      ['logs:GetLogEvents', log(group)],
      ['logs:PutLogEvents', log(`/${prefix}/flow-logs`)],
      [
        'ec2:CreateNetworkInterfacePermission',
        arn('ec2', 'network-interface/eni-1'),
        { ...own, 'ec2:AuthorizedService': 'ec2.amazonaws.com' },
      ],
      [
        'ec2:CreateNetworkInterfacePermission',
        arn('ec2', 'network-interface/eni-1'),
        { ...own, 'ec2:Subnet': arn('ec2', 'subnet/subnet-another') },
      ],
      ['sts:AssumeRole', iam(`role/${prefix}-github-deploy`)],
      ['sts:AssumeRole', iam(`role/${prefix}-eks-deployer`)],
      ['eks:DescribeCluster', arn('eks', `cluster/${prefix}`)],
      ['s3:GetObject', state],
      [read, secret('jwt-keys')],
    ],
  }
}

function flowLogs({ prefix, arn, bucket }: Place): Row {
  const stream = (group: string) => arn('logs', `log-group:${group}:log-stream:eni-1`)
  return {
    may: [['logs:PutLogEvents', stream(`/${prefix}/flow-logs`)]],
    mayNot: [
      ['logs:PutLogEvents', stream(`/aws/eks/${prefix}/cluster`)],
      ['logs:GetLogEvents', stream(`/${prefix}/flow-logs`)],
      ['logs:DeleteLogGroup', arn('logs', `log-group:/${prefix}/flow-logs`)],
      ['s3:PutObject', bucket('logs')],
    ],
  }
}

function monitoring({ prefix, arn, key, secret, user }: Place): Row {
  return {
    mayByAws: [['logs:PutLogEvents', arn('logs', 'log-group:RDSOSMetrics:log-stream:db-1')]],
    mayNot: [
      ['rds:ModifyDBInstance', arn('rds', `db:${prefix}-main`)],
      ['rds-db:connect', user('shop')],
      ['kms:Decrypt', key('insights'), via('rds')],
      [read, secret('jwt-keys')],
    ],
  }
}

function imageCache({ prefix, otherPrefix, arn, secret, key }: Place): Row {
  const repository = (name: string) => arn('ecr', `repository/${name}`)
  const grant = { 'kms:GrantIsForAWSResource': 'true' }
  return {
    may: [
      ['ecr:CreateRepository', repository(`${prefix}/quay/a`)],
      ['ecr:TagResource', repository(`${prefix}/quay/a`)],
      ['kms:CreateGrant', key('registry'), { ...via('ecr'), ...grant }],
      ['kms:DescribeKey', key('registry'), via('ecr')],
    ],
    mayNot: [
      ['ecr:CreateRepository', repository(`${otherPrefix}/quay/a`)],
      ['ecr:PutImage', repository(`${prefix}/quay/a`)],
      ['ecr:DeleteRepository', repository(prefix)],
      ['kms:CreateGrant', key('registry'), grant],
      ['kms:CreateGrant', key('database'), { ...via('ecr'), ...grant }],
      ['kms:Decrypt', key('registry'), via('ecr')],
      [read, secret('github-login')],
    ],
  }
}
