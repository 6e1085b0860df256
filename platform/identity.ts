import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { serviceTrustPolicy } from './access/trust.ts'
import type { Cluster } from './cluster.ts'
import { workloadRoleName } from './identity/names.ts'
import { podTrust, type Workload, type WorkloadArgs, workloads } from './identity/workloads.ts'

export interface IdentityArgs extends WorkloadArgs {
  cluster: Cluster
}

/**
 * What workloads may do in AWS: a role for each, which its pods get by EKS Pod Identity. A pod without a row in `identity/workloads.ts`
 * may do nothing.
 */
export class Identity extends pulumi.ComponentResource {
  constructor(name: string, args: IdentityArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super('dhakacart:platform:Identity', name, {}, { ...opts, provider: args.stack.provider })
    for (const workload of workloads(args)) this.give(workload, args)
    this.registerOutputs({})
  }

  private give(workload: Workload, { stack, cluster }: IdentityArgs): void {
    const { name, what, namespace, serviceAccount } = workload
    const clusterArn = stack.arn('eks', `cluster/${cluster.name}`)
    const role = new aws.iam.Role(
      name,
      {
        name: workloadRoleName(stack, name),
        description: `${stack.prefix}: ${what}`,
        assumeRolePolicy: serviceTrustPolicy(
          'pods.eks.amazonaws.com',
          ['sts:AssumeRole', 'sts:TagSession'],
          podTrust(stack.settings.accountId, clusterArn, workload),
        ),
        permissionsBoundary: stack.boundaryArn,
        tags: stack.tags(name),
      },
      { parent: this },
    )
    const policy = new aws.iam.RolePolicy(
      name,
      { name: 'calls', role: role.name, policy: policyOf(workload) },
      { parent: this },
    )
    new aws.eks.PodIdentityAssociation(
      name,
      { clusterName: cluster.name, namespace, serviceAccount, roleArn: role.arn, tags: stack.tags(name) },
      { parent: this, dependsOn: cluster.ready.apply((ready) => [policy, ...ready]) },
    )
  }
}

const policyOf = ({ calls }: Workload): pulumi.Output<string> =>
  pulumi.jsonStringify({
    Version: '2012-10-17',
    Statement: calls.map(({ Sid, actions, on, where }) => ({
      Sid,
      Effect: 'Allow',
      Action: actions,
      Resource: on,
      ...(where && { Condition: where }),
    })),
  })
