import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { alarmServices, alarmTopicName } from './keys/policies.ts'
import { policyDocument } from './policy.ts'
import type { Stack } from './stack.ts'

export interface AlarmsArgs {
  stack: Stack
  /** What encrypts the messages; its policy must admit everything that publishes. */
  key: aws.kms.Key
}

/** The one topic for everything that a person must hear of, and the addresses that hear it. */
export class Alarms extends pulumi.ComponentResource {
  /** Known to others only once the topic's policy stands: AWS refuses, or forgets, publishers that come before it. */
  readonly topicArn: pulumi.Output<string>

  constructor(name: string, args: AlarmsArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super('dhakacart:platform:Alarms', name, {}, { ...opts, provider: args.stack.provider })
    const { stack, key } = args
    const topic = new aws.sns.Topic(
      'alarms',
      { name: alarmTopicName(stack), kmsMasterKeyId: key.arn, tags: stack.tags('alarms', 'internal') },
      { parent: this },
    )
    const policy = new aws.sns.TopicPolicy(
      'alarms',
      { arn: topic.arn, policy: topicPolicy(stack) },
      { parent: this, deletedWith: topic },
    )
    for (const address of stack.settings.alarmEmails) {
      new aws.sns.TopicSubscription(
        `alarms-${address}`,
        { topic: policy.arn, protocol: 'email', endpoint: address },
        { parent: this },
      )
    }
    this.topicArn = policy.arn
    this.registerOutputs({ topicArn: this.topicArn })
  }
}

/**
 * Who may publish: AWS's services in the name of this account. People and pods of the account need no statement here, IAM decides about
 * them. EventBridge stands under the same condition, which it does support on a topic, though not on its key.
 */
function topicPolicy(stack: Stack): string {
  const topic = stack.arn('sns', alarmTopicName(stack))
  return policyDocument([
    {
      Sid: 'Publish',
      Effect: 'Allow',
      Principal: { Service: [...alarmServices, 'events.amazonaws.com'] },
      Action: 'sns:Publish',
      Resource: topic,
      Condition: { StringEquals: { 'aws:SourceAccount': stack.settings.accountId } },
    },
    {
      Sid: 'NeverInClear',
      Effect: 'Deny',
      Principal: '*',
      Action: 'sns:Publish',
      Resource: topic,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ])
}
