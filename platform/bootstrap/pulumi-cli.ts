import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { CommandError } from '../terminal/terminal.ts'

/** The `pulumi` command, at one backend. */
export interface PulumiCli {
  /** Where the program is. */
  path: string
  /**
   * Runs it in the repository and returns what it wrote to stdout.
   * @throws {CommandError} with the command and what Pulumi said
   */
  run(args: string[]): Promise<string>
}

/** Finds the program that PULUMI_BIN or PATH names; undefined when there is none. */
export function findPulumi(env: NodeJS.ProcessEnv): string | undefined {
  const candidates = env.PULUMI_BIN
    ? [env.PULUMI_BIN]
    : (env.PATH ?? '').split(delimiter).map((directory) => join(directory, 'pulumi'))
  return candidates.find(isExecutable)
}

export interface OpenPulumiOptions {
  env: NodeJS.ProcessEnv
  /** The repository. */
  root: string
  /** The backend's URL; without one, where the person is logged in. */
  backend?: string
}

/** Opens the command; undefined when there is none on this machine. */
export function openPulumi({ env, root, backend }: OpenPulumiOptions): PulumiCli | undefined {
  const path = findPulumi(env)
  if (!path) return undefined
  // The language plugin lies beside the program.
  const PATH = [dirname(path), env.PATH].filter(Boolean).join(delimiter)
  const at = backend ? { PULUMI_BACKEND_URL: backend } : {}
  const environment = { ...env, ...at, PATH, PULUMI_SKIP_UPDATE_CHECK: 'true' }
  const run = (args: string[]) =>
    new Promise<string>((resolve, reject) => {
      const options = { cwd: root, env: environment, maxBuffer: 1 << 30 }
      execFile(path, [...args, '--non-interactive'], options, (error, stdout, stderr) => {
        if (!error) return resolve(stdout)
        const said = stderr.trim() || stdout.trim() || error.message
        reject(new CommandError(`pulumi ${args.join(' ')} failed: ${said}`))
      })
    })
  return { path, run }
}

/** Where `pulumi login` has left this person; undefined when nowhere. */
export async function currentBackend(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const home = env.PULUMI_HOME ?? join(env.HOME ?? homedir(), '.pulumi')
  try {
    const { current }: { current?: string } = JSON.parse(await readFile(join(home, 'credentials.json'), 'utf8'))
    return current || undefined
  } catch {
    return undefined
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
