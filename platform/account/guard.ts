import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import type { Stack } from '../stack.ts'

export interface GuardArgs {
  stack: Stack
  parent: pulumi.Resource
  topicArn: pulumi.Input<string>
}

/**
 * What GuardDuty reads beside the three sources that it always reads (the trail's events, flow logs, name lookups), and why not the rest. Each
 * is charged by what it reads; a new detector has most of them on, so that off is said too.
 */
const features: Record<string, { on: boolean; why: string }> = {
  EKS_AUDIT_LOGS: { on: true, why: 'a stolen token of the cluster shows nowhere else' },
  S3_DATA_EVENTS: { on: true, why: 'dumps and logs of shoppers carried away show here' },
  RDS_LOGIN_EVENTS: { on: true, why: 'logins at the database from where nobody logs in' },
  EBS_MALWARE_PROTECTION: { on: false, why: 'nodes live for days and their root cannot be written' },
  LAMBDA_NETWORK_LOGS: { on: false, why: 'there are no functions' },
}

/** The detector of the account in this region: AWS allows one. */
export function makeDetector({ stack, parent }: Omit<GuardArgs, 'topicArn'>): void {
  const detector = new aws.guardduty.Detector(
    'detector',
    { enable: true, findingPublishingFrequency: 'FIFTEEN_MINUTES', tags: stack.tags('detector') },
    { parent, protect: stack.settings.protect },
  )
  for (const [name, { on }] of Object.entries(features)) {
    new aws.guardduty.DetectorFeature(
      name.toLowerCase().replaceAll('_', '-'),
      { detectorId: detector.id, name, status: on ? 'ENABLED' : 'DISABLED' },
      { parent, deletedWith: detector },
    )
  }
}

/** Findings of medium severity and above (from 4 on) go to the alarm topic, whichever stack's detector, or the account's, has them. */
export function makeFindingsAlarm({ stack, parent, topicArn }: GuardArgs): void {
  const rule = new aws.cloudwatch.EventRule(
    'findings',
    {
      name: `${stack.prefix}-findings`,
      description: 'GuardDuty has found something of medium severity or above',
      eventPattern: JSON.stringify({
        source: ['aws.guardduty'],
        'detail-type': ['GuardDuty Finding'],
        detail: { severity: [{ numeric: ['>=', 4] }] },
      }),
      tags: stack.tags('findings'),
    },
    { parent },
  )
  new aws.cloudwatch.EventTarget(
    'findings',
    {
      rule: rule.name,
      arn: topicArn,
      inputTransformer: {
        inputPaths: {
          severity: '$.detail.severity',
          type: '$.detail.type',
          title: '$.detail.title',
          region: '$.region',
          id: '$.detail.id',
        },
        inputTemplate: `"${stack.prefix}: GuardDuty, severity <severity>: <title> (<type>). Look at finding <id> in <region>."`,
      },
    },
    { parent },
  )
}
