import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import t from 'tap'

const guard = fileURLToPath(new URL('../node-version.js', import.meta.url))

/** Runs the guard in a Node that says it is of another version. */
function runAs(version: string) {
  const pretend = `data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '${version}' })`
  return spawnSync(process.execPath, ['--import', pretend, '--import', guard, '-e', 'console.log("ran")'], {
    encoding: 'utf8',
  })
}

t.test('a Node that cannot strip types gets one sentence, and the program does not start', async (t) => {
  for (const version of ['20.20.2', '22.23.3', '24.11.9']) {
    const { status, stderr, stdout } = runAs(version)
    t.equal(status, 1, version)
    t.equal(stdout, '', version)
    t.match(
      stderr,
      /^DhakaCart needs Node\.js 24\.12 or newer on PATH, and this is v.*node_modules\/\.bin.*\n$/,
      version,
    )
  }
  for (const version of ['24.12.0', '26.0.0']) t.match(runAs(version), { status: 0, stdout: 'ran\n' }, version)
})

t.test('the guard is plain JavaScript, which the oldest Node can parse', async (t) => {
  const text = await readFile(guard, 'utf8')
  t.notMatch(text, /\binterface\b|: (string|number)\b|\bas\b/)
})
