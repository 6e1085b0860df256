import type { Writable } from 'node:stream'
import { parseArgs } from 'node:util'
import { type Database, DatabaseUnavailableError } from '../database/database.ts'
import { ShopError } from '../errors.ts'
import { createAccount } from './create-account.ts'
import { readPassword, type Terminal } from './read-password.ts'
import type { Role } from './role.ts'

const usage = `Usage: npm run account -- <command> NAME

  create-admin NAME   Makes an account that may do everything, and make others staff.
  create-staff NAME   Makes an account for somebody who works in the shop.

NAME is 3 to 20 letters, digits or underscores. The password is asked for, or read from stdin when that is not a terminal.
What was done is written to the audit trail, by the role "operator".
`

const roles: Record<string, Role> = { 'create-admin': 'admin', 'create-staff': 'staff' }

const exitCodes = { done: 0, failed: 1, usage: 2 } as const

export interface AccountCommand extends Terminal {
  /** Lends a database for as long as the account is being made: `--help` needs none. */
  withDatabase(use: (database: Database) => Promise<void>): Promise<void>
  /** Without node and the script. */
  argv: string[]
  stderr?: Writable
}

/** `npm run account`: makes the accounts that nobody can make over the network. The exit code: 0 done, 1 refused, 2 not understood. */
export async function runAccountCommand(command: AccountCommand): Promise<number> {
  const { withDatabase, argv, stdout, stderr = process.stderr } = command
  const request = understand(argv)
  if (request.help) {
    stdout.write(usage)
    return exitCodes.done
  }
  if (request.problem !== undefined) {
    stderr.write(`${request.problem}\n\n${usage}`)
    return exitCodes.usage
  }
  const { username, role } = request
  const password = await readPassword(command)
  if (password === undefined) {
    stderr.write('No account was made: the two passwords differ, or none was given.\n')
    return exitCodes.failed
  }
  try {
    await withDatabase(async (database) => {
      const id = await createAccount(database, { username, password, role })
      stdout.write(`Made the account ${username} (${role}, ${id}).\n`)
    })
    return exitCodes.done
  } catch (error) {
    stderr.write(`No account was made. ${explain(error, username)}\n`)
    return exitCodes.failed
  }
}

type Request =
  | { help: true; problem?: undefined }
  | { help: false; problem: string }
  | { help: false; problem?: undefined; username: string; role: Role }

function understand(argv: string[]): Request {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      options: { help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    })
    if (values.help) return { help: true }
    const [name, username, ...rest] = positionals
    if (name === undefined) return { help: false, problem: 'Which command?' }
    const role = Object.hasOwn(roles, name) ? roles[name] : undefined
    if (!role) return { help: false, problem: `There is no command "${name}".` }
    if (username === undefined) return { help: false, problem: `${name} needs the NAME of the account.` }
    if (rest.length > 0) return { help: false, problem: `${name} takes one NAME, and got "${rest.join(' ')}" too.` }
    return { help: false, username, role }
  } catch (error) {
    if (error instanceof TypeError) return { help: false, problem: error.message }
    throw error
  }
}

/** What went wrong, for a person; an error that nobody foresaw goes on, with its stack. */
function explain(error: unknown, username: string): string {
  if (error instanceof ShopError && error.code === 'username_taken') return `The username ${username} is taken.`
  if (error instanceof ShopError || error instanceof DatabaseUnavailableError) return error.message
  throw error
}
