import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import type { Stack } from '../stack.ts'

export interface BreakGlassAlarmArgs {
  stack: Stack
  parent: pulumi.Resource
  roleArn: string
  topicArn: pulumi.Input<string>
}

/**
 * Tells the alarm topic of every attempt to take the break-glass role, refused ones too. CloudTrail counts AssumeRole among the events
 * that only read, which a rule in the plain state ENABLED never sees. It needs a CloudTrail trail with management events in this region, which
 * belongs to the account and to no stack: without one EventBridge hears nothing.
 */
export function makeBreakGlassAlarm({ stack, parent, roleArn, topicArn }: BreakGlassAlarmArgs): void {
  const rule = new aws.cloudwatch.EventRule(
    'break-glass',
    {
      name: `${stack.prefix}-break-glass`,
      description: 'Somebody takes, or tries to take, the break-glass role',
      state: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
      eventPattern: JSON.stringify({
        source: ['aws.sts'],
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: {
          eventSource: ['sts.amazonaws.com'],
          eventName: ['AssumeRole'],
          requestParameters: { roleArn: [roleArn] },
        },
      }),
      tags: stack.tags('break-glass'),
    },
    { parent },
  )
  new aws.cloudwatch.EventTarget(
    'break-glass',
    {
      rule: rule.name,
      arn: topicArn,
      inputTransformer: {
        inputPaths: {
          who: '$.detail.userIdentity.arn',
          from: '$.detail.sourceIPAddress',
          when: '$.detail.eventTime',
          error: '$.detail.errorCode',
        },
        inputTemplate: `"${stack.prefix}: <who> asked for the break-glass role from <from> at <when>. Error, if it was refused: <error>."`,
      },
    },
    { parent },
  )
}
