import { createInterface } from 'node:readline'
import { type Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'

export interface Terminal {
  stdin: Readable & { isTTY?: boolean }
  stdout: Writable
}

/**
 * A password from whoever runs a command: asked for twice, without echo, on a terminal; otherwise all of stdin, without the line
 * break at its end. Undefined when the two differ, or the person gave up (Ctrl-C, Ctrl-D).
 */
export async function readPassword({ stdin, stdout }: Terminal): Promise<string | undefined> {
  if (!stdin.isTTY) return (await text(stdin)).replace(/\r?\n$/, '')
  // readline echoes what is typed to its output, and needs a terminal there to take backspace as one.
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: stdin, output: unseen, terminal: true })
  const answers = lines[Symbol.asyncIterator]()
  const ask = async (question: string): Promise<string | undefined> => {
    stdout.write(question)
    const { value, done } = await answers.next()
    stdout.write('\n')
    return done ? undefined : value
  }
  try {
    const first = await ask('Password: ')
    if (first === undefined) return undefined
    return (await ask('Password again: ')) === first ? first : undefined
  } finally {
    lines.close()
  }
}
