import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { secrets } from '../platform/secrets/secrets.ts'
import { lookAtSecret } from '../platform/secrets/store.ts'
import { secretId, secretTable } from '../platform/secrets/table.ts'
import { repository } from '../platform/settings/stack-file.ts'
import { type CommandContext, runCommand } from '../platform/terminal/run-command.ts'
import { CommandError, confirm, say } from '../platform/terminal/terminal.ts'
import { type Ground, type Pause, withGround } from './database/ground.ts'
import { lookAtMaster, masterName, rotateMaster } from './rotate-a-secret/master.ts'

const usage = `Usage: npm run runbook -- runbooks/rotate-a-secret.ts --stack STACK [--rotate NAME] [--at-once] [--yes]

Says of each secret how old it is, when it is rotated and what its users notice. With --rotate it gives one a new value; the keys of
tokens go one step of three at a time, so that nobody is signed out. No value is ever shown.

  --stack STACK   the stack
  --rotate NAME   one of ${[...secretTable.map(({ name }) => name), masterName].join(', ')}
  --at-once       with --rotate jwt-keys, after a leak: one new key and no old one; everybody must sign in again
  --yes           does not ask
  --help          this

Exit codes: 0 all is well, 1 something is not or was not done, 130 interrupted.`

/** What somebody notices of a new value, by the secret's name. */
const noticed: Record<string, string> = {
  'jwt-keys': 'nobody, in three steps; everybody must sign in again, with --at-once',
  'payment-webhook': 'payments are confirmed late until the provider has the new value too',
  'outbox-webhook': 'deliveries are refused and tried again until the receiver has the new value too',
  'grafana-admin': 'whoever uses the password of the administrator; nobody should',
  'docker-hub-login': 'nobody, while the old token is valid; later pulls of images that are not in our registry yet',
  'github-login': 'nobody, while the old token is valid; later pulls of images that are not in our registry yet',
  [masterName]: 'nobody: the shop and the migrations log in by token',
}

/** How old the secrets of a stack are, and a new value for one of them. */
export async function rotateASecret(
  context: CommandContext,
  now: Date = new Date(),
  pause: Pause = sleep,
): Promise<number> {
  const { values } = parseArgs({
    args: context.argv,
    options: {
      stack: { type: 'string', short: 's' },
      rotate: { type: 'string' },
      'at-once': { type: 'boolean', default: false },
      yes: { type: 'boolean', short: 'y', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) {
    say(context.terminal, usage)
    return 0
  }
  const { rotate, yes, stack } = values
  if (rotate === undefined) return withGround(context, stack, now, lookAtAll)
  if (!(rotate in noticed)) {
    throw new CommandError(`There is no secret of that name; there are ${Object.keys(noticed).join(', ')}.`)
  }
  if (values['at-once'] && rotate !== 'jwt-keys') throw new CommandError('--at-once goes with --rotate jwt-keys only.')
  say(context.terminal, `Who notices: ${noticed[rotate]}.`)
  if (rotate === masterName) {
    return withGround(context, stack, now, (ground) => rotateTheMaster(ground, yes, pause))
  }
  if (secretTable.some(({ name, first }) => name === rotate && first === 'handed in')) {
    const command = `npm run secrets -- --stack ${stack} --rotate ${rotate} --stdin ${rotate}`
    throw new CommandError(`The value of ${rotate} is made elsewhere and handed in: ${command}`)
  }
  const more = [...(values['at-once'] ? ['--at-once'] : []), ...(yes ? ['--yes'] : [])]
  return secrets({ ...context, argv: [...(stack ? ['--stack', stack] : []), '--rotate', rotate, ...more] }, now)
}

async function lookAtAll(ground: Ground): Promise<number> {
  const { terminal } = ground.context
  let missing = false
  for (const row of secretTable) {
    const state = await lookAtSecret(ground.clients, secretId(ground.stack, row))
    const age = state.state === 'has a value' ? `${days(state.changed, ground.now)} old` : state.state
    missing ||= state.state !== 'has a value' && row.optional !== true && row.first !== 'handed in'
    tell(ground, row.name, age, row.rotated)
  }
  const master = await lookAtMaster(ground)
  tell(
    ground,
    masterName,
    `${days(master.changed, ground.now)} old, ${master.status}`,
    'every week by RDS, after the maintenance window',
  )
  if (missing) say(terminal, `Something has no value: npm run secrets -- --stack ${ground.stack} gives it one.`)
  return missing || master.status !== 'active' ? 1 : 0
}

function tell({ context: { terminal } }: Ground, name: string, age: string, rotated: string): void {
  say(terminal, `${name}: ${age}`)
  say(terminal, `  rotated ${rotated}`)
  say(terminal, `  noticed by ${noticed[name] ?? 'its reader'}`)
}

async function rotateTheMaster(ground: Ground, yes: boolean, pause: Pause): Promise<number> {
  const { terminal } = ground.context
  if (!yes && !(await confirm(terminal, 'Let RDS change the password of the database master now?'))) {
    say(terminal, 'Nothing was done.')
    return 1
  }
  return (await rotateMaster(ground, pause)) ? 0 : 1
}

function days(changed: Date | undefined, now: Date): string {
  if (!changed) return 'unknown days'
  const count = Math.max(0, Math.floor((now.getTime() - changed.getTime()) / 86_400_000))
  return `${count} ${count === 1 ? 'day' : 'days'}`
}

if (import.meta.main) await runCommand(repository, (context) => rotateASecret(context))
