import { parseArgs } from 'node:util'
import { type AwsCommand, askAws, typed } from '../platform/aws/cli.ts'
import { readStackSettings } from '../platform/settings/read-stack.ts'
import type { Settings } from '../platform/settings/schema.ts'
import { repository } from '../platform/settings/stack-file.ts'
import { type CommandContext, runCommand } from '../platform/terminal/run-command.ts'
import { CommandError, say } from '../platform/terminal/terminal.ts'

const usage = `Usage: npm run runbook -- runbooks/cluster-unreachable.ts --stack STACK [--dry-run]

Walks from you to the Kubernetes API, one step at a time, and says which step is broken and what mends it. It only looks.

  --stack STACK  the stack
  --dry-run      prints what it would ask AWS, and asks nothing
  --help         this

Exit codes: 0 every step is well, 1 a step is broken.`

/** One step of the way: what is asked, what a good answer is, and what to do about any other. */
interface Step {
  name: string
  command: AwsCommand
  /** What is wrong with an answer; undefined when it is well. */
  wrong(answer: unknown): string | undefined
}

/** Which step of the way to the cluster is broken. */
export async function clusterUnreachable({ argv, terminal, root, env }: CommandContext): Promise<number> {
  const options = {
    stack: { type: 'string', short: 's' },
    'dry-run': { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const
  const { values } = parseArgs({ args: argv, options })
  if (values.help) {
    say(terminal, usage)
    return 0
  }
  if (!values.stack) throw new CommandError('Which stack? Pass --stack, for example: --stack staging')
  const settings = await readStackSettings(root, values.stack)
  for (const { name, command, wrong } of stepsOf(values.stack, settings)) {
    if (values['dry-run']) {
      say(terminal, `${name}: ${typed(command)}`)
      continue
    }
    const trouble = wrong(await askAws(env, command))
    say(terminal, `${name}: ${trouble ?? 'well'}`)
    if (trouble) return 1
  }
  if (!values['dry-run']) say(terminal, 'The way is well as far as AWS knows. Next: the page, from step 3 on.')
  return 0
}

function stepsOf(stack: string, { region, accountId, door }: Settings): Step[] {
  const prefix = `dhakacart-${stack}`
  const here = ['--region', region]
  const steps: Step[] = [
    {
      name: 'your credentials',
      command: ['sts', 'get-caller-identity', ...here],
      wrong: (answer) => {
        const { Account: account, Arn: arn } = answer as { Account?: string; Arn?: string }
        return account === accountId
          ? undefined
          : `${arn} is of account ${account}, and the stack's is ${accountId}: take its profile (AWS_PROFILE)`
      },
    },
    {
      name: 'the cluster',
      command: ['eks', 'describe-cluster', ...here, '--name', prefix],
      wrong: (answer) => clusterTrouble((answer as { cluster?: ClusterAnswer }).cluster),
    },
  ]
  if (!door) return steps
  const filters = ['--filters', `Name=tag:dhakacart:door,Values=${prefix}`, 'Name=instance-state-name,Values=running']
  const online = ['--filters', `Key=tag:dhakacart:door,Values=${prefix}`]
  return [
    ...steps,
    {
      name: "the door's host",
      command: ['ec2', 'describe-instances', ...here, ...filters],
      wrong: (answer) =>
        (answer as { Reservations: unknown[] }).Reservations.length > 0
          ? undefined
          : 'none is running: its Auto Scaling group makes another within five minutes; if not, look at the activity of the group in pulumi stack output doorGroupName',
    },
    {
      name: "the door's line to Session Manager",
      command: ['ssm', 'describe-instance-information', ...here, ...online],
      wrong: (answer) => {
        const hosts = (answer as { InstanceInformationList: { PingStatus: string }[] }).InstanceInformationList
        if (hosts.some(({ PingStatus }) => PingStatus === 'Online')) return undefined
        return 'no host answers: terminate it, and the group makes another; if that one is silent too, its way out is broken (NAT gateway, route, group door)'
      },
    },
    {
      name: "the door's document",
      command: ['ssm', 'describe-document', ...here, '--name', `${prefix}-to-cluster`],
      wrong: (answer) => {
        const { Status: status } = (answer as { Document: { Status: string } }).Document
        return status === 'Active' ? undefined : `it is ${status}: pulumi up -s ${stack}`
      },
    },
  ]
}

interface ClusterAnswer {
  status?: string
  health?: { issues?: { code?: string; message?: string }[] }
}

function clusterTrouble(cluster: ClusterAnswer | undefined): string | undefined {
  const issues = cluster?.health?.issues ?? []
  if (issues.length > 0)
    return `${issues.map(({ code, message }) => `${code}: ${message}`).join('; ')}; that is what to mend first`
  if (cluster?.status === 'ACTIVE' || cluster?.status === 'UPDATING') return undefined
  return `it is ${cluster?.status ?? 'not there'}: look at its updates (aws eks list-updates), and open a case with AWS when it is FAILED`
}

if (import.meta.main) await runCommand(repository, clusterUnreachable)
