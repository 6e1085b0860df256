import { chmod, lstat, mkdir, mkdtemp, readdir, realpath, rm, rmdir, symlink } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { sharedTemporaryDirectory } from './binary-copy.ts'
import { canReach, type RunAs } from './run-as.ts'

/**
 * The real directory of a cluster, made when it is new: the one asked for, or, when that lies where PostgreSQL's user cannot
 * walk to (a checkout below /root, run as root), one under /var/tmp to which the asked-for name becomes a link.
 * Throws when a cluster is there already and out of reach.
 */
export async function clusterPlace(
  directory: string,
  runAs: RunAs | undefined,
  log: (sentence: string) => void,
): Promise<string> {
  const asked = resolve(directory)
  await mkdir(dirname(asked), { recursive: true })
  if (await isDanglingLink(asked)) {
    log(`The database that ${asked} pointed to is gone, so a new one is made.`)
    await rm(asked)
  }
  if (!(await exists(asked)) && !(await canReach(runAs, dirname(asked)))) await linkOutside(asked, log)
  await mkdir(asked, { recursive: true })
  const place = await realpath(asked)
  if (!(await canReach(runAs, dirname(place)))) {
    throw new Error(
      `PostgreSQL cannot run as root, and user ${runAs?.uid} cannot reach ${place}: open the directories above it, or move it away to begin anew.`,
    )
  }
  // PostgreSQL's user passes through to its data and sees nothing beside them.
  await chmod(place, runAs ? 0o711 : 0o700)
  return place
}

async function linkOutside(asked: string, log: (sentence: string) => void): Promise<void> {
  const outside = await mkdtemp(join(await sharedTemporaryDirectory(), `dhakacart-${basename(asked)}-`))
  try {
    await symlink(outside, asked)
    log(`PostgreSQL, which cannot run as root, cannot reach ${asked}, so its data are in ${outside}.`)
  } catch (error) {
    await rmdir(outside)
    // Another start was quicker; whether it may go on beside us is the owner file's business.
    if (!(await exists(asked))) throw error
  }
}

async function isDanglingLink(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined)
  return found?.isSymbolicLink() === true && !(await exists(path))
}

async function exists(path: string): Promise<boolean> {
  return readdir(path).then(
    () => true,
    () => false,
  )
}
