import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3'
import { ask } from '../aws/failure.ts'
import { CommandError } from '../terminal/terminal.ts'

/** A lock of a stack, as `pulumi` leaves it in a backend of files while it works, and for ever when it is killed. */
export interface Lock {
  /** Its path in the backend. */
  path: string
  /** Who took it; absent fields were not in the file. */
  username?: string
  hostname?: string
  pid?: number
  since?: Date
}

/**
 * The locks of a stack in a backend that is a directory (`file://`) or a bucket (`s3://`).
 * @throws {CommandError} for any other backend: Pulumi Cloud keeps its locks to itself
 */
export async function readLocks(backend: string, project: string, stack: string): Promise<Lock[]> {
  const under = `.pulumi/locks/organization/${project}/${stack}`
  const files = backend.startsWith('file://')
    ? await readDirectory(fileURLToPath(new URL(backend)), under)
    : await readBucket(backend, under)
  return files.map(({ path, content }) => parse(path, content))
}

interface LockFile {
  path: string
  content: string
}

async function readDirectory(root: string, under: string): Promise<LockFile[]> {
  const names = await readdir(join(root, under)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return Promise.all(
    // A directory as a backend has a second file beside each: its attributes.
    names
      .filter((name) => name.endsWith('.json'))
      .map(async (name) => {
        const path = `${under}/${name}`
        // Pulumi may take it away between our listing and our reading.
        return { path, content: await readFile(join(root, path), 'utf8').catch(() => '') }
      }),
  )
}

async function readBucket(backend: string, under: string): Promise<LockFile[]> {
  const { protocol, hostname: Bucket, searchParams } = new URL(backend)
  if (protocol !== 's3:') {
    throw new CommandError(`The locks of ${backend} cannot be read from here: it must be s3://... or file://...`)
  }
  const s3 = new S3Client({ region: searchParams.get('region') ?? undefined })
  try {
    const pages = await ask('s3:ListBucket', Bucket, () =>
      Array.fromAsync(paginateListObjectsV2({ client: s3 }, { Bucket, Prefix: `${under}/` })),
    )
    const keys = pages.flatMap(({ Contents }) => Contents ?? []).flatMap(({ Key }) => Key ?? [])
    return await Promise.all(
      keys.map(async (path) => {
        const found = await ask('s3:GetObject', path, () => s3.send(new GetObjectCommand({ Bucket, Key: path })))
        return { path, content: (await found.Body?.transformToString()) ?? '' }
      }),
    )
  } finally {
    s3.destroy()
  }
}

function parse(path: string, content: string): Lock {
  try {
    const { username, hostname, pid, timestamp } = JSON.parse(content)
    return { path, username, hostname, pid, since: timestamp && new Date(timestamp) }
  } catch {
    return { path }
  }
}
