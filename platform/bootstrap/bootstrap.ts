import { checkCaller } from '../aws/caller.ts'
import { type Clients, closeClients, openClients } from '../aws/clients.ts'
import { readStackSettings } from '../settings/read-stack.ts'
import type { CommandContext } from '../terminal/run-command.ts'
import { CommandError, confirm, Interrupted, say } from '../terminal/terminal.ts'
import { type Options, readOptions, usage } from './options.ts'
import { type Found, planLines } from './plan-lines.ts'
import type { Place, Step } from './step.ts'
import { bootstrapSteps, type Choices } from './steps/index.ts'

/**
 * Runs the command to its exit code.
 * @throws {CommandError} {AwsFailure} {SettingsError}: each a sentence for the person who started it
 */
export async function bootstrap(context: CommandContext): Promise<number> {
  const options = readOptions(context.argv)
  if (!options) {
    say(context.terminal, usage)
    return 0
  }
  const settings = await readStackSettings(context.root, options.stack)
  const { accountId, region, owner, costCentre } = settings
  const clients = openClients(region)
  try {
    const place = { stack: options.stack, accountId, region, owner, costCentre, clients }
    return await runIn(place, settings, options, context)
  } finally {
    closeClients(clients)
  }
}

async function runIn(
  place: Place & { clients: Clients },
  choices: Choices,
  options: Options,
  context: CommandContext,
): Promise<number> {
  const { terminal, interruption } = context
  const caller = await checkCaller(place.clients, place.stack, place.accountId)
  say(terminal, `Stack ${place.stack}: account ${place.accountId}, ${place.region}, as ${caller}.\n`)
  const found = await lookAt(
    bootstrapSteps(place, { env: context.env, root: context.root, backend: options.backend, choices }),
  )
  for (const line of planLines(terminal, found)) say(terminal, line)
  const actions = found.flatMap(({ step, finding }) => finding.actions.map((action) => ({ step, action })))
  if (actions.length === 0) {
    say(terminal, 'Nothing to do.')
    return 0
  }
  const count = actions.length === 1 ? '1 thing' : `${actions.length} things`
  if (options.dryRun) {
    say(terminal, `${count} to do; nothing was done (--dry-run).`)
    return 0
  }
  stopIfInterrupted(interruption, 'nothing was done')
  if (!options.yes && !(await confirm(terminal, `Do ${count} in account ${place.accountId}?`))) {
    say(terminal, 'Nothing was done.')
    return 1
  }
  for (const [i, { step, action }] of actions.entries()) {
    stopIfInterrupted(interruption, `stopped before ${i + 1} of ${actions.length} (${action.say}); what was done stays`)
    await act(context, `${i + 1}/${actions.length} ${step.name}: ${action.say}`, action.do)
  }
  say(terminal, `\nDone. Next: npm run settings -- ${place.stack}, then pulumi preview -s ${place.stack}.`)
  return 0
}

/** One after the other: a step may need to know what an earlier one found. */
async function lookAt(steps: Step[]): Promise<Found[]> {
  const found: Found[] = []
  for (const step of steps) found.push({ step, finding: await step.look() })
  return found
}

async function act({ terminal }: CommandContext, what: string, run: () => Promise<void>): Promise<void> {
  terminal.stdout.write(`  ${what} ... `)
  try {
    await run()
  } catch (error) {
    say(terminal, 'failed')
    const sentence = error instanceof Error ? error.message : String(error)
    throw new CommandError(
      `${sentence}\nWhat was done before stays. When this is mended, run it again: it goes on from here.`,
    )
  }
  say(terminal, 'done')
}

function stopIfInterrupted(interruption: AbortSignal, where: string): void {
  if (interruption.aborted) throw new Interrupted(`Interrupted: ${where}. Run it again to go on.`)
}
