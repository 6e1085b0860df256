import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import type { Cluster } from './cluster.ts'
import type { Keys } from './keys.ts'
import { makeHttpsClient } from './network/security-group.ts'
import type { Network } from './network.ts'
import { makeRunnerRole } from './runner/role.ts'
import type { Stack } from './stack.ts'

export interface RunnerArgs {
  stack: Stack
  network: Network
  keys: Keys
  cluster: Cluster
}

/**
 * The deployer's place inside the network: CodeBuild as a GitHub Actions runner. A job gets it only if its workflow has the one name and
 * one of the named accounts started it, so a pull request from a fork never does; and a job that got it all the same has no permission in
 * AWS (runner/role.ts) until GitHub's protected environment lets it ask for the deploy role.
 */
export class Runner extends pulumi.ComponentResource {
  /** What `runs-on` names: `codebuild-<project>-${{ github.run_id }}-${{ github.run_attempt }}`. */
  readonly projectName: pulumi.Output<string>

  constructor(name: string, args: RunnerArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super('dhakacart:platform:Runner', name, {}, { ...opts, provider: args.stack.provider })
    const { stack, network, keys, cluster } = args
    const { settings } = stack
    const projectName = `${stack.prefix}-runner`
    const logs = new aws.cloudwatch.LogGroup(
      'runner',
      {
        name: `/aws/codebuild/${projectName}`,
        retentionInDays: settings.clusterLogRetentionDays,
        kmsKeyId: keys.logs.arn,
        tags: stack.tags('runner', 'internal'),
      },
      { parent: this },
    )
    const out = makeHttpsClient({
      stack,
      parent: this,
      vpcId: network.vpcId,
      name: 'runner',
      description: 'The GitHub runner: HTTPS out, nothing in',
      httpsTo: 'GitHub, registries and AWS',
    })
    const { role, policy } = makeRunnerRole({
      stack,
      parent: this,
      projectName,
      logGroupName: `/aws/codebuild/${projectName}`,
      subnetIds: network.privateSubnetIds,
    })
    const project = new aws.codebuild.Project(
      'runner',
      {
        name: projectName,
        description: `${stack.prefix}: runs the workflow ${settings.githubDeployWorkflow} of ${settings.githubRepository}`,
        serviceRole: role.arn,
        source: {
          type: 'GITHUB',
          location: `https://github.com/${settings.githubRepository}.git`,
          gitCloneDepth: 1,
          reportBuildStatus: false,
          auth: { type: 'CODECONNECTIONS', resource: settings.githubConnectionArn },
        },
        environment: {
          type: 'ARM_CONTAINER',
          computeType: 'BUILD_GENERAL1_SMALL',
          image: 'aws/codebuild/amazonlinux-aarch64-standard:3.0',
          imagePullCredentialsType: 'CODEBUILD',
          privilegedMode: false,
        },
        vpcConfig: {
          vpcId: network.vpcId,
          subnets: network.privateSubnetIds,
          securityGroupIds: [out.group.id, cluster.clientSecurityGroupId],
        },
        artifacts: { type: 'NO_ARTIFACTS' },
        cache: { type: 'NO_CACHE' },
        logsConfig: {
          cloudwatchLogs: { status: 'ENABLED', groupName: logs.name },
          s3Logs: { status: 'DISABLED' },
        },
        // The longest `up` is a new cluster (about 40 minutes); a job that waits longer than that for its turn has been forgotten.
        buildTimeout: 120,
        queuedTimeout: 60,
        // A deployment and a preview; Pulumi's lock lets no two deployments of a stack run.
        concurrentBuildLimit: 2,
        badgeEnabled: false,
        tags: stack.tags('runner'),
      },
      { parent: this, dependsOn: [policy, out.rule] },
    )
    new aws.codebuild.Webhook(
      'runner',
      { projectName: project.name, buildType: 'BUILD', filterGroups: [{ filters: jobFilters(stack) }] },
      { parent: this },
    )
    this.projectName = project.name
    this.registerOutputs({ projectName: this.projectName })
  }
}

/**
 * All of them must match. Patterns are regular expressions that match anywhere, hence the anchors.
 * @throws Error without a single account: the filter would be left out, and everybody's jobs taken.
 */
function jobFilters({ settings }: Stack) {
  const { githubActorIds, githubDeployWorkflow } = settings
  if (githubActorIds.length === 0) {
    throw new Error('dhakacart:githubActorIds is empty: name the GitHub accounts whose jobs the runner may take')
  }
  return [
    { type: 'EVENT', pattern: 'WORKFLOW_JOB_QUEUED' },
    { type: 'WORKFLOW_NAME', pattern: `^${githubDeployWorkflow}$` },
    { type: 'ACTOR_ACCOUNT_ID', pattern: `^(${githubActorIds.join('|')})$` },
  ]
}
