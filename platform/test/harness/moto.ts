import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** The release that `.ci/run` installs, and that these tests were seen to pass with. */
export const motoVersion = '5.2.5'

const python = findPython()

/** Why a test that needs moto is skipped on this machine; false: it is not. */
export const motoMissing: string | false = python
  ? false
  : `moto is not installed: python3 -m venv ~/.cache/dhakacart/moto-${motoVersion} && ~/.cache/dhakacart/moto-${motoVersion}/bin/pip install 'moto[server]==${motoVersion}' (or name a Python that has it in MOTO_PYTHON)`

/** For a file of tests against moto, on a machine that does other things too: it is quick, but alone. */
export const motoTimeoutMs = 120_000

/** A pretended AWS account in a process of its own. */
export interface Moto {
  /** On loopback, on a port of its own. */
  url: string
  stop(): Promise<void>
}

/** What moto calls its account unless told otherwise. */
export const motoAccount = '123456789012'

/** Starts moto's server; it keeps everything in memory. */
export async function startMoto(): Promise<Moto> {
  if (!python) throw new Error(String(motoMissing))
  const child = spawn(python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PYTHONUNBUFFERED: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const end = () => child.kill()
  process.once('exit', end)
  const url = await listening(child)
  return {
    url,
    async stop() {
      process.off('exit', end)
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}

async function listening(child: ChildProcess): Promise<string> {
  if (!child.stderr) throw new Error('moto was started without stderr.')
  const said: string[] = []
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line)
    const url = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1]
    if (url) {
      // The log goes on; unread it would fill the pipe and stop the server.
      child.stderr.resume()
      return url
    }
  }
  throw new Error(`moto did not start:\n${said.join('\n')}`)
}

function findPython(): string | undefined {
  const inCache = join(homedir(), '.cache', 'dhakacart', `moto-${motoVersion}`, 'bin', 'python')
  const candidates = [process.env.MOTO_PYTHON, existsSync(inCache) ? inCache : undefined, 'python3']
  return candidates.find((candidate): candidate is string => candidate !== undefined && hasMoto(candidate))
}

function hasMoto(candidate: string): boolean {
  try {
    const find =
      'import importlib.util as u; import sys; sys.exit(0 if u.find_spec("moto") and u.find_spec("flask") else 1)'
    execFileSync(candidate, ['-c', find], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
