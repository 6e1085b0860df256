import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'

class Remote extends pulumi.ComponentResource {
  declare readonly address: pulumi.Output<string>
  declare readonly topic: pulumi.Output<aws.sns.Topic>

  constructor(type: string, name: string, args: pulumi.Inputs, opts?: pulumi.ComponentResourceOptions) {
    super(type, name, { address: undefined, topic: undefined, ...args }, opts, true)
  }

  greet(): pulumi.Output<string> {
    const result = pulumi.runtime.call('test:index:Modelled/greet', { __self__: this, whom: 'Dhaka' }, this)
    return result.apply((answer) => (answer as { result: string }).result)
  }
}

/** A component that a plugin would build: with a model, and without one; and what the program makes of their outputs. */
export default async () => {
  const provider = new aws.Provider('aws', { region: 'eu-west-1', allowedAccountIds: ['333333333333'] })
  const key = new aws.kms.Key('key', {}, { provider })
  const modelled = new Remote(
    'test:index:Modelled',
    'modelled',
    { key: key.arn, secret: pulumi.secret('swordfish') },
    {
      providers: { aws: provider },
      protect: true,
      transforms: [
        ({ type, props, opts }) =>
          type === 'aws:sns/topic:Topic' ? { props: { ...props, displayName: 'transformed' }, opts } : undefined,
      ],
      transformations: [
        ({ type }) => {
          if (type === 'aws:sqs/queue:Queue') throw new Error('legacy transformations reach no plugin')
          return undefined
        },
      ],
    },
  )
  const opaque = new Remote('test:index:Opaque', 'opaque', { key: key.arn })
  new aws.sns.Topic('user', { displayName: modelled.address, kmsMasterKeyId: opaque.address }, { provider })
  return { greeting: modelled.greet(), topic: modelled.topic.arn, unknown: opaque.address }
}
