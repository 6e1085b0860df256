import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'

const order =
  (name: string): pulumi.ResourceTransform =>
  (args) => ({
    ...args,
    props: { ...args.props, displayName: `${args.props.displayName ?? ''}${name}` },
  })

/** Transforms of a resource, of its parents, and of the stack, in that order; and of the stack's functions. */
export default async () => {
  pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
    type === 'aws:sns/topic:Topic'
      ? { props: { ...props, displayName: `${props.displayName}-stack` }, opts }
      : undefined,
  )
  pulumi.runtime.registerInvokeTransform(({ token, args, opts }) =>
    token === 'test:index:echo' ? { args: { ...args, also: 'transformed' }, opts } : undefined,
  )
  const key = new aws.kms.Key('key')
  const outer = new pulumi.ComponentResource('test:index:Box', 'outer', {}, { transforms: [order('-outer')] })
  const inner = new pulumi.ComponentResource(
    'test:index:Box',
    'inner',
    {},
    { parent: outer, transforms: [order('-inner')] },
  )
  new aws.sns.Topic('plain', { displayName: 'plain', kmsMasterKeyId: key.id }, { parent: inner })
  new aws.sns.Topic(
    'own',
    { displayName: 'own', kmsMasterKeyId: key.id },
    {
      parent: inner,
      transforms: [
        ({ props, opts }) => ({ props: { ...props, displayName: 'changed' }, opts: { ...opts, protect: true } }),
      ],
    },
  )
  return { echo: pulumi.runtime.invokeOutput('test:index:echo', { said: 'hello' }) }
}
