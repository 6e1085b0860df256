import { createHash } from 'node:crypto'
import { chmod, copyFile, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A directory for files that outlive us and that other users can walk into: /var/tmp survives a restart of the machine. */
export async function sharedTemporaryDirectory(): Promise<string> {
  const found = await lstat('/var/tmp').catch(() => undefined)
  return found?.isDirectory() ? '/var/tmp' : tmpdir()
}

/** A copy, and whether it was made just now. */
export interface BinaryCopy {
  place: string
  made: boolean
}

/**
 * Copies the package with PostgreSQL's programs to a place of our own that every user can read and only we can write, and
 * gives that place. A copy that is already there is taken when it is ours and whole.
 * `complete` adds what the package lacks, before anyone else sees the copy.
 */
export async function copyOutside(root: string, complete: (copy: string) => Promise<void>): Promise<BinaryCopy> {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const files = await filesBelow(root)
  const base = await sharedTemporaryDirectory()
  const fingerprint = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 12)
  const place = join(base, `dhakacart-postgresql-${version}-${process.getuid?.()}-${fingerprint}`)
  if (await isTrustworthy(place, files)) {
    await complete(place)
    return { place, made: false }
  }
  const draft = await mkdtemp(`${place}-`)
  await copyFiles(root, draft, files)
  await complete(draft)
  await chmod(draft, 0o755)
  if (await moveInto(draft, place)) return { place, made: true }
  // Someone was quicker: the same copy by another process of ours, or something that is not to be trusted.
  if (!(await isTrustworthy(place, files))) return { place: await replaceOrKeep(draft, place), made: true }
  await rm(draft, { recursive: true })
  return { place, made: false }
}

interface PackagedFile {
  path: string
  bytes: number
  executable: boolean
}

async function filesBelow(root: string): Promise<PackagedFile[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const described = files.map(async (file) => {
    const { size, mode } = await lstat(file)
    return { path: file.slice(root.length + 1), bytes: size, executable: (mode & 0o100) !== 0 }
  })
  return (await Promise.all(described)).sort((a, b) => (a.path < b.path ? -1 : 1))
}

async function copyFiles(root: string, copy: string, files: PackagedFile[]): Promise<void> {
  const folders = new Set(files.map(({ path }) => dirname(path)))
  for (const folder of folders) await mkdir(join(copy, folder), { recursive: true, mode: 0o755 })
  // The mode above is cut by our umask, and so is that of the folders in between.
  for (const folder of await readdir(copy, { recursive: true, withFileTypes: true })) {
    await chmod(join(folder.parentPath, folder.name), 0o755)
  }
  for (const { path, executable } of files) {
    await copyFile(join(root, path), join(copy, path))
    await chmod(join(copy, path), executable ? 0o755 : 0o644)
  }
}

/** Ours, writable by nobody else, and every file there in its full size: a cleaner of old temporary files may have been at it. */
async function isTrustworthy(place: string, files: PackagedFile[]): Promise<boolean> {
  const found = await lstat(place).catch(() => undefined)
  if (!found?.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) return false
  const sizes = await Promise.all(
    files.map(({ path }) =>
      lstat(join(place, path)).then(
        ({ size }) => size,
        () => -1,
      ),
    ),
  )
  return files.every(({ bytes }, index) => sizes[index] === bytes)
}

async function moveInto(draft: string, place: string): Promise<boolean> {
  try {
    await rename(draft, place)
    return true
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR' || code === 'EPERM') return false
    throw error
  }
}

/** A damaged copy of ours makes way; a directory of someone else stays, and the draft's unguessable name serves this once. */
async function replaceOrKeep(draft: string, place: string): Promise<string> {
  const found = await lstat(place).catch(() => undefined)
  if (found?.uid !== process.getuid?.()) return draft
  await rename(place, `${draft}-old`)
  await rm(`${draft}-old`, { recursive: true })
  return (await moveInto(draft, place)) ? place : draft
}
