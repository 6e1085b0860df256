import type { Stack } from '../stack.ts'

/** The workloads that touch AWS, each with a role of its own (workloads.ts). */
export const workloadNames = ['shop', 'migration', 'loki', 'grafana'] as const

export type WorkloadName = (typeof workloadNames)[number]

/** The name of the role of a workload; fixed, because policies of secrets name it before it exists. */
export const workloadRoleName = (stack: Stack, name: WorkloadName) => `${stack.prefix}-pod-${name}`

/** The ARN of the role of a workload. */
export const workloadRoleArn = (stack: Stack, name: WorkloadName) =>
  `arn:aws:iam::${stack.settings.accountId}:role/${workloadRoleName(stack, name)}`

/** The permissions boundary of every role of the stack. */
export const boundaryName = ({ prefix }: Pick<Stack, 'prefix'>) => `${prefix}-boundary`

/** A role that GitHub takes: `deploy` or `preview`; `*` for both, and for the policies that are named after them. */
export const githubRoleName = ({ prefix }: Pick<Stack, 'prefix'>, name: string) => `${prefix}-github-${name}`

/** The ARN of the role that deploys; the deployer's trust names it. */
export const deployRoleArn = (stack: Stack) =>
  `arn:aws:iam::${stack.settings.accountId}:role/${githubRoleName(stack, 'deploy')}`
