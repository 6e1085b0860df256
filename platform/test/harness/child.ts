import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

export interface Child {
  process: ChildProcess
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>
}

/**
 * Starts a module of the platform as a process of its own, with nothing of this machine's environment but what is given.
 * @param module relative to `platform/`
 */
export function startModule(module: string, argv: string[], env: NodeJS.ProcessEnv): Child {
  const path = fileURLToPath(new URL(`../../${module}`, import.meta.url))
  const child = spawn(process.execPath, [path, ...argv], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]).then(
    ([stdout, stderr, [code]]) => ({ code: code as number | null, stdout, stderr }),
  )
  return { process: child, ended }
}
