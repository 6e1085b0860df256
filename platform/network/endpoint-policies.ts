import { type Conditions, policyDocument, type Statement } from '../policy.ts'
import type { Stack } from '../stack.ts'

/**
 * What may pass through an endpoint. A stolen key of another account must not carry our data out through our own endpoint, so callers are
 * of this account, and so is what they call, but for the few things of AWS that nodes need. `*` as the principal is how endpoint policies
 * say "anybody whom the conditions admit".
 */

/**
 * Buckets of others in our region that machines here read: image layers of ECR, images of registry.k8s.io (which sends callers in AWS to
 * the bucket of their region), packages of Amazon Linux 2023, updates of the SSM agent. Names as seen on 2026-11-21. A machine that gets
 * 403 for something it fetches misses a line here.
 */
const foreignBuckets = (region: string) => [
  `arn:aws:s3:::prod-${region}-starport-layer-bucket/*`,
  `arn:aws:s3:::prod-registry-k8s-io-${region}/*`,
  `arn:aws:s3:::al2023-repos-${region}-de612dc2/*`,
  `arn:aws:s3:::amazon-ssm-${region}/*`,
]

const admit = (Sid: string, Action: string | string[], Condition: Conditions, Resource: string | string[] = '*') =>
  ({ Sid, Effect: 'Allow', Principal: '*', Action, Resource, Condition }) satisfies Statement

const ours = ({ settings }: Stack) => ({ StringEquals: { 'aws:PrincipalAccount': settings.accountId } })

const oursOnly = ({ settings }: Stack) => ({
  StringEquals: { 'aws:PrincipalAccount': settings.accountId, 'aws:ResourceAccount': settings.accountId },
})

/** S3: our callers to our buckets. Others' are read without our name on the request. */
export function s3Policy(stack: Stack): string {
  return policyDocument([
    admit('OurBuckets', 's3:*', oursOnly(stack)),
    {
      Sid: 'WhatMachinesFetch',
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: foreignBuckets(stack.settings.region),
    },
  ])
}

/** Interface endpoints by the last part of their service's name. */
export function interfacePolicies(stack: Stack): Record<string, string> {
  const everything = (service: string) => policyDocument([admit('OurOwn', `${service}:*`, oursOnly(stack))])
  return {
    'ecr.api': registryPolicy(stack),
    'ecr.dkr': registryPolicy(stack),
    sts: tokenPolicy(stack),
    secretsmanager: everything('secretsmanager'),
    logs: everything('logs'),
    kms: everything('kms'),
  }
}

/** Images are pulled from AWS's registries too (EKS add-ons live there), but pushed to ours only. */
const registryPolicy = (stack: Stack) =>
  policyDocument([
    admit(
      'Pull',
      [
        'ecr:GetAuthorizationToken',
        'ecr:BatchCheckLayerAvailability',
        'ecr:GetDownloadUrlForLayer',
        'ecr:BatchGetImage',
      ],
      ours(stack),
    ),
    admit('OurRegistry', 'ecr:*', oursOnly(stack)),
  ])

/** GitHub's token has no AWS account behind it before STS has answered: the role that it asks for must be ours. */
const tokenPolicy = (stack: Stack) => {
  const roles = `arn:aws:iam::${stack.settings.accountId}:role/*`
  return policyDocument([
    admit('OurCallers', 'sts:*', ours(stack)),
    { Sid: 'GitHub', Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRoleWithWebIdentity', Resource: roles },
  ])
}
