import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { makeBreakGlassAlarm } from './access/break-glass-alarm.ts'
import { type Proof, trustPolicy } from './access/trust.ts'
import { deployRoleArn } from './identity/names.ts'
import { policyDocument } from './policy.ts'
import type { Stack } from './stack.ts'

export interface AccessArgs {
  stack: Stack
  /** Where it is told that somebody takes the break-glass role. */
  topicArn: pulumi.Input<string>
  /** The role that GitHub deploys with, which is one of the deployers; none where GitHub deploys nothing. */
  deploy?: aws.iam.Role | undefined
}

/** Roles by which Kubernetes is reached, and what each may do there (cluster/entries.ts). */
export const accessRoles = ['deployer', 'operator', 'viewer', 'breakGlass'] as const
export type AccessRole = (typeof accessRoles)[number]

const about: Record<AccessRole, { suffix: string; what: string; proof: Proof }> = {
  deployer: { suffix: 'eks-deployer', what: 'Pulumi, when it talks to Kubernetes', proof: 'machine' },
  operator: { suffix: 'eks-operator', what: 'people who change what runs in the cluster', proof: 'person' },
  viewer: { suffix: 'eks-viewer', what: 'people who look at the cluster', proof: 'person' },
  breakGlass: { suffix: 'break-glass', what: 'the last way in, with an alarm', proof: 'emergency' },
}

/** An hour, the least that IAM knows: a lost laptop is in the cluster no longer than that. */
const maxSessionSeconds = 3_600

/**
 * The roles by which people and the deployer reach Kubernetes. None has a permission in AWS but to find the cluster (and, from door.ts,
 * to come through the door). Roles of ours rather than the principals themselves: the session ends after an hour, CloudTrail shows who
 * took it, and EKS refuses an access entry of a principal that does not exist.
 */
export class Access extends pulumi.ComponentResource {
  readonly deployer: aws.iam.Role
  /** Only when the setting `operatorPrincipals` names somebody. */
  readonly operator: aws.iam.Role | undefined
  /** Only when the setting `viewerPrincipals` names somebody. */
  readonly viewer: aws.iam.Role | undefined
  /** Only when the setting `breakGlassPrincipals` names somebody. */
  readonly breakGlass: aws.iam.Role | undefined

  constructor(name: string, args: AccessArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super('dhakacart:platform:Access', name, {}, { ...opts, provider: args.stack.provider })
    const { stack } = args
    const { settings } = stack
    const machines = args.deploy ? [deployRoleArn(stack)] : []
    // IAM refuses a trust in a role that is not there yet.
    this.deployer = this.role('deployer', stack, [...settings.deployerPrincipals, ...machines], args.deploy)
    this.operator = this.roleOf('operator', stack, settings.operatorPrincipals)
    this.viewer = this.roleOf('viewer', stack, settings.viewerPrincipals)
    this.breakGlass = this.roleOf('breakGlass', stack, settings.breakGlassPrincipals)
    if (this.breakGlass) {
      const roleArn = accessRoleArn(stack, 'breakGlass')
      makeBreakGlassAlarm({ stack, parent: this, roleArn, topicArn: args.topicArn })
    }
    this.registerOutputs({ deployer: this.deployer.arn })
  }

  /** The roles of people: they come through the door. */
  get people(): { name: AccessRole; role: aws.iam.Role }[] {
    const all = { operator: this.operator, viewer: this.viewer, breakGlass: this.breakGlass }
    return accessRoles.flatMap((name) => {
      const role = name === 'deployer' ? undefined : all[name]
      return role ? [{ name, role }] : []
    })
  }

  private roleOf(name: AccessRole, stack: Stack, principals: string[]): aws.iam.Role | undefined {
    return principals.length > 0 ? this.role(name, stack, principals) : undefined
  }

  private role(name: AccessRole, stack: Stack, principals: string[], after?: pulumi.Resource): aws.iam.Role {
    const { suffix, what, proof } = about[name]
    const role = new aws.iam.Role(
      suffix,
      {
        name: `${stack.prefix}-${suffix}`,
        description: `${stack.prefix}: ${what}`,
        assumeRolePolicy: trustPolicy(stack, principals, proof),
        maxSessionDuration: maxSessionSeconds,
        permissionsBoundary: stack.boundaryArn,
        tags: stack.tags(suffix),
      },
      { parent: this, ...(after && { dependsOn: after }) },
    )
    const policy = policyDocument([
      {
        Sid: 'FindTheCluster',
        Effect: 'Allow',
        Action: 'eks:DescribeCluster',
        Resource: stack.arn('eks', `cluster/${stack.prefix}`),
      },
    ])
    new aws.iam.RolePolicy(suffix, { name: 'find-the-cluster', role: role.name, policy }, { parent: this })
    return role
  }
}

/** The ARN of one of these roles; fixed, because access rules and people's AWS profiles name it. */
export function accessRoleArn(stack: Stack, name: AccessRole): string {
  return `arn:aws:iam::${stack.settings.accountId}:role/${stack.prefix}-${about[name].suffix}`
}
