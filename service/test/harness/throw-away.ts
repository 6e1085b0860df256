import { randomBytes } from 'node:crypto'
import { lstat, readdir, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readLockFile } from '../../src/embedded/lock-file.ts'
import { markOf } from '../../src/embedded/processes.ts'
import { stopServer } from '../../src/embedded/server.ts'

const named = /^dhakacart-test-(\d+)-/

/** A name, for a cluster of this process, that nothing has yet; whoever runs after a killed process can tell that it is left over. */
export function throwAwayDirectory(): string {
  return join(tmpdir(), `dhakacart-test-${process.pid}-${randomBytes(6).toString('hex')}`)
}

/** Stops and deletes what killed test runs left: clusters named after a process that lives no more. */
export async function sweepThrowAways(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = named.exec(name)?.[1]
    const directory = join(tmpdir(), name)
    if (!pid || !(await isOurs(directory)) || (await markOf(Number(pid)))) continue
    const left = await readLockFile(join(directory, 'data'))
    if (left) await stopServer(left.server)
    await removeThrowAway(directory)
  }
}

/** Deletes a cluster's directory, and what it links to when PostgreSQL's user could not reach it there. */
export async function removeThrowAway(directory: string): Promise<void> {
  const place = await realpath(directory).catch(() => directory)
  for (const path of [place, directory]) await rm(path, { recursive: true, force: true })
}

async function isOurs(directory: string): Promise<boolean> {
  // Another run may be sweeping at the same time.
  const found = await lstat(directory).catch(() => undefined)
  return found !== undefined && found.uid === process.getuid?.()
}
