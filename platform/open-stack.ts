import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { makeBoundary } from './identity/boundary.ts'
import type { Settings } from './settings/schema.ts'
import type { DataClass, Stack } from './stack.ts'

/** Opens the stack that Pulumi runs: its provider refuses every account but the one in the settings, its boundary holds every role. */
export function openStack(settings: Settings): Stack {
  const name = pulumi.getStack()
  const prefix = `dhakacart-${name}`
  const commonTags = {
    project: 'dhakacart',
    stack: name,
    owner: settings.owner,
    'cost-centre': settings.costCentre,
    'data-class': 'none',
  }
  const provider = new aws.Provider('aws', {
    region: settings.region,
    allowedAccountIds: [settings.accountId],
    defaultTags: { tags: commonTags },
  })
  const stack = {
    name,
    prefix,
    settings,
    provider,
    commonTags,
    tags: (resource: string, dataClass: DataClass = 'none') => ({
      Name: `${prefix}-${resource}`,
      'data-class': dataClass,
    }),
    arn: (service: string, resource: string) =>
      `arn:aws:${service}:${settings.region}:${settings.accountId}:${resource}`,
  }
  return { ...stack, boundaryArn: makeBoundary(stack) }
}
