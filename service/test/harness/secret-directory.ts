import { randomBytes } from 'node:crypto'
import { mkdir, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Writes a secret the way Kubernetes mounts one: the file is a link through `..data`, which is swapped for another directory in one
 * step. Returns the path to read.
 */
export async function swapSecret(directory: string, value: string, name: string): Promise<string> {
  const version = `..${randomBytes(6).toString('hex')}`
  await mkdir(join(directory, version))
  await writeFile(join(directory, version, name), `${value}\n`)
  await symlink(version, join(directory, '..data_tmp'))
  await rename(join(directory, '..data_tmp'), join(directory, '..data'))
  const path = join(directory, name)
  await symlink(join('..data', name), path).catch((error) => {
    if (error.code !== 'EEXIST') throw error
  })
  return path
}
