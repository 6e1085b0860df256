import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'

/** A hook, which only an engine runs. */
export default async () => {
  const hook = new pulumi.ResourceHook('before', () => {
    throw new Error('a plan runs no hooks')
  })
  new aws.sns.Topic('topic', {}, { hooks: { beforeCreate: [hook] } })
  return {}
}
