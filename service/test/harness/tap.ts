import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const exec = promisify(execFile)

/** How a run of tap ended. */
export interface TapOutcome {
  code: number
  /** All it said in TAP. */
  output: string
}

/**
 * Makes tap leave TypeScript to Node.js, as .taprc has it. Newly installed tap has its TypeScript plugin built in, and rebuilds itself
 * only after it has decided how to start the test files: the first run after `npm ci` would compile them with the plugin, and fail.
 */
export async function prepareTap(root: string): Promise<void> {
  const tap = await tapProgram()
  const { stdout } = await exec(process.execPath, [tap, 'node-options'], { cwd: root })
  if (stdout.includes('@tapjs/typescript/')) await exec(process.execPath, [tap, 'build'], { cwd: root })
}

export interface RunTapOptions {
  /** The repository. */
  root: string
  /** Of the command line; they come last and win over ours. */
  args: string[]
  /** Added to our own environment. */
  environment: NodeJS.ProcessEnv
  /** Aborted, with the signal's name as its reason, when tap is to stop. */
  interruption: AbortSignal
}

/** Runs tap to its end, which after an interruption comes soon, and still with a report. */
export async function runTap({ root, args, environment, interruption }: RunTapOptions): Promise<TapOutcome> {
  const onTerminal = process.stdout.isTTY
  const file = join(root, '.tap', 'output.tap')
  await rm(file, { force: true })
  // A person sees progress and failures; a pipe gets plain TAP. Told to write TAP to both stdout and a file, tap prints every line
  // twice, so a file is for the terminal only.
  const reporter = onTerminal ? ['--reporter=terse', `--output-file=${file}`] : ['--reporter=tap']
  const defaults = [`--jobs=${availableParallelism()}`, '--coverage-report=text', '--coverage-report=json-summary']
  const tap = spawn(process.execPath, [await tapProgram(), ...reporter, ...defaults, ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['inherit', onTerminal ? 'inherit' : 'pipe', 'inherit'],
  })
  let output = ''
  tap.stdout?.setEncoding('utf8').on('data', (text: string) => {
    process.stdout.write(text)
    output += text
  })
  const interrupt = () => tap.kill(interruption.reason)
  if (interruption.aborted) interrupt()
  else interruption.addEventListener('abort', interrupt)
  const [code] = await once(tap, 'close')
  if (onTerminal) output = await readFile(file, 'utf8').catch(() => '')
  // null: a signal ended it.
  return { code: code ?? 1, output }
}

async function tapProgram(): Promise<string> {
  const manifest = createRequire(import.meta.url).resolve('tap/package.json')
  const { bin }: { bin: { tap: string } } = JSON.parse(await readFile(manifest, 'utf8'))
  return join(dirname(manifest), bin.tap)
}
