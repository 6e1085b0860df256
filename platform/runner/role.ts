import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { serviceTrustPolicy } from '../access/trust.ts'
import type { Stack } from '../stack.ts'

export interface RunnerRoleArgs {
  stack: Stack
  parent: pulumi.Resource
  projectName: string
  logGroupName: string
  subnetIds: pulumi.Output<string[]>
}

/**
 * The role of the runner's machine. Whoever takes over a job gets no more of the account than this: its own log, and the network
 * interface that the machine stands on. What a deployment may do comes by GitHub's OIDC token, from the protected environment.
 */
export function makeRunnerRole(args: RunnerRoleArgs): { role: aws.iam.Role; policy: aws.iam.RolePolicy } {
  const { stack, parent } = args
  const role = new aws.iam.Role(
    'runner',
    {
      name: args.projectName,
      description: `${stack.prefix}: the machine of the GitHub runner`,
      assumeRolePolicy: serviceTrustPolicy('codebuild.amazonaws.com', ['sts:AssumeRole'], {
        StringEquals: {
          'aws:SourceAccount': stack.settings.accountId,
          'aws:SourceArn': stack.arn('codebuild', `project/${args.projectName}`),
        },
      }),
      permissionsBoundary: stack.boundaryArn,
      tags: stack.tags('runner'),
    },
    { parent },
  )
  const policy = new aws.iam.RolePolicy(
    'runner',
    { name: 'log-and-network-interface', role: role.name, policy: rolePolicy(args) },
    { parent },
  )
  return { role, policy }
}

/** As CodeBuild's user guide asks for a project in a VPC with a connection ("Identity-based policies", read 2026-11-21). */
function rolePolicy({ stack, logGroupName, subnetIds }: RunnerRoleArgs): pulumi.Output<string> {
  const { region, githubConnectionArn } = stack.settings
  return pulumi.jsonStringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OwnLog',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: stack.arn('logs', `log-group:${logGroupName}:*`),
      },
      {
        Sid: 'Connection',
        Effect: 'Allow',
        Action: [
          'codeconnections:GetConnection',
          'codeconnections:GetConnectionToken',
          'codestar-connections:GetConnection',
          'codestar-connections:GetConnectionToken',
        ],
        Resource: githubConnectionArn,
      },
      {
        Sid: 'SeeTheNetwork',
        Effect: 'Allow',
        Action: [
          'ec2:DescribeDhcpOptions',
          'ec2:DescribeNetworkInterfaces',
          'ec2:DescribeSecurityGroups',
          'ec2:DescribeSubnets',
          'ec2:DescribeVpcs',
        ],
        // IAM knows no resources for these.
        Resource: '*',
        Condition: { StringEquals: { 'aws:RequestedRegion': region } },
      },
      {
        Sid: 'OwnInterface',
        Effect: 'Allow',
        Action: ['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface'],
        // What CodeBuild makes for a job has no name before; it is of use only with the permission below.
        Resource: stack.arn('ec2', '*'),
      },
      {
        Sid: 'HandInterfaceToCodeBuild',
        Effect: 'Allow',
        Action: 'ec2:CreateNetworkInterfacePermission',
        Resource: stack.arn('ec2', 'network-interface/*'),
        Condition: {
          StringEquals: { 'ec2:AuthorizedService': 'codebuild.amazonaws.com' },
          ArnEquals: { 'ec2:Subnet': subnetIds.apply((ids) => ids.map((id) => stack.arn('ec2', `subnet/${id}`))) },
        },
      },
    ],
  })
}
