import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'

/** A secret that goes in, through apply, and one that only comes out. */
export default async () => {
  const password = pulumi.secret('swordfish')
  const text = password.apply((value) => `postgres://shop:${value}@db`)
  const parameter = new aws.ssm.Parameter('secret', { type: 'SecureString', name: '/secret', value: password })
  const topic = new aws.sns.Topic('topic', { displayName: text }, { additionalSecretOutputs: ['arn'] })
  new aws.sqs.Queue('queue', { policy: pulumi.interpolate`{"to":"${topic.arn}"}`, tags: { all: text } })
  return { url: text, parameter: parameter.value, arn: topic.arn }
}
