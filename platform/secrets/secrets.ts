import { checkCaller } from '../aws/caller.ts'
import { type Clients, closeClients, openClients } from '../aws/clients.ts'
import { readStackSettings } from '../settings/read-stack.ts'
import type { CommandContext } from '../terminal/run-command.ts'
import { table } from '../terminal/table.ts'
import { CommandError, confirm, Interrupted, say } from '../terminal/terminal.ts'
import { firstKeyRing, rotateKeyRing } from './key-ring.ts'
import { type Options, readOptions, usage } from './options.ts'
import { lookAtSecret, readSecret, type SecretState, writeSecret } from './store.ts'
import { type SecretRow, secretId, secretTable } from './table.ts'
import { comesByItself, newValue } from './value.ts'

interface Found {
  row: SecretRow
  id: string
  state: SecretState
}

interface Work extends CommandContext {
  options: Options
  clients: Clients
  now: Date
}

/**
 * Runs the command to its exit code.
 * @param now the time, for the ages of values
 * @throws {CommandError} {AwsFailure} {SettingsError}: each a sentence for the person who started it
 */
export async function secrets(context: CommandContext, now: Date = new Date()): Promise<number> {
  const options = readOptions(context.argv)
  if (!options) {
    say(context.terminal, usage)
    return 0
  }
  const { region, accountId } = await readStackSettings(context.root, options.stack)
  const clients = openClients(region)
  try {
    await checkCaller(clients, options.stack, accountId)
    return await run({ ...context, options, clients, now })
  } finally {
    closeClients(clients)
  }
}

async function run(work: Work): Promise<number> {
  const { options, terminal, clients, now } = work
  const found: Found[] = []
  for (const row of secretTable) {
    const id = secretId(options.stack, row)
    found.push({ row, id, state: await lookAtSecret(clients, id) })
  }
  for (const line of table(found.map(({ row, state }) => [row.name, shown(state, now), row.description])))
    say(terminal, line)
  say(terminal)
  if (options.list) return 0
  return options.rotate ? rotate(work, found) : fill(work, found)
}

/** Gives every empty secret its first value. */
async function fill(work: Work, found: Found[]): Promise<number> {
  const { options, terminal } = work
  const empty = found.filter(
    ({ row, state }) => state.state === 'empty' && (row.first !== 'handed in' || options.given.has(row.name)),
  )
  const skipped = empty.filter(({ row }) => !comesByItself(row, options.given) && row.optional && !terminal.stdin.isTTY)
  const todo = empty.filter((one) => !skipped.includes(one))
  for (const { row } of skipped) say(terminal, `${row.name} is left out: nobody can be asked here (--file or --stdin).`)
  refuseOverwriting(options, found)
  if (todo.length === 0) say(terminal, 'Nothing to do.')
  else if (await agreed(work, `Give ${todo.map(({ row }) => row.name).join(', ')} a first value?`)) {
    await writeFirst(work, todo)
  } else return 1
  return sayWhatIsMissing(work, found)
}

// All values before the first is written: what is wrong with one, or Ctrl-C at its question, leaves everything as it was.
async function writeFirst({ terminal, options, clients, now, interruption }: Work, todo: Found[]): Promise<void> {
  const values: { name: string; id: string; value: string }[] = []
  for (const { row, id } of todo) {
    const value = await newValue(terminal, row, options.given, now)
    if (value !== undefined) values.push({ name: row.name, id, value })
  }
  for (const { name, id, value } of values) {
    if (interruption.aborted) throw new Interrupted(`Interrupted before ${name} was written; what was written stays.`)
    await writeSecret(clients, id, value)
    say(terminal, `${name}: written.`)
  }
}

/** Gives one secret a new value, in the place of the one it has. */
async function rotate(work: Work, found: Found[]): Promise<number> {
  const { terminal, clients, options, now } = work
  const one = found.find(({ row }) => row.name === options.rotate)
  if (one?.state.state !== 'has a value') {
    throw new CommandError(`${options.rotate} has no value to rotate (${one?.state.state}): run it without --rotate.`)
  }
  const { row, id, state } = one
  const inSteps = row.first === 'key ring' && !options.atOnce && !options.given.has(row.name)
  const step = inSteps ? rotateKeyRing(await readSecret(clients, id), state.changed, now) : undefined
  const warning = options.atOnce ? ' Everybody is signed out, and carts of people without an account are gone.' : ''
  if (!(await agreed(work, `Give ${row.name} a new value?${warning}`))) return 1
  const make = async () => (options.atOnce ? firstKeyRing(now) : newValue(terminal, row, options.given, now))
  const value = step ? step.value : await make()
  if (value === undefined) return 1
  await writeSecret(clients, id, value, state.version)
  say(terminal, step ? `${row.name}: ${step.done}. Run it again ${step.next}.` : `${row.name}: written.`)
  say(terminal, 'The pods have it within an hour; the value before is kept as AWSPREVIOUS.')
  return 0
}

async function agreed({ options, terminal }: Work, question: string): Promise<boolean> {
  if (options.yes || (await confirm(terminal, question))) return true
  say(terminal, 'Nothing was written.')
  return false
}

function refuseOverwriting({ given }: Options, found: Found[]): void {
  const full = found.find(({ row, state }) => given.has(row.name) && state.state === 'has a value')
  if (full)
    throw new CommandError(`${full.row.name} has a value already: pass --rotate ${full.row.name} to replace it.`)
}

// Never made here: a secret that the program does not know would stay behind, and its declaration would fail on the name.
function sayWhatIsMissing({ terminal, options }: Work, found: Found[]): number {
  const names = (state: SecretState['state']) =>
    found.flatMap(({ row, state: of }) => (of.state === state ? row.name : [])).join(', ')
  const [undeclared, deleted] = [names('not declared'), names('being deleted')]
  if (undeclared)
    terminal.stderr.write(
      `Not declared yet: ${undeclared}. Run "pulumi up -s ${options.stack}" first, then this again.\n`,
    )
  if (deleted) {
    terminal.stderr.write(
      `Being deleted: ${deleted}. "aws secretsmanager restore-secret --secret-id NAME" brings one back.\n`,
    )
  }
  return undeclared || deleted ? 1 : 0
}

function shown(state: SecretState, now: Date): string {
  if (state.state !== 'has a value') return state.state
  const days = Math.floor((now.getTime() - state.changed.getTime()) / 86_400_000)
  return `has a value, ${days < 1 ? 'of today' : `${days} ${days === 1 ? 'day' : 'days'} old`}`
}
