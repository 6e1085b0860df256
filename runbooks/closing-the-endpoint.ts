import { parseArgs } from 'node:util'
import { askAws, typed } from '../platform/aws/cli.ts'
import { setSetting } from '../platform/settings/edit.ts'
import { readStackSettings } from '../platform/settings/read-stack.ts'
import type { Settings } from '../platform/settings/schema.ts'
import { repository } from '../platform/settings/stack-file.ts'
import { type CommandContext, runCommand } from '../platform/terminal/run-command.ts'
import { CommandError, confirm, say } from '../platform/terminal/terminal.ts'

const usage = `Usage: npm run runbook -- runbooks/closing-the-endpoint.ts --stack STACK [--close] [--yes] [--offline]

Says whether the Kubernetes API can be reached over the internet: by the settings, and by what AWS says of the cluster. Without --close
it only looks.

  --stack STACK  the stack
  --close        empties clusterPublicAccessCidrs in Pulumi.STACK.yaml; pulumi up then closes the endpoint
  --yes          does not ask
  --offline      asks AWS nothing
  --help         this

Exit codes: 0 closed, 1 open or to be closed by pulumi up, 130 interrupted.`

/** Whether the endpoint is open, and how to close it. */
export async function closingTheEndpoint({ argv, terminal, root, env }: CommandContext): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      stack: { type: 'string', short: 's' },
      close: { type: 'boolean' },
      yes: { type: 'boolean', short: 'y' },
      offline: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) {
    say(terminal, usage)
    return 0
  }
  const { stack } = values
  if (!stack) throw new CommandError('Which stack? Pass --stack, for example: --stack staging')
  const settings = await readStackSettings(root, stack)
  const { clusterPublicAccessCidrs: open } = settings
  say(terminal, open.length > 0 ? `Settings: open to ${open.join(', ')}.` : 'Settings: closed.')
  const inAws = values.offline ? [] : await openInAws(env, stack, settings)
  if (!values.offline) say(terminal, inAws.length > 0 ? `AWS: open to ${inAws.join(', ')}.` : 'AWS: closed.')
  if (open.length === 0 && inAws.length === 0) return 0
  if (open.length === 0) {
    say(
      terminal,
      `Somebody opened it by hand, or pulumi up has not run yet: pulumi refresh -s ${stack}, then pulumi up -s ${stack}.`,
    )
    return 1
  }
  if (!values.close) {
    say(terminal, `To close it: --close, then pulumi up -s ${stack}.`)
    return 1
  }
  refuseToLockOut(settings)
  if (!values.yes && !(await confirm(terminal, `Empty clusterPublicAccessCidrs in Pulumi.${stack}.yaml?`))) {
    say(terminal, 'Nothing was done.')
    return 1
  }
  await setSetting(root, stack, 'clusterPublicAccessCidrs', [])
  say(
    terminal,
    `Pulumi.${stack}.yaml: clusterPublicAccessCidrs is empty. Next: pulumi up -s ${stack}, then this again.`,
  )
  return 1
}

/** Addresses that AWS lets in; none when the public endpoint is off, or while there is no cluster. */
async function openInAws(env: NodeJS.ProcessEnv, stack: string, { region }: Settings): Promise<string[]> {
  const command = ['eks', 'describe-cluster', '--region', region, '--name', `dhakacart-${stack}`]
  const answer = (await askAws(env, command)) as { cluster?: { resourcesVpcConfig?: Record<string, unknown> } }
  const network = answer.cluster?.resourcesVpcConfig
  if (!network) throw new CommandError(`${typed(command)} told no resourcesVpcConfig.`)
  return network.endpointPublicAccess === true ? (network.publicAccessCidrs as string[]) : []
}

function refuseToLockOut({ door, githubRepository }: Settings): void {
  if (door || githubRepository !== '') return
  throw new CommandError(
    'With the endpoint closed nobody could reach the cluster: neither dhakacart:door nor dhakacart:githubRepository is set. Set one, run pulumi up, then close.',
  )
}

if (import.meta.main) await runCommand(repository, closingTheEndpoint)
