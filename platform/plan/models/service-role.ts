import { createHash } from 'node:crypto'
import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { noInputs } from './model.ts'

export interface ServiceRoleArgs {
  service: string
  description?: string
  managedPolicyArns: { id: string; arn: pulumi.Input<string> }[]
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>
  assumeRoleActions?: string[]
}

/** The eks plugin's own component around a role: one attachment for each managed policy, named by a hash of its ARN. */
export class ServiceRole extends pulumi.ComponentResource {
  /** The role, as soon as it exists. */
  readonly directRole: aws.iam.Role
  /** The role, once all its policies are attached. */
  readonly resolvedRole: pulumi.Output<aws.iam.Role>

  constructor(name: string, args: ServiceRoleArgs, opts: pulumi.ComponentResourceOptions) {
    super('eks:index:ServiceRole', name, noInputs, opts)
    const trust = {
      Version: '2012-10-17',
      Statement: [
        {
          Action: args.assumeRoleActions ?? ['sts:AssumeRole'],
          Effect: 'Allow',
          Principal: { Service: [args.service] },
        },
      ],
    }
    const role = new aws.iam.Role(
      `${name}-role`,
      { description: args.description, assumeRolePolicy: JSON.stringify(trust), tags: args.tags },
      { parent: this },
    )
    const attachments = args.managedPolicyArns.map(
      ({ id, arn }) =>
        new aws.iam.RolePolicyAttachment(`${name}-${shortHash(id)}`, { policyArn: arn, role }, { parent: this }),
    )
    this.directRole = role
    this.resolvedRole = pulumi.all([role.arn, ...attachments.map((made) => made.id)]).apply(() => role)
    this.registerOutputs({ resolvedRole: this.resolvedRole, directRole: this.directRole })
  }
}

/** Policies of AWS by name; the hash is of the ARN in the usual partition, wherever the account is. */
export const managedPolicies = (
  partition: pulumi.Input<string>,
  names: string[],
): ServiceRoleArgs['managedPolicyArns'] =>
  names.map((name) => ({
    id: `arn:aws:iam::aws:policy/${name}`,
    arn: pulumi.interpolate`arn:${partition}:iam::aws:policy/${name}`,
  }))

const shortHash = (text: string): string => createHash('sha1').update(text).digest('hex').slice(0, 8)
