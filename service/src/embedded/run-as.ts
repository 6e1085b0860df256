import { readFile, realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The user PostgreSQL runs as when we ourselves are root, which it refuses to be. */
export interface RunAs {
  uid: number
  gid: number
}

// What Linux distributions give `nobody`, for an image without /etc/passwd.
const overflowId = 65534

/**
 * Whom PostgreSQL must run as: undefined (ourselves) unless we are root.
 * As root it is the owner of data that is there already, so that its owner can go on without root; otherwise `nobody`.
 */
export async function whomToRunAs(data: string): Promise<RunAs | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const owner = await stat(data).catch(() => undefined)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const [, , uid, gid] = (passwd.split('\n').find((line) => line.startsWith('nobody:')) ?? '').split(':')
  return { uid: Number(uid ?? overflowId), gid: Number(gid ?? overflowId) }
}

/** Whether this user may walk down to an existing directory: search permission on it and on everything above. */
export async function canReach(runAs: RunAs | undefined, directory: string): Promise<boolean> {
  if (!runAs) return true
  for (let path = await realpath(directory); ; path = dirname(path)) {
    const { uid, gid, mode } = await stat(path)
    const shift = uid === runAs.uid ? 6 : gid === runAs.gid ? 3 : 0
    if (((mode >> shift) & 1) === 0) return false
    if (path === dirname(path)) return true
  }
}
