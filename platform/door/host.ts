import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { serviceTrustPolicy } from '../access/trust.ts'
import { policyDocument } from '../policy.ts'
import type { Stack } from '../stack.ts'

export interface HostArgs {
  stack: Stack
  parent: pulumi.Resource
  subnetIds: pulumi.Output<string[]>
  /** Groups that the host wears. */
  securityGroupIds: pulumi.Input<string>[]
  volumesKeyArn: pulumi.Input<string>
  /** The tag by which the right to connect is given: key and value. */
  tag: { key: string; value: string }
}

/** Amazon Linux 2023 with the SSM agent, whatever AWS last published: the host is thrown away and made anew every week. */
const image = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64'
const maxLifeSeconds = 7 * 86_400

/**
 * One small machine in a private subnet, remade by its group when it fails, when its zone fails and every week. It holds nothing, nobody
 * logs in to it, and nothing listens on it: the SSM agent calls out.
 */
export function makeHost(args: HostArgs): aws.autoscaling.Group {
  const { stack, parent, tag } = args
  const profile = makeProfile(stack, parent)
  const tags = { ...stack.commonTags, ...stack.tags('door'), [tag.key]: tag.value }
  const template = new aws.ec2.LaunchTemplate(
    'door',
    {
      name: `${stack.prefix}-door`,
      description: 'The door to the Kubernetes API',
      imageId: image,
      instanceType: 't4g.nano',
      // Without it a busy host costs more than its price.
      creditSpecification: { cpuCredits: 'standard' },
      iamInstanceProfile: { arn: profile.arn },
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
      networkInterfaces: [
        { associatePublicIpAddress: 'false', deleteOnTermination: 'true', securityGroups: args.securityGroupIds },
      ],
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvda',
          ebs: {
            volumeType: 'gp3',
            volumeSize: 8,
            encrypted: 'true',
            kmsKeyId: args.volumesKeyArn,
            deleteOnTermination: 'true',
          },
        },
      ],
      tagSpecifications: ['instance', 'volume', 'network-interface'].map((resourceType) => ({ resourceType, tags })),
      updateDefaultVersion: true,
      tags: stack.tags('door'),
    },
    { parent },
  )
  return new aws.autoscaling.Group(
    'door',
    {
      name: `${stack.prefix}-door`,
      minSize: 1,
      maxSize: 1,
      desiredCapacity: 1,
      vpcZoneIdentifiers: args.subnetIds,
      launchTemplate: { id: template.id, version: pulumi.interpolate`${template.latestVersion}` },
      healthCheckType: 'EC2',
      maxInstanceLifetime: maxLifeSeconds,
      // A new template replaces the host at once; people reconnect.
      instanceRefresh: { strategy: 'Rolling', preferences: { minHealthyPercentage: 0 } },
      tags: Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: false })),
    },
    { parent },
  )
}

/** What Session Manager's agent needs, and no more: AWS's managed policy would also let it read every parameter of the account. */
function makeProfile(stack: Stack, parent: pulumi.Resource): aws.iam.InstanceProfile {
  const role = new aws.iam.Role(
    'door',
    {
      name: `${stack.prefix}-door`,
      description: `${stack.prefix}: the door's host`,
      assumeRolePolicy: serviceTrustPolicy('ec2.amazonaws.com'),
      permissionsBoundary: stack.boundaryArn,
      tags: stack.tags('door'),
    },
    { parent },
  )
  const policy = policyDocument([
    {
      Sid: 'Channels',
      Effect: 'Allow',
      Action: [
        'ssmmessages:CreateControlChannel',
        'ssmmessages:CreateDataChannel',
        'ssmmessages:OpenControlChannel',
        'ssmmessages:OpenDataChannel',
      ],
      // IAM knows no resources for these.
      Resource: '*',
    },
    {
      Sid: 'SayThatItLives',
      Effect: 'Allow',
      Action: 'ssm:UpdateInstanceInformation',
      Resource: `arn:aws:ec2:${stack.settings.region}:${stack.settings.accountId}:instance/*`,
    },
  ])
  const inline = new aws.iam.RolePolicy('door', { name: 'session-manager', role: role.name, policy }, { parent })
  return new aws.iam.InstanceProfile(
    'door',
    { name: `${stack.prefix}-door`, role: role.name, tags: stack.tags('door') },
    { parent, dependsOn: inline },
  )
}
