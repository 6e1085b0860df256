import { parseArgs } from 'node:util'
import { CommandError } from '../terminal/terminal.ts'
import { secretTable } from './table.ts'

export const usage = `Usage: npm run secrets -- --stack STACK [--list] [--rotate NAME] [--yes]

Gives the secrets of a stack their first values. "pulumi up" declares them empty, so that no value is ever in Pulumi's state; this
makes the values, or asks for them, and hands them to AWS Secrets Manager. No value is shown, logged, an argument or in the
environment. What has a value is left alone. It can be run again at any time.

  --stack STACK      staging, prod, or another with a file Pulumi.STACK.yaml
  --list             only says which secrets there are, and how old their values are
  --rotate NAME      gives that one a new value; the keys of tokens in three steps, so that nobody is signed out
  --at-once          with --rotate jwt-keys, after a leak: one new key and no old one; everybody must sign in again
  --file NAME=PATH   takes the value of that one from a file
  --stdin NAME       takes the value of that one from stdin
  --yes              does not ask
  --help             this

Exit codes: 0 all is well, 1 something could not be done or a secret is not declared yet, 130 interrupted.`

export interface Options {
  stack: string
  list: boolean
  rotate?: string
  atOnce: boolean
  /** Where the value of a secret comes from, by name: a path, or stdin. */
  given: Map<string, { path: string } | 'stdin'>
  yes: boolean
}

/** @returns undefined when help was asked for */
export function readOptions(argv: string[]): Options | undefined {
  const { values } = parseArgs({
    args: argv,
    options: {
      stack: { type: 'string', short: 's' },
      list: { type: 'boolean', default: false },
      rotate: { type: 'string' },
      'at-once': { type: 'boolean', default: false },
      file: { type: 'string', multiple: true, default: [] },
      stdin: { type: 'string' },
      yes: { type: 'boolean', short: 'y', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return undefined
  if (!values.stack)
    throw new CommandError('Which stack? Pass --stack, for example: npm run secrets -- --stack staging')
  const given: Options['given'] = new Map()
  for (const file of values.file) {
    const [name = '', path = ''] = file.split(/=(.*)/s)
    if (!path) throw new CommandError('--file wants NAME=PATH, such as --file outbox-webhook=/dev/shm/value.')
    given.set(known(name), { path })
  }
  if (values.stdin) given.set(known(values.stdin), 'stdin')
  const { stack, list, yes, 'at-once': atOnce } = values
  const rotate = values.rotate && known(values.rotate)
  if (atOnce && rotate !== 'jwt-keys') throw new CommandError('--at-once goes with --rotate jwt-keys only.')
  return { stack, list, rotate, atOnce, given, yes }
}

function known(name: string): string {
  const names = secretTable.map((row) => row.name)
  // Not shown: who forgets the name may have typed the value in its place.
  if (!names.includes(name)) throw new CommandError(`There is no secret of that name; there are ${names.join(', ')}.`)
  return name
}
