// Plain JavaScript, so that a Node too old to strip types still gets the sentence below instead of a syntax error.
const floor = { major: 24, minor: 12 }

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < floor.major || (major === floor.major && minor < floor.minor)) {
  console.error(
    `DhakaCart needs Node.js ${floor.major}.${floor.minor} or newer, and this is ${process.version}: run it by an npm script after "npm ci", which brings Node.js 24 along.`,
  )
  process.exit(1)
}
