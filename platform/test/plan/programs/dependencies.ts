import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'

/** What depends on what, property by property, through apply, all, interpolate, nested values and components. */
export default async () => {
  const key = new aws.kms.Key('key')
  const topic = new aws.sns.Topic('topic', { kmsMasterKeyId: key.id })
  const role = new aws.iam.Role('role', { assumeRolePolicy: '{}', description: pulumi.interpolate`of ${topic.arn}` })
  class Pair extends pulumi.ComponentResource {
    constructor() {
      super('test:index:Pair', 'pair')
      new aws.sns.Topic('first', {}, { parent: this })
      new aws.sns.Topic('second', {}, { parent: this })
      this.registerOutputs({})
    }
  }
  const pair = new Pair()
  new aws.iam.RolePolicy(
    'policy',
    {
      role: role.name,
      policy: pulumi.all([topic.arn, key.arn]).apply(([a, b]) => JSON.stringify({ a, b })),
    },
    { dependsOn: pair },
  )
  const group = new aws.ec2.SecurityGroup('group', { vpcId: 'vpc-1', tags: { key: key.keyId, fixed: 'yes' } })
  new aws.ec2.SecurityGroup('user', {
    vpcId: 'vpc-1',
    ingress: [{ protocol: 'tcp', fromPort: 443, toPort: 443, securityGroups: [group.id, 'sg-1'] }],
  })
  return { nested: { topic: topic.arn, list: [role.name, 'fixed'] } }
}
