import t from 'tap'
import { condition, ofType, one, planned, statementsOf, text } from './harness/graphs.ts'

const stacks = [
  { stack: 'staging', account: '111111111111', budget: '500', anomaly: '20' },
  { stack: 'prod', account: '222222222222', budget: '2500', anomaly: '50' },
]

for (const { stack, account, budget, anomaly } of stacks) {
  t.test(`${stack}: one encrypted topic, closed to strangers and to plain HTTP`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    t.equal(ofType(graph, 'aws:sns/topic:Topic').length, 1)
    const topic = one(graph, 'aws:sns/topic:Topic', 'alarms')
    t.strictSame(topic.propertyDependencies.kmsMasterKeyId, [one(graph, 'aws:kms/key:Key', 'alarms').urn])
    const [publish, clear, ...more] = statementsOf(one(graph, 'aws:sns/topicPolicy:TopicPolicy', 'alarms'))
    t.strictSame(more, [])
    const arn = `arn:aws:sns:ap-southeast-1:${account}:dhakacart-${stack}-alarms`
    t.equal(text(topic.inputs, 'name'), `dhakacart-${stack}-alarms`)
    t.match(publish, {
      Effect: 'Allow',
      Action: 'sns:Publish',
      Resource: arn,
      Principal: {
        Service: [
          'cloudwatch.amazonaws.com',
          'budgets.amazonaws.com',
          'costalerts.amazonaws.com',
          'events.rds.amazonaws.com',
          'backup.amazonaws.com',
          'events.amazonaws.com',
        ],
      },
    })
    t.strictSame(publish && condition(publish, 'aws:SourceAccount'), [account])
    t.match(clear, { Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: arn })
    t.strictSame(clear && condition(clear, 'aws:SecureTransport'), ['false'])
  })

  t.test(`${stack}: every address of the setting subscribes, after the policy stands`, async (t) => {
    const addresses = ['a@example.com', 'b@example.com']
    const graph = await planned({ stack, mode: 'applied', overrides: { alarmEmails: addresses } })
    const policy = one(graph, 'aws:sns/topicPolicy:TopicPolicy', 'alarms')
    const subscriptions = ofType(graph, 'aws:sns/topicSubscription:TopicSubscription')
    t.strictSame(
      subscriptions.map(({ inputs }) => inputs.endpoint),
      addresses,
    )
    for (const subscription of subscriptions) t.ok(subscription.dependencies.includes(policy.urn))
  })

  t.test(`${stack}: the budget and the anomalies are of this stack's tag and go to the topic`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    const policy = one(graph, 'aws:sns/topicPolicy:TopicPolicy', 'alarms')
    const topicArn = `arn:aws:sns:ap-southeast-1:${account}:dhakacart-${stack}-alarms`

    t.equal(ofType(graph, 'aws:budgets/budget:Budget').length, 1)
    const { inputs, dependencies } = one(graph, 'aws:budgets/budget:Budget', 'budget')
    t.match(inputs, {
      name: `dhakacart-${stack}`,
      limitAmount: budget,
      limitUnit: 'USD',
      timeUnit: 'MONTHLY',
      costFilters: [{ name: 'TagKeyValue', values: [`user:stack$${stack}`] }],
      notifications: [
        { notificationType: 'ACTUAL', threshold: 80, thresholdType: 'PERCENTAGE', subscriberSnsTopicArns: [topicArn] },
        { notificationType: 'FORECASTED', threshold: 100, subscriberSnsTopicArns: [topicArn] },
      ],
    })
    t.ok(dependencies.includes(policy.urn), 'AWS asks the topic when the budget is made')

    const monitor = one(graph, 'aws:costexplorer/anomalyMonitor:AnomalyMonitor', 'anomalies')
    t.equal(monitor.inputs.monitorType, 'CUSTOM')
    t.match(JSON.parse(text(monitor.inputs, 'monitorSpecification')), { Tags: { Key: 'stack', Values: [stack] } })
    const subscription = one(graph, 'aws:costexplorer/anomalySubscription:AnomalySubscription', 'anomalies')
    t.match(subscription.inputs, {
      frequency: 'IMMEDIATE',
      subscribers: [{ type: 'SNS', address: topicArn }],
      thresholdExpression: { dimension: { key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE', values: [anomaly] } },
    })
    t.strictSame(subscription.propertyDependencies.monitorArnLists, [monitor.urn])
  })

  t.test(`${stack}: what the budget goes by is what the provider puts on everything`, async (t) => {
    const graph = await planned({ stack, mode: 'preview' })
    const providers = ofType(graph, 'pulumi:providers:aws')
    t.equal(providers.length, 1, 'one AWS provider')
    const defaults = providers[0]?.inputs.defaultTags
    t.match(typeof defaults === 'string' ? JSON.parse(defaults) : defaults, { tags: { stack, project: 'dhakacart' } })
  })
}
