import { randomUUID } from 'node:crypto'
import { link, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive, markOf, type ProcessMark } from './processes.ts'

/*
 * Who owns a cluster's directory: the live process named in the owner file of the highest number, `owner.7`.
 *
 *   owner.7 dead or empty  ->  link owner.8 (only one process can)  ->  delete what is lower  ->  owned
 *   owner.8 empty          <-  given back
 *
 * The number is why two starts after a crash cannot both win: replacing one fixed file is a read and a write, and a second
 * process may come between them and overwrite a live owner. The highest file is never deleted, only emptied.
 */
const ownerFile = /^owner\.(\d+)$/

/** The right to run the cluster of a directory. */
export interface Ownership {
  /** Gives the directory back. */
  release(): Promise<void>
}

/**
 * Makes this process the owner of a directory.
 * Throws one sentence that names the pid when the owner is another live process (or an earlier call of this one).
 */
export async function claimDirectory(directory: string): Promise<Ownership> {
  const self = await markOf(process.pid)
  if (!self) throw new Error(`The system does not tell when process ${process.pid}, this one, was started.`)
  const draft = join(directory, `claim.${randomUUID()}`)
  await writeFile(draft, JSON.stringify(self))
  try {
    for (;;) {
      const highest = Math.max(0, ...(await numbers(directory)))
      const owner = highest > 0 ? await readMark(pathOf(directory, highest)) : undefined
      if (owner && (await isAlive(owner))) {
        throw new Error(`The database in ${directory} is in use by process ${owner.pid}: stop that one first.`)
      }
      const mine = pathOf(directory, highest + 1)
      if (await linked(draft, mine)) {
        if (Math.max(...(await numbers(directory))) > highest + 1) await rm(mine)
        else return await settle(directory, highest + 1)
      }
    }
  } finally {
    await rm(draft, { force: true })
  }
}

async function settle(directory: string, number: number): Promise<Ownership> {
  for (const lower of (await numbers(directory)).filter((n) => n < number)) {
    await rm(pathOf(directory, lower), { force: true })
  }
  return { release: () => writeFile(pathOf(directory, number), '') }
}

const pathOf = (directory: string, number: number): string => join(directory, `owner.${number}`)

async function numbers(directory: string): Promise<number[]> {
  const names = await readdir(directory)
  return names.flatMap((name) => ownerFile.exec(name)?.[1] ?? []).map(Number)
}

async function readMark(path: string): Promise<ProcessMark | undefined> {
  const text = await readFile(path, 'utf8').catch((error) => {
    // A quicker process deleted it as the lower one; its own file decides when we try to link ours.
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text === '' ? undefined : JSON.parse(text)
}

async function linked(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}
