import { parseArgs } from 'node:util'
import { typed } from '../platform/aws/cli.ts'
import { setSetting } from '../platform/settings/edit.ts'
import { readStackSettings } from '../platform/settings/read-stack.ts'
import type { Settings } from '../platform/settings/schema.ts'
import { repository } from '../platform/settings/stack-file.ts'
import { type CommandContext, runCommand } from '../platform/terminal/run-command.ts'
import { CommandError, confirm, say } from '../platform/terminal/terminal.ts'

const usage = `Usage: npm run runbook -- runbooks/peoples-access.ts --stack STACK [--as ROLE] [--add ARN --to ROLE | --remove ARN] [--yes]

Says who may take which role of the stack. With --as it prints the commands by which a person comes in. With --add or --remove it
changes Pulumi.STACK.yaml; pulumi up then changes AWS.

  --stack STACK  the stack
  --as ROLE      viewer, operator or break-glass
  --add ARN      an IAM role or user that may take the role of --to
  --remove ARN   takes an IAM role or user out of every list of people
  --yes          does not ask
  --help         this

Exit codes: 0 done, 1 refused or wrong, 130 interrupted.`

/** The roles of people: the setting that names who may take each, and the end of its name in AWS (platform/access.ts). */
export const roles = {
  viewer: { setting: 'viewerPrincipals', suffix: 'eks-viewer' },
  operator: { setting: 'operatorPrincipals', suffix: 'eks-operator' },
  'break-glass': { setting: 'breakGlassPrincipals', suffix: 'break-glass' },
} as const

type RoleName = keyof typeof roles

/** Who comes in, how, and changes of both. */
export async function peoplesAccess(context: CommandContext): Promise<number> {
  const { values } = parseArgs({
    args: context.argv,
    options: {
      stack: { type: 'string', short: 's' },
      as: { type: 'string' },
      add: { type: 'string' },
      to: { type: 'string' },
      remove: { type: 'string' },
      yes: { type: 'boolean', short: 'y', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  })
  const { terminal, root } = context
  const { stack, as, add, to, remove, yes } = values
  if (values.help) {
    say(terminal, usage)
    return 0
  }
  if (!stack) throw new CommandError('Which stack? Pass --stack, for example: --stack staging')
  const settings = await readStackSettings(root, stack)
  if (as) return tellHow(context, stack, settings, roleName('--as', as))
  if (add) return change(context, stack, yes, additions(settings, add, roleName('--to', to)))
  if (remove) return change(context, stack, yes, removals(settings, remove))
  for (const [name, { setting, suffix }] of Object.entries(roles)) {
    say(
      terminal,
      `${name} (dhakacart-${stack}-${suffix}): ${settings[setting].join(', ') || 'nobody; the role is not there'}`,
    )
  }
  return 0
}

function roleName(option: string, name: string | undefined): RoleName {
  if (name !== undefined && name in roles) return name as RoleName
  throw new CommandError(`${option} is ${name ?? 'missing'}; it must be one of ${Object.keys(roles).join(', ')}.`)
}

function tellHow({ terminal }: CommandContext, stack: string, settings: Settings, name: RoleName): number {
  const { setting, suffix } = roles[name]
  if (settings[setting].length === 0) throw new CommandError(`Nobody may be ${name}: dhakacart:${setting} is empty.`)
  if (!settings.door) throw new CommandError('There is no door: dhakacart:door is false.')
  const { region, accountId } = settings
  const prefix = `dhakacart-${stack}`
  const profile = `${prefix}-${name}`
  const inRegion = ['--region', region, '--profile', profile]
  const filters = [`Name=tag:dhakacart:door,Values=${prefix}`, 'Name=instance-state-name,Values=running']
  const instance = [
    'ec2',
    'describe-instances',
    ...inRegion,
    '--filters',
    ...filters,
    '--query',
    'Reservations[0].Instances[0].InstanceId',
    '--output',
    'text',
  ]
  const host = [
    'eks',
    'describe-cluster',
    ...inRegion,
    '--name',
    prefix,
    '--query',
    'cluster.endpoint',
    '--output',
    'text',
  ]
  for (const text of [
    '# once, in ~/.aws/config; a user of IAM also needs mfa_serial, and role_session_name must be its own name',
    `[profile ${profile}]`,
    `role_arn = arn:aws:iam::${accountId}:role/${prefix}-${suffix}`,
    'source_profile = <your own profile>',
    'role_session_name = <your own name>',
    `region = ${region}`,
    '',
    '# once: a context for kubectl',
    typed(['eks', 'update-kubeconfig', ...inRegion, '--name', prefix, '--alias', profile]),
    `kubectl config set-cluster ${clusterArn(settings, prefix)} --server https://localhost:8443 --tls-server-name "$(${typed(host)} | sed 's#https://##')"`,
    '',
    '# each time, in a terminal of its own: through the door (the session-manager-plugin must be installed)',
    `aws ssm start-session ${inRegion.join(' ')} --document-name ${prefix}-to-cluster --parameters localPortNumber=8443 --target "$(${typed(instance)})"`,
    '',
    '# then',
    `kubectl --context ${profile} get pods -A`,
  ]) {
    say(terminal, text)
  }
  return 0
}

const clusterArn = ({ region, accountId }: Settings, name: string) =>
  `arn:aws:eks:${region}:${accountId}:cluster/${name}`

type Changes = Partial<Record<(typeof roles)[RoleName]['setting'], string[]>>

function additions(settings: Settings, arn: string, name: RoleName): Changes {
  const { setting } = roles[name]
  if (settings[setting].includes(arn)) throw new CommandError(`${arn} may be ${name} already.`)
  return { [setting]: [...settings[setting], arn] }
}

function removals(settings: Settings, arn: string): Changes {
  const lists = Object.values(roles).filter(({ setting }) => settings[setting].includes(arn))
  if (lists.length === 0) throw new CommandError(`${arn} is in no list of people.`)
  return Object.fromEntries(lists.map(({ setting }) => [setting, settings[setting].filter((other) => other !== arn)]))
}

async function change(
  { terminal, root }: CommandContext,
  stack: string,
  yes: boolean,
  changes: Changes,
): Promise<number> {
  const all = Object.entries(changes) as [keyof Changes, string[]][]
  for (const [setting, arns] of all) say(terminal, `dhakacart:${setting} becomes ${arns.join(', ') || 'empty'}`)
  if (!yes && !(await confirm(terminal, `Change Pulumi.${stack}.yaml?`))) {
    say(terminal, 'Nothing was done.')
    return 1
  }
  for (const [setting, arns] of all) await setSetting(root, stack, setting, arns)
  say(
    terminal,
    `Changed. Next: npm run proofs -- ${stack}, then pulumi up -s ${stack}. A session that is open ends within an hour.`,
  )
  return 0
}

if (import.meta.main) await runCommand(repository, peoplesAccess)
