import { checkCaller } from '../../platform/aws/caller.ts'
import { type Clients, closeClients, openClients } from '../../platform/aws/clients.ts'
import { readStackSettings } from '../../platform/settings/read-stack.ts'
import type { Settings } from '../../platform/settings/schema.ts'
import type { CommandContext } from '../../platform/terminal/run-command.ts'
import { CommandError, Interrupted } from '../../platform/terminal/terminal.ts'

/** What every step of a runbook about the database stands on. */
export interface Ground {
  context: CommandContext
  stack: string
  settings: Settings
  clients: Clients
  now: Date
}

/** Waits between two looks; a test hands in one that takes no time. */
export type Pause = (milliseconds: number) => Promise<unknown>

/** Opens AWS in the stack's own account, does the work, and closes it again. */
export async function withGround(
  context: CommandContext,
  stack: string | undefined,
  now: Date,
  work: (ground: Ground) => Promise<number>,
): Promise<number> {
  if (!stack) throw new CommandError('Which stack? Pass --stack, for example: --stack staging')
  const settings = await readStackSettings(context.root, stack)
  const clients = openClients(settings.region)
  try {
    await checkCaller(clients, stack, settings.accountId)
    return await work({ context, stack, settings, clients, now })
  } finally {
    closeClients(clients)
  }
}

/** Ends the command after Ctrl-C: between two questions to AWS, and always before a file is written. */
export function goOn({ context }: Ground): void {
  if (context.interruption.aborted) throw new Interrupted()
}

/** A time as AWS and settings have it: `2027-03-15T14:00:00Z`. */
export const utc = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`

/** The same time as people in Dhaka read it. Asia/Dhaka is UTC+6 all year. */
export const inDhaka = (time: Date): string =>
  `${new Date(time.getTime() + 6 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')} in Dhaka`
