import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'

/** What exists outside of the stack: a network by id, another stack, and what AWS knows of the account. */
export default async () => {
  const provider = new aws.Provider('aws', { region: 'eu-west-1', allowedAccountIds: ['333333333333'] })
  const vpc = aws.ec2.Vpc.get('vpc', 'vpc-1', undefined, { provider })
  const subnet = new aws.ec2.Subnet('subnet', { vpcId: vpc.id, cidrBlock: vpc.cidrBlock }, { provider })
  const other = new pulumi.StackReference('organization/network/prod')
  const missing = new pulumi.StackReference('organization/nothing/prod')
  const zones = aws.getAvailabilityZonesOutput({}, { provider })
  const late = pulumi.runtime.invokeOutput('test:index:echo', { said: 'late' }, { dependsOn: [subnet] })
  return {
    subnet: subnet.id,
    shared: other.getOutput('vpcId'),
    missing: missing.getOutput('vpcId'),
    zone: zones.names[0],
    account: aws.getCallerIdentityOutput({}, { provider }).accountId,
    late,
  }
}
