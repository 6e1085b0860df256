import { readFile, realpath, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { markOf, type ProcessMark, programOf, workingDirectoryOf } from './processes.ts'

/** What PostgreSQL's `postmaster.pid` says of a server that lives (its lines: src/include/utils/pidfile.h). */
export interface LockFile {
  server: ProcessMark
  /** Undefined until the server listens. */
  port: number | undefined
  /** Whether it takes connections: neither starting, nor recovering, nor stopping. */
  ready: boolean
}

// Above every pid a system gives out, and still a number that PostgreSQL reads.
const nobodysPid = 2 ** 31 - 1

/** The live server of a data directory, or undefined when none is there: no lock file, or that of a dead server. */
export async function readLockFile(data: string): Promise<LockFile | undefined> {
  const lines = await lockLines(data)
  const pid = Number(lines[0])
  const server = pid > 0 ? await markOf(pid) : undefined
  if (!server || !(await mayServe(pid, data))) return undefined
  return { server, port: Number(lines[3]) || undefined, ready: lines[7]?.trim() === 'ready' }
}

/**
 * Makes a lock file harmless whose pid was given to another program since: PostgreSQL would take that program for a server and
 * refuse to start. Only the pid is replaced, because PostgreSQL still needs the file to look for survivors in the shared memory it names.
 */
export async function disarmLockFile(data: string): Promise<void> {
  const lines = await lockLines(data)
  const pid = Number(lines[0])
  if (!(pid > 0) || !(await markOf(pid)) || (await mayServe(pid, data))) return
  await writeFile(join(data, 'postmaster.pid'), [String(nobodysPid), ...lines.slice(1)].join('\n'))
}

async function lockLines(data: string): Promise<string[]> {
  return (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
}

/** False when the process certainly is no server of this data directory. A server works in its data directory. */
async function mayServe(pid: number, data: string): Promise<boolean> {
  if ((await programOf(pid)) !== 'postgres') return false
  const directory = await workingDirectoryOf(pid)
  return directory === undefined || directory === (await realpath(data))
}
