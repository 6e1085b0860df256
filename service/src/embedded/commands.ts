import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { RunAs } from './run-as.ts'

const exec = promisify(execFile)

/** The locale of every cluster: UTF-8 letters by libc, because trigrams of Bangla are empty under C, builtin C.UTF-8 and ICU. */
export const clusterLocale = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'

/**
 * How PostgreSQL's programs are started: as the right user, from a directory that user can stand in, and without our
 * environment, whose secrets are no business of theirs.
 */
export function spawnOptions(runAs: RunAs | undefined): {
  cwd: string
  env: NodeJS.ProcessEnv
  uid?: number
  gid?: number
} {
  return { cwd: '/', env: { PATH: process.env.PATH, LC_ALL: clusterLocale, TZ: 'UTC' }, ...runAs }
}

/** Runs one of PostgreSQL's programs to its end and gives what it printed. Throws what it complained of. */
export async function runProgram(program: string, args: string[], runAs: RunAs | undefined): Promise<string> {
  try {
    const { stdout } = await exec(program, args, spawnOptions(runAs))
    return stdout
  } catch (error) {
    const complaint = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
    throw new Error(`${program} failed: ${complaint || String(error)}`, { cause: error })
  }
}
