import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { askHidden, CommandError, type Terminal } from '../terminal/terminal.ts'
import { firstKeyRing, readKeyRing } from './key-ring.ts'
import type { Options } from './options.ts'
import type { SecretRow } from './table.ts'

/** Whether a value can be had without a person at a terminal. */
export function comesByItself(row: SecretRow, given: Options['given']): boolean {
  return row.first !== 'asked' || given.has(row.name)
}

/**
 * A new value for a secret: handed in, made, or asked for.
 * @returns undefined when a person left an optional one out
 * @throws {CommandError} never with a part of the value
 */
export async function newValue(
  terminal: Terminal,
  row: SecretRow,
  given: Options['given'],
  now: Date,
): Promise<string | undefined> {
  const source = given.get(row.name)
  if (source) return checked(row, await handedIn(terminal, row, source))
  if (row.first === 'key ring') return firstKeyRing(now)
  if (row.first === 'random') return randomBytes(32).toString('base64url')
  const typed = await askHidden(terminal, `${row.name}${row.optional ? ', nothing to leave it out' : ''}`)
  if (typed === '' && row.optional) return undefined
  return checked(row, typed)
}

async function handedIn(terminal: Terminal, row: SecretRow, source: { path: string } | 'stdin'): Promise<string> {
  if (source === 'stdin') {
    if (terminal.stdin.isTTY)
      throw new CommandError('--stdin wants the value through a pipe; without it, it is asked for unseen.')
    return text(terminal.stdin)
  }
  return readFile(source.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`The file for ${row.name}, ${source.path}, cannot be read (${error.code}).`)
  })
}

function checked(row: SecretRow, raw: string): string {
  const value = raw.replace(/\r?\n$/, '')
  const wrong = row.wrong?.(value)
  if (wrong) throw new CommandError(`The value for ${row.name} ${wrong}.`)
  if (row.wrong) return value
  if (row.first === 'key ring') readKeyRing(value)
  // As the shop demands of what it signs webhooks with.
  else if (value.length < 32) {
    throw new CommandError(`The value for ${row.name} is ${value.length} characters long; it must have at least 32.`)
  }
  return value
}
