import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { serviceTrustPolicy } from '../access/trust.ts'
import { policyDocument } from '../policy.ts'
import type { Secrets } from '../secrets.ts'
import type { Stack } from '../stack.ts'
import { lifecycle } from './lifecycle.ts'
import { cachedUpstreams, cachePrefix } from './upstreams.ts'

export interface ImageCacheArgs {
  stack: Stack
  parent: pulumi.Resource
  key: aws.kms.Key
  secrets: Secrets
}

/** Of each cached image so many are kept; one that went is fetched again when somebody pulls it. */
const keptOfEach = 30

const repositories = (stack: Stack) => stack.arn('ecr', `repository/${stack.prefix}/*`)

/** A rule for each registry of others, and how the repositories look that ECR makes at the first pull. */
export function makeImageCache({ stack, parent, key, secrets }: ImageCacheArgs): void {
  const { role, policy } = makeRole({ stack, parent, key })
  const template = new aws.ecr.RepositoryCreationTemplate(
    'image-cache',
    {
      prefix: stack.prefix,
      description: `${stack.prefix}: images of others`,
      appliedFors: ['PULL_THROUGH_CACHE'],
      customRoleArn: role.arn,
      encryptionConfigurations: [{ encryptionType: 'KMS', kmsKey: key.arn }],
      // ECR would follow a tag that its owner moves. We name images by digest, and a moved tag is then nobody's.
      imageTagMutability: 'IMMUTABLE',
      lifecyclePolicy: lifecycle([{ description: `The newest ${keptOfEach}`, keep: keptOfEach }]),
      resourceTags: { ...stack.commonTags, ...stack.tags('image-cache') },
    },
    { parent, dependsOn: policy },
  )
  for (const upstream of cachedUpstreams(stack)) {
    new aws.ecr.PullThroughCacheRule(
      upstream.name,
      {
        ecrRepositoryPrefix: cachePrefix(stack, upstream),
        upstreamRegistryUrl: upstream.url,
        credentialArn: upstream.login && secrets.arnOf(upstream.login.secret),
      },
      // The first pull makes a repository; one made before the template would stay without our key.
      { parent, dependsOn: template },
    )
  }
}

/**
 * Whom ECR asks to make a repository with a key of ours and with tags (ECR user guide, "Create an IAM role for repository creation
 * templates", 2026-11, whose policy says `*` where this one names repositories and the key).
 */
function makeRole({ stack, parent, key }: Omit<ImageCacheArgs, 'secrets'>) {
  const role = new aws.iam.Role(
    'image-cache',
    {
      name: `${stack.prefix}-image-cache`,
      description: `${stack.prefix}: makes the repositories of cached images`,
      assumeRolePolicy: serviceTrustPolicy('ecr.amazonaws.com'),
      permissionsBoundary: stack.boundaryArn,
      tags: stack.tags('image-cache'),
    },
    { parent },
  )
  const policy = new aws.iam.RolePolicy(
    'image-cache',
    {
      role: role.name,
      policy: pulumi.jsonStringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'MakeRepositories',
            Effect: 'Allow',
            Action: ['ecr:CreateRepository', 'ecr:TagResource'],
            Resource: repositories(stack),
          },
          {
            Sid: 'UnderOurKey',
            Effect: 'Allow',
            Action: ['kms:CreateGrant', 'kms:RetireGrant', 'kms:DescribeKey'],
            Resource: key.arn,
          },
        ],
      }),
    },
    { parent },
  )
  return { role, policy }
}

/**
 * What nodes need beside AWS's pull-only policy for the first pull of an image: ECR makes its repository in their name. By IAM, because a
 * registry has one policy for the whole account.
 */
export const firstPullPolicy = (stack: Stack): string =>
  policyDocument([
    {
      Sid: 'FirstPull',
      Effect: 'Allow',
      Action: ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository', 'ecr:TagResource'],
      Resource: repositories(stack),
    },
  ])
