import { PassThrough } from 'node:stream'
import { type CommandContext, tell } from '../../terminal/run-command.ts'
import type { Terminal } from '../../terminal/terminal.ts'

export interface Outcome {
  code: number
  stdout: string
  stderr: string
  /** Whether the command switched the echo of the terminal off at some time. */
  hidden: boolean
}

export interface CommandOptions {
  argv: string[]
  root: string
  env?: NodeJS.ProcessEnv
  /** What a person types, one text for each question; without it stdin is no terminal, and nobody is there. */
  typed?: string[]
  /** What is piped into stdin. */
  piped?: string
  interruption?: AbortSignal
}

/** Runs a command in this process, on streams of the test's. */
export async function runHere(
  command: (context: CommandContext) => Promise<number>,
  { argv, root, env = {}, typed, piped, interruption = new AbortController().signal }: CommandOptions,
): Promise<Outcome> {
  const stdin = new PassThrough()
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const outcome: Outcome = { code: -1, stdout: '', stderr: '', hidden: false }
  const waiting = [...(typed ?? [])]
  stdout.on('data', (chunk: Buffer) => {
    outcome.stdout += chunk
    // A question ends without a new line: then the person types.
    if (typed && /(\[y\/N\]|:) $/.test(String(chunk))) stdin.write(waiting.shift() ?? '\u0003')
  })
  stderr.on('data', (chunk: Buffer) => {
    outcome.stderr += chunk
  })
  const setRawMode = (on: boolean) => {
    outcome.hidden ||= on
  }
  const terminal: Terminal = { stdin: Object.assign(stdin, { isTTY: typed !== undefined, setRawMode }), stdout, stderr }
  if (!typed) stdin.end(piped ?? '')
  outcome.code = await tell(terminal, () => command({ argv, terminal, env, root, interruption }))
  return outcome
}
