import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import type { Stack } from '../stack.ts'

export interface MetricAlarmArgs {
  stack: Stack
  parent: pulumi.Resource
  topicArn: pulumi.Input<string>
  /** Logical name, and the end of the alarm's own: `database-main-cpu`. */
  name: string
  /** What it means and what to do, with the path of the runbook: the message shows nothing else of us. */
  description: string
  /** Such as `AWS/RDS`. */
  namespace: string
  metricName: string
  dimensions: Record<string, pulumi.Input<string>>
  statistic: 'Average' | 'Maximum' | 'Minimum' | 'Sum' | 'SampleCount'
  comparison: 'above' | 'atLeast' | 'below' | 'atMost'
  /** In the metric's own unit. */
  threshold: pulumi.Input<number>
  periodSeconds: number
  /** How many periods in a row must be wrong. */
  evaluationPeriods: number
  /** `notBreaching` where silence is health, `breaching` where it is not, `missing` where it says nothing. */
  treatMissingData: 'breaching' | 'notBreaching' | 'missing' | 'ignore'
}

const operators = {
  above: 'GreaterThanThreshold',
  atLeast: 'GreaterThanOrEqualToThreshold',
  below: 'LessThanThreshold',
  atMost: 'LessThanOrEqualToThreshold',
} as const

/** An alarm of one metric that tells the alarm topic when it begins, and when it is over. */
export function makeMetricAlarm(args: MetricAlarmArgs): aws.cloudwatch.MetricAlarm {
  const { stack, name } = args
  return new aws.cloudwatch.MetricAlarm(
    name,
    {
      name: `${stack.prefix}-${name}`,
      alarmDescription: args.description,
      namespace: args.namespace,
      metricName: args.metricName,
      dimensions: args.dimensions,
      statistic: args.statistic,
      comparisonOperator: operators[args.comparison],
      threshold: args.threshold,
      period: args.periodSeconds,
      evaluationPeriods: args.evaluationPeriods,
      treatMissingData: args.treatMissingData,
      alarmActions: [args.topicArn],
      okActions: [args.topicArn],
      tags: stack.tags(name),
    },
    { parent: args.parent },
  )
}
