import { randomBytes } from 'node:crypto'
import { chown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { clusterLocale, runProgram } from './commands.ts'
import type { RunAs } from './run-as.ts'

/** The role that owns everything, and the name of the shop's database. */
export const clusterUser = 'dhakacart'

export interface InitialiseOptions {
  /** The cluster's real directory, owned by this process. */
  place: string
  binaries: Binaries
  runAs: RunAs | undefined
  /** Whether initdb waits for the disk. */
  durable: boolean
}

/**
 * Sees to it that `place` holds a data directory these binaries can run, and gives the password of its superuser.
 * A new one appears whole or not at all: initdb works beside it and the result is renamed.
 * Throws when the data were made by another major version, or belong to another user.
 */
export async function initialise({ place, binaries, runAs, durable }: InitialiseOptions): Promise<string> {
  const data = join(place, 'data')
  for (const leftover of (await readdir(place)).filter((name) => name.startsWith('new.'))) {
    await rm(join(place, leftover), { recursive: true, force: true })
  }
  const found = await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (found !== undefined) {
    await checkData(data, found.trim(), binaries, runAs)
    return knownPassword(place)
  }
  const password = await newPassword(place)
  const draft = join(place, `new.${randomBytes(6).toString('hex')}`)
  await mkdir(join(draft, 'data'), { recursive: true, mode: 0o700 })
  const passwordFile = join(draft, 'password')
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (runAs) {
    for (const path of [draft, join(draft, 'data'), passwordFile]) await chown(path, runAs.uid, runAs.gid)
  }
  const options = [
    `--pgdata=${join(draft, 'data')}`,
    `--username=${clusterUser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=libc',
    `--locale=${clusterLocale}`,
    '--text-search-config=simple',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ]
  await runProgram(join(binaries.directory, 'initdb'), options, runAs)
  await rename(join(draft, 'data'), data)
  await rm(draft, { recursive: true })
  return password
}

/** Beside the data rather than in them, so that only we can read it. */
async function newPassword(place: string): Promise<string> {
  const password = randomBytes(24).toString('base64url')
  await writeFile(join(place, 'password'), password, { mode: 0o600 })
  return password
}

async function knownPassword(place: string): Promise<string> {
  const file = join(place, 'password')
  return readFile(file, 'utf8').catch((cause) => {
    throw new Error(
      `The password of the database in ${place} cannot be read (${cause.message}): move ${place} away to begin anew.`,
      {
        cause,
      },
    )
  })
}

async function checkData(data: string, found: string, binaries: Binaries, runAs: RunAs | undefined): Promise<void> {
  if (found !== binaries.major) {
    throw new Error(
      `The database in ${data} was made by PostgreSQL ${found}, and ${binaries.directory} is PostgreSQL ${binaries.version}: start with a PostgreSQL ${found} (the setting POSTGRES_BIN names its bin directory; unset, it is the one from npm), or move ${data} away to begin anew.`,
    )
  }
  const { uid } = await stat(data)
  const self = runAs?.uid ?? process.getuid?.()
  if (self !== undefined && uid !== self) {
    throw new Error(
      `The database in ${data} belongs to user ${uid} and PostgreSQL would run as user ${self}: start as the user who made it, or move ${data} away to begin anew.`,
    )
  }
}
