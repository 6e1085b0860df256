/*
 * The suite: `npm test`, or `npm test -- service/test/some.test.ts`. One throw-away PostgreSQL for all files, tap, coverage, totals.
 * POSTGRES_BIN names the bin directory of another PostgreSQL than the embedded one, such as /usr/lib/postgresql/15/bin.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readCoverage } from './harness/coverage.ts'
import { type ClusterAddress, openTestCluster } from './harness/test-cluster.ts'
import { sweepThrowAways } from './harness/throw-away.ts'
import { closingLine, readTotals } from './harness/totals.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const coverageReport = join(root, '.tap', 'report', 'coverage-summary.json')
const tapOutput = join(root, '.tap', 'output.tap')
// Ctrl-C reaches tap as well; we only must outlive it, so that the cluster is stopped.
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs tap to its end: its exit code and all it printed in TAP. */
async function runTap(args: string[], cluster: ClusterAddress): Promise<{ code: number; output: string }> {
  const manifest = createRequire(import.meta.url).resolve('tap/package.json')
  const { bin }: { bin: { tap: string } } = JSON.parse(await readFile(manifest, 'utf8'))
  const onTerminal = process.stdout.isTTY
  // A person sees progress and failures; a pipe gets plain TAP. tap prints every line twice when it writes TAP to a file and to
  // stdout, so only the terminal's report is joined by a file.
  const reporter = onTerminal ? ['--reporter=terse', `--output-file=${tapOutput}`] : ['--reporter=tap']
  const defaults = [`--jobs=${availableParallelism()}`, '--coverage-report=text', '--coverage-report=json-summary']
  const tap = spawn(process.execPath, [join(dirname(manifest), bin.tap), ...reporter, ...defaults, ...args], {
    cwd: root,
    env: { ...process.env, TEST_CLUSTER: JSON.stringify(cluster) },
    stdio: ['inherit', onTerminal ? 'inherit' : 'pipe', 'inherit'],
  })
  let output = ''
  tap.stdout?.setEncoding('utf8').on('data', (text: string) => {
    process.stdout.write(text)
    output += text
  })
  const forward = (signal: NodeJS.Signals) => tap.kill(signal)
  for (const signal of signals) process.on(signal, forward)
  const [code] = await once(tap, 'close')
  if (onTerminal) output = await readFile(tapOutput, 'utf8').catch(() => '')
  // null: a signal ended it.
  return { code: code ?? 1, output }
}

async function run(args: string[]): Promise<number> {
  if (process.versions.node.split('.')[0] !== '24') {
    console.error(
      `The tests run on Node.js 24, which "npm ci" brings along, and this is ${process.version}: use npm test.`,
    )
    return 1
  }
  await sweepThrowAways()
  await Promise.all([coverageReport, tapOutput].map((file) => rm(file, { force: true })))
  const { close, version, origin, ...cluster } = await openTestCluster()
  try {
    console.log(`The tests run on PostgreSQL ${version} (${origin}).`)
    const { code, output } = await runTap(args, cluster)
    const covered = args.every((arg) => arg.startsWith('-')) ? await checkCoverage() : true
    console.log(closingLine(readTotals(output)))
    return code === 0 && !covered ? 1 : code
  } finally {
    await close()
  }
}

/** Says what the whole suite reached in the service; false when that is too little. */
async function checkCoverage(): Promise<boolean> {
  const { sentence, belowBar } = await readCoverage(coverageReport, join(root, 'service', 'src')).catch((error) => ({
    sentence: 'There is no report of coverage.',
    belowBar: error.message,
  }))
  console.log(sentence)
  if (belowBar) console.log(belowBar)
  return belowBar === undefined
}

process.exitCode = await run(process.argv.slice(2))
