import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { dataStatements, groundStatements } from './github/changes.ts'
import { neverData, neverObjects, readStatements, stateStatements } from './github/reads.ts'
import { githubTrust } from './github/trust.ts'
import { githubRoleName } from './identity/names.ts'
import { policyDocument, type Statement } from './policy.ts'
import type { Stack } from './stack.ts'

export interface GitHubArgs {
  stack: Stack
}

/**
 * The roles that GitHub's workflows take by OIDC, without a key anywhere (decisions/0009-identities.md): `preview` looks, `deploy` changes.
 * Both stand before the cluster, because the deployer's role names the latter. A change of either needs an administrator: the boundary
 * keeps them from changing themselves.
 */
export class GitHub extends pulumi.ComponentResource {
  readonly deploy: aws.iam.Role
  readonly preview: aws.iam.Role

  constructor(name: string, args: GitHubArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super('dhakacart:platform:GitHub', name, {}, { ...opts, provider: args.stack.provider })
    const { stack } = args
    const { githubEnvironment, githubBranch } = stack.settings
    const branch = `refs/heads/${githubBranch}`
    const reads = this.policy(stack, 'reads', readStatements(stack))
    const never = this.policy(stack, 'never', [neverData, neverObjects(stack)])
    const ground = this.policy(stack, 'ground', groundStatements(stack))
    const data = this.policy(stack, 'data', [...dataStatements(stack), ...stateStatements(stack)])
    // A pull request from a fork has no such token: GitHub gives its jobs none.
    this.preview = this.role(stack, 'preview', `${githubEnvironment}-preview`, [branch, 'refs/pull/*/merge'])
    this.deploy = this.role(stack, 'deploy', githubEnvironment, [branch])
    this.attach('preview', this.preview, [reads, never])
    this.attach('deploy', this.deploy, [reads, never, ground, data])
    this.registerOutputs({ deploy: this.deploy.arn, preview: this.preview.arn })
  }

  private role(stack: Stack, name: string, environment: string, refs: string[]): aws.iam.Role {
    return new aws.iam.Role(
      `github-${name}`,
      {
        name: githubRoleName(stack, name),
        description: `${stack.prefix}: jobs of ${stack.settings.githubRepository} in the environment ${environment}`,
        assumeRolePolicy: githubTrust(stack, environment, refs),
        // The longest deployment is that of a cluster, about 40 minutes; an hour is also the least that IAM knows.
        maxSessionDuration: 3_600,
        permissionsBoundary: stack.boundaryArn,
        tags: stack.tags(`github-${name}`),
      },
      { parent: this, protect: stack.settings.protect },
    )
  }

  private policy(stack: Stack, name: string, statements: Statement[]): aws.iam.Policy {
    return new aws.iam.Policy(
      `github-${name}`,
      {
        name: githubRoleName(stack, name),
        description: `${stack.prefix}: what workflows of GitHub may do: ${name}`,
        policy: policyDocument(statements),
        tags: stack.tags(`github-${name}`),
      },
      { parent: this },
    )
  }

  private attach(name: string, role: aws.iam.Role, policies: aws.iam.Policy[]): void {
    for (const [at, policy] of policies.entries()) {
      const what = ['reads', 'never', 'ground', 'data'][at]
      new aws.iam.RolePolicyAttachment(
        `github-${name}-${what}`,
        { role: role.name, policyArn: policy.arn },
        { parent: this },
      )
    }
  }
}
