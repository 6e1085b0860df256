import { execFile, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type EngineEvent, readEvents, saidOf } from './events.ts'
import type { Workspace } from './workspace.ts'

/** The engines with which the life of a stack was seen to pass. */
export const seenWith = ['3.260.0']

/** Finds a `pulumi`: the one that PULUMI_BIN names, or the one on PATH. Undefined where there is none. */
export async function findEngine(): Promise<{ bin: string; version: string } | undefined> {
  const bin = process.env.PULUMI_BIN ?? 'pulumi'
  try {
    const { stdout } = await promisify(execFile)(bin, ['version'], {
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: 'true' },
    })
    return { bin, version: stdout.trim().replace(/^v/, '') }
  } catch {
    if (process.env.PULUMI_BIN !== undefined) throw new Error(`PULUMI_BIN is '${bin}', which does not run as pulumi`)
    return undefined
  }
}

/** What one run of the command line came to. */
export interface Outcome {
  code: number
  stdout: string
  stderr: string
  events: EngineEvent[]
  /** Wall time. */
  tookMs: number
}

/** Settings of a `pulumi` command that the life needs. */
interface Options {
  /** Whether to log the engine's events; most commands do. */
  events?: boolean
  /** What one command has in its environment beside all that every command has. */
  environment?: Record<string, string>
}

/** The command line of an engine, run in a workspace on one stack. */
export class Engine {
  readonly #bin: string
  readonly #workspace: Workspace
  readonly #stubs: string
  readonly #stack: string
  readonly #signal: AbortSignal | undefined
  #runs = 0

  constructor(order: { bin: string; workspace: Workspace; stubs: string; stack: string; signal?: AbortSignal }) {
    this.#bin = order.bin
    this.#workspace = order.workspace
    this.#stubs = order.stubs
    this.#stack = order.stack
    this.#signal = order.signal
  }

  #environment(): NodeJS.ProcessEnv {
    const kept = Object.entries(process.env).filter(([key]) => !/^(PULUMI|AWS|KUBE)/.test(key))
    const language = [join(this.#workspace.root, '..', 'bin')]
    // The language host starts the first `node` on PATH. Other plugins beside the command are not for this test.
    const path = [dirname(process.execPath), ...language, process.env.PATH].join(delimiter)
    const stubs = this.#stubs === '' ? {} : { PULUMI_DEBUG_PROVIDERS: this.#stubs }
    return { ...Object.fromEntries(kept), ...this.#workspace.environment, ...stubs, PATH: path }
  }

  /** Runs a command and waits for its end, whatever that is. */
  async run(command: string, args: string[] = [], { events = true, environment = {} }: Options = {}): Promise<Outcome> {
    this.#runs += 1
    const log = join(this.#workspace.root, '..', `events-${this.#stack}-${this.#runs}.json`)
    const all = [...command.split(' '), ...args, '--stack', this.#stack, '--non-interactive']
    if (events) all.push('--event-log', log)
    const started = performance.now()
    const child = spawn(this.#bin, all, {
      cwd: this.#workspace.root,
      env: { ...this.#environment(), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const interrupt = () => void child.kill('SIGINT')
    this.#signal?.addEventListener('abort', interrupt, { once: true })
    const out = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out.stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (out.stderr += text))
    const { promise, resolve, reject } = Promise.withResolvers<number>()
    child.once('error', reject).once('close', (code) => resolve(code ?? -1))
    const code = await promise
    this.#signal?.removeEventListener('abort', interrupt)
    const tookMs = performance.now() - started
    return { code, ...out, tookMs, events: events ? readEvents(await readFile(log, 'utf8').catch(() => '')) : [] }
  }

  /** Runs a command that must end well; otherwise it throws what was printed. */
  async must(command: string, args: string[] = [], options: Options = {}): Promise<Outcome> {
    const outcome = await this.run(command, args, options)
    if (outcome.code === 0) return outcome
    const errors = saidOf(outcome.events, 'error').join('\n').slice(0, 2_000)
    throw new Error(`pulumi ${command} ${args.join(' ')} ended with ${outcome.code}: ${errors}\n${outcome.stderr}`)
  }
}
