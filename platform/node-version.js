// Plain JavaScript, started before the program by `nodeargs` of Pulumi.yaml: a Node too old to strip types would answer the first
// .ts file with "Unknown file extension" and a stack trace. The floor is the one of package.json's `engines`.
import { readFileSync } from 'node:fs'

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const [floorMajor = 0, floorMinor = 0] = engines.node.replace('>=', '').split('.').map(Number)
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < floorMajor || (major === floorMajor && minor < floorMinor)) {
  console.error(
    `DhakaCart needs Node.js ${floorMajor}.${floorMinor} or newer on PATH, and this is ${process.version}: "npm ci" brings one along, so run PATH="$PWD/node_modules/.bin:$PATH" pulumi ...`,
  )
  process.exit(1)
}
