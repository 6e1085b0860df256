import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import type { Stack } from './stack.ts'

export interface BudgetArgs {
  stack: Stack
  topicArn: pulumi.Input<string>
}

/**
 * What the stack may cost, told to the alarm topic: at 80 % spent, at 100 % forecast, and when a day costs what nobody expected. All of it
 * goes by the tag `stack`, which the bootstrap activates for billing; until then, and for its first day, AWS sees no cost under it.
 */
export class Budget extends pulumi.ComponentResource {
  constructor(name: string, args: BudgetArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super('dhakacart:platform:Budget', name, {}, { ...opts, provider: args.stack.provider })
    const { stack, topicArn } = args
    const alarmAt = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      notificationType,
      threshold,
      thresholdType: 'PERCENTAGE',
      comparisonOperator: 'GREATER_THAN',
      subscriberSnsTopicArns: [topicArn],
    })
    new aws.budgets.Budget(
      'budget',
      {
        name: stack.prefix,
        accountId: stack.settings.accountId,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        limitAmount: `${stack.settings.monthlyBudgetUsd}`,
        limitUnit: 'USD',
        costFilters: [{ name: 'TagKeyValue', values: [`user:stack$${stack.name}`] }],
        notifications: [alarmAt('ACTUAL', 80), alarmAt('FORECASTED', 100)],
        tags: stack.tags('budget'),
      },
      { parent: this },
    )
    const monitor = new aws.costexplorer.AnomalyMonitor(
      'anomalies',
      {
        name: stack.prefix,
        monitorType: 'CUSTOM',
        monitorSpecification: costOfStack(stack),
        tags: stack.tags('anomalies'),
      },
      { parent: this },
    )
    new aws.costexplorer.AnomalySubscription(
      'anomalies',
      {
        name: stack.prefix,
        accountId: stack.settings.accountId,
        // Only IMMEDIATE goes to a topic; daily and weekly summaries go to addresses.
        frequency: 'IMMEDIATE',
        monitorArnLists: [monitor.arn],
        subscribers: [{ type: 'SNS', address: topicArn }],
        thresholdExpression: {
          dimension: {
            key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE',
            matchOptions: ['GREATER_THAN_OR_EQUAL'],
            values: [`${stack.settings.anomalyThresholdUsd}`],
          },
        },
        tags: stack.tags('anomalies'),
      },
      { parent: this },
    )
    this.registerOutputs({})
  }
}

/** Every member is spelled out: AWS returns them so, and a shorter text would differ from it at every refresh. */
const costOfStack = (stack: Stack) =>
  JSON.stringify({
    And: null,
    CostCategories: null,
    Dimensions: null,
    Not: null,
    Or: null,
    Tags: { Key: 'stack', MatchOptions: null, Values: [stack.name] },
  })
