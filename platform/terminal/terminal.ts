import { createInterface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'

/** Where a command reads and writes: the process's own streams, or a test's. */
export interface Terminal {
  stdin: Readable & { isTTY?: boolean; setRawMode?: (mode: boolean) => unknown }
  stdout: Writable & { isTTY?: boolean; columns?: number }
  stderr: Writable
}

/** What ends a command with one sentence and no stack trace. */
export class CommandError extends Error {
  readonly exitCode: number

  constructor(message: string, exitCode = 1) {
    super(message)
    this.name = 'CommandError'
    this.exitCode = exitCode
  }
}

/** Ctrl-C at a question. 130 is what a shell makes of SIGINT. */
export class Interrupted extends CommandError {
  constructor(message = 'Interrupted; nothing was done.') {
    super(message, 130)
    this.name = 'Interrupted'
  }
}

export function say(terminal: Terminal, text = ''): void {
  terminal.stdout.write(`${text}\n`)
}

/**
 * Asks for a yes; only `y` and `yes` are one.
 * @throws {CommandError} without a terminal, because nobody is there to say yes
 * @throws {Interrupted} on Ctrl-C
 */
export async function confirm(terminal: Terminal, question: string): Promise<boolean> {
  if (!terminal.stdin.isTTY) {
    throw new CommandError('Nobody can be asked here (stdin is no terminal), so nothing was done: pass --yes to go on.')
  }
  const answer = await prompt(terminal, `${question} [y/N] `)
  return /^y(es)?$/i.test(answer.trim())
}

/**
 * Reads one line without showing it.
 * @throws {CommandError} without a terminal
 * @throws {Interrupted} on Ctrl-C
 */
export async function askHidden(terminal: Terminal, question: string): Promise<string> {
  if (!terminal.stdin.isTTY) throw new CommandError(`"${question}" cannot be asked: stdin is no terminal.`)
  const { stdin, stdout } = terminal
  stdout.write(`${question}: `)
  stdin.setRawMode?.(true)
  try {
    return await readHidden(stdin)
  } finally {
    stdin.setRawMode?.(false)
    stdin.pause()
    stdout.write('\n')
  }
}

async function prompt({ stdin, stdout }: Terminal, question: string): Promise<string> {
  const lines = createInterface({ input: stdin, output: stdout, terminal: true })
  const gone = new Promise<never>((_, reject) => {
    lines.once('SIGINT', () => reject(new Interrupted()))
    lines.once('close', () => reject(new Interrupted()))
  })
  try {
    return await Promise.race([lines.question(question), gone])
  } finally {
    lines.close()
  }
}

const ctrlC = '\u0003'
const ctrlD = '\u0004'
const erase = ['\u007f', '\b']

/** In raw mode nothing is echoed, and the keys that a terminal would handle come through. */
function readHidden(stdin: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    let typed = ''
    const end = (finish: () => void) => {
      stdin.off('data', onData)
      stdin.off('end', onEnd)
      finish()
    }
    const onEnd = () => end(() => reject(new Interrupted()))
    const onData = (chunk: Buffer | string) => {
      for (const key of chunk.toString()) {
        if (key === '\r' || key === '\n') return end(() => resolve(typed))
        if (key === ctrlC || key === ctrlD) return end(() => reject(new Interrupted()))
        typed = erase.includes(key) ? typed.slice(0, -1) : typed + key
      }
    }
    stdin.on('data', onData).on('end', onEnd)
    stdin.resume()
  })
}
