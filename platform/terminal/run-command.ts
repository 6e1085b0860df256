import { AwsFailure } from '../aws/failure.ts'
import { CommandError, type Terminal } from './terminal.ts'

/** What a command is started with: everything of the process that it may use. */
export interface CommandContext {
  argv: string[]
  terminal: Terminal
  env: NodeJS.ProcessEnv
  /** The repository, where `Pulumi.yaml` is. */
  root: string
  /** Aborted by Ctrl-C: the command ends after the step that is under way. */
  interruption: AbortSignal
}

/** Runs a command of this process and sets its exit code. What a person can mend is one sentence; the rest keeps its stack trace. */
export async function runCommand(root: string, command: (context: CommandContext) => Promise<number>): Promise<void> {
  const interruption = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort(signal))
  const { stdin, stdout, stderr } = process
  const terminal = { stdin, stdout, stderr }
  const context = { argv: process.argv.slice(2), terminal, env: process.env, root, interruption: interruption.signal }
  process.exitCode = await tell(terminal, () => command(context))
}

/** The exit code of a command, its failure said on stderr. */
export async function tell(terminal: Terminal, command: () => Promise<number>): Promise<number> {
  try {
    return await command()
  } catch (error) {
    if (!isForPeople(error)) throw error
    terminal.stderr.write(`${error.message}\n`)
    return error instanceof CommandError ? error.exitCode : 1
  }
}

function isForPeople(error: unknown): error is Error {
  return (
    error instanceof Error &&
    (error instanceof CommandError || error instanceof AwsFailure || isUsage(error) || isSettings(error))
  )
}

// util.parseArgs
const isUsage = (error: Error) => String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')
const isSettings = (error: Error) => error.name === 'SettingsError' || error.name === 'StackFileError'
