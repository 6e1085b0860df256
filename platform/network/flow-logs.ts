import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { policyDocument } from '../policy.ts'
import type { Stack } from '../stack.ts'

export interface FlowLogsArgs {
  stack: Stack
  parent: pulumi.Resource
  vpcId: pulumi.Input<string>
  key: aws.kms.Key
}

/** Beside AWS's default fields: which pod stood behind a node's or a gateway's address, and which way the traffic went. */
const fields = [
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status',
  'vpc-id subnet-id instance-id tcp-flags pkt-srcaddr pkt-dstaddr flow-direction traffic-path',
].flatMap((line) => line.split(' '))

/** Who spoke with whom, accepted and refused, kept as long as the setting says, encrypted with the key of logs. */
export function makeFlowLogs({ stack, parent, vpcId, key }: FlowLogsArgs): void {
  const group = new aws.cloudwatch.LogGroup(
    'flow-logs',
    {
      name: `/${stack.prefix}/flow-logs`,
      kmsKeyId: key.arn,
      retentionInDays: stack.settings.flowLogRetentionDays,
      tags: stack.tags('flow-logs', 'personal'),
    },
    { parent, protect: stack.settings.protect },
  )
  const role = new aws.iam.Role(
    'flow-logs',
    {
      name: `${stack.prefix}-flow-logs`,
      description: `Writes the flow logs of ${stack.prefix}, and nothing else`,
      assumeRolePolicy: onlyOurFlowLogs(stack),
      permissionsBoundary: stack.boundaryArn,
      tags: stack.tags('flow-logs'),
    },
    { parent },
  )
  const writing = new aws.iam.RolePolicy(
    'flow-logs',
    {
      role: role.name,
      policy: pulumi.jsonStringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'Write',
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams'],
            Resource: [group.arn, pulumi.interpolate`${group.arn}:*`],
          },
        ],
      }),
    },
    { parent },
  )
  new aws.ec2.FlowLog(
    'flow-logs',
    {
      vpcId,
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logDestination: group.arn,
      iamRoleArn: role.arn,
      // Ten minutes: one minute gives about as many records again, and nobody watches them live.
      maxAggregationInterval: 600,
      logFormat: fields.map((field) => `$\{${field}}`).join(' '),
      tags: stack.tags('flow-logs'),
    },
    { parent, dependsOn: [writing] },
  )
}

/** The service takes the role only for flow logs of this account and region, not on behalf of a stranger who names it. */
const onlyOurFlowLogs = (stack: Stack) =>
  policyDocument([
    {
      Sid: 'FlowLogs',
      Effect: 'Allow',
      Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: { 'aws:SourceAccount': stack.settings.accountId },
        ArnLike: { 'aws:SourceArn': stack.arn('ec2', 'vpc-flow-log/*') },
      },
    },
  ])
