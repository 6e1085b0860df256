import { execFile } from 'node:child_process'
import { readFile, readlink } from 'node:fs/promises'
import { promisify } from 'node:util'

const exec = promisify(execFile)

/** One process, told apart from a later one that was given the same number. */
export interface ProcessMark {
  pid: number
  /** When it started, in whatever form the system keeps it: only ever compared with itself. */
  started: string
}

/** The mark of a process, or undefined when no such process lives. A zombie is dead: nothing may be there to reap it in a container. */
export async function markOf(pid: number): Promise<ProcessMark | undefined> {
  const started = process.platform === 'linux' ? await linuxStart(pid) : await psField(pid, 'lstart')
  return started ? { pid, started } : undefined
}

/** Whether this very process still lives. */
export async function isAlive(mark: ProcessMark): Promise<boolean> {
  return (await markOf(mark.pid))?.started === mark.started
}

/** The program's short name, such as `postgres`; undefined when the process is gone. */
export async function programOf(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return (await psField(pid, 'comm'))?.split('/').at(-1)
  return (await readOrUndefined(`/proc/${pid}/comm`))?.trim()
}

/** The directory a process works in; undefined where the system does not tell (not Linux, or root without CAP_SYS_PTRACE). */
export async function workingDirectoryOf(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined
  return readlink(`/proc/${pid}/cwd`).catch(() => undefined)
}

async function linuxStart(pid: number): Promise<string | undefined> {
  const stat = await readOrUndefined(`/proc/${pid}/stat`)
  if (stat === undefined) return undefined
  // The second field is the program's name in parentheses and may itself hold spaces and parentheses (proc(5)).
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (state === 'Z' || state === 'X') return undefined
  const boot = await readOrUndefined('/proc/sys/kernel/random/boot_id')
  return `${boot?.trim()} ${rest[18]}`
}

async function psField(pid: number, field: string): Promise<string | undefined> {
  const state = await ps(pid, 'stat')
  return state === undefined || state.startsWith('Z') ? undefined : ps(pid, field)
}

async function ps(pid: number, field: string): Promise<string | undefined> {
  // ps answers 1 when there is no such process.
  const { stdout } = await exec('ps', ['-o', `${field}=`, '-p', String(pid)]).catch(() => ({ stdout: '' }))
  return stdout.trim() || undefined
}

async function readOrUndefined(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined)
}
