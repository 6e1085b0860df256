/*
 * The suite: `npm test`, or `npm test -- service/test/some.test.ts`. One throw-away PostgreSQL for all files, tap, coverage, totals.
 * POSTGRES_BIN names the bin directory of another PostgreSQL than the embedded one, such as /usr/lib/postgresql/15/bin.
 */
import { rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readCoverage, unseenFiles } from './harness/coverage.ts'
import { prepareTap, runTap } from './harness/tap.ts'
import { openTestCluster } from './harness/test-cluster.ts'
import { sweepThrowAways } from './harness/throw-away.ts'
import { closingLine, readTotals } from './harness/totals.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const coverageReport = join(root, '.tap', 'report', 'coverage-summary.json')
/** What the bar of coverage is for: the code that people run, and none of the tests. */
const sources = [join(root, 'service', 'src'), join(root, 'platform')]

// We outlive Ctrl-C, which reaches tap as well, because the database has to be stopped after tap.
const interruption = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interruption.abort(signal))

process.exitCode = await run(process.argv.slice(2))

async function run(args: string[]): Promise<number> {
  if (process.versions.node.split('.')[0] !== '24') {
    console.error(
      `The tests run on Node.js 24, which "npm ci" brings along, and this is ${process.version}: use npm test.`,
    )
    return 1
  }
  await sweepThrowAways()
  await prepareTap(root)
  await rm(coverageReport, { force: true })
  const { close, version, origin, ...cluster } = await openTestCluster()
  try {
    console.log(`The tests run on PostgreSQL ${version} (${origin}).`)
    const environment = { TEST_CLUSTER: JSON.stringify(cluster) }
    const { code, output } = await runTap({ root, args, environment, interruption: interruption.signal })
    const wholeSuite = args.every((arg) => arg.startsWith('-'))
    const covered = wholeSuite ? await checkCoverage() : true
    console.log(closingLine(readTotals(output)))
    return code === 0 && !covered ? 1 : code
  } finally {
    await close()
  }
}

/** Says what the whole suite reached; false when that is too little in one of the sources. */
async function checkCoverage(): Promise<boolean> {
  try {
    const held: boolean[] = []
    for (const source of sources) {
      const { sentence, belowBar } = await readCoverage(coverageReport, source)
      const unseen = await unseenFiles(coverageReport, source)
      const name = relative(root, source)
      console.log(`${name}: ${sentence}`)
      if (unseen.length > 0) console.log(`${name}: no test loads ${unseen.join(', ')}.`)
      if (belowBar) console.log(`${name}: ${belowBar}`)
      held.push(belowBar === undefined)
    }
    return held.every(Boolean)
  } catch (error) {
    console.log(`There is no report of coverage: ${error}.`)
    return false
  }
}
