import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Test, test } from 'tap'
import { readLockFile } from '../../src/embedded/lock-file.ts'
import { isAlive, workingDirectoryOf } from '../../src/embedded/processes.ts'
import { clusterDirectory, holdElsewhere, open, query } from './support.ts'

test('the server of a killed owner is adopted, and then stopped like our own', async (t) => {
  const directory = clusterDirectory(t)
  const holder = await holdElsewhere(t, directory)
  await query(holder.url, (sql) => sql`create table kept as select 7 as n`)
  await holder.kill()

  const cluster = await open(t, directory)
  t.equal(cluster.adopted, true)
  t.equal(cluster.url, holder.url)
  t.match(cluster.said, [/still up \(process \d+\) and is used again/])
  t.same(await query(cluster.url, (sql) => sql`select n from kept`), [{ n: 7 }])
  const lock = await readLockFile(join(directory, 'data'))
  t.ok(lock)
  await cluster.stop()
  t.equal(lock && (await isAlive(lock.server)), false)
})

test('a server that was killed itself leaves a lock file that is no obstacle', async (t) => {
  const directory = clusterDirectory(t)
  await leaveStaleLock(t, directory)
  const cluster = await open(t, directory)
  t.equal(cluster.adopted, false)
  t.same(await query(cluster.url, (sql) => sql`select n from kept`), [{ n: 7 }])
})

test('a lock file whose pid was given to another program since is no obstacle', async (t) => {
  const directory = clusterDirectory(t)
  await leaveStaleLock(t, directory)
  // As the data's owner: of a process it may not signal, PostgreSQL itself knows that it is no server.
  const { uid, gid } = await stat(join(directory, 'data'))
  const other = spawn('sleep', ['600'], { uid, gid, cwd: '/', stdio: 'ignore' })
  t.teardown(() => other.kill())
  await once(other, 'spawn')
  await replacePid(directory, other.pid)
  const cluster = await open(t, directory)
  t.equal(cluster.adopted, false)
  t.same(await query(cluster.url, (sql) => sql`select n from kept`), [{ n: 7 }])
})

test('a lock file whose pid was given to the server of another cluster since is no obstacle', async (t) => {
  const other = await open(t, clusterDirectory(t))
  const rival = await readLockFile(join(other.directory, 'data'))
  const directory = clusterDirectory(t)
  await leaveStaleLock(t, directory)
  await replacePid(directory, rival?.server.pid)
  if (rival && (await workingDirectoryOf(rival.server.pid)) === undefined) {
    await t.rejects(open(t, directory), { message: /looks like the PostgreSQL an earlier run left/ })
    return
  }
  const cluster = await open(t, directory)
  t.equal(cluster.adopted, false)
  t.same(await query(cluster.url, (sql) => sql`select n from kept`), [{ n: 7 }])
  t.same(await query(other.url, (sql) => sql`select 1 as n`), [{ n: 1 }], 'the other one lives on')
})

/** A cluster with a row in it whose server was killed. */
async function leaveStaleLock(t: Test, directory: string): Promise<void> {
  const cluster = await open(t, directory)
  await query(cluster.url, (sql) => sql`create table kept as select 7 as n`)
  await query(cluster.url, (sql) => sql`checkpoint`)
  const lock = await readLockFile(join(directory, 'data'))
  process.kill(lock?.server.pid ?? Number.NaN, 'SIGKILL')
  await cluster.stop()
  t.match(await readFile(join(directory, 'data', 'postmaster.pid'), 'utf8'), String(lock?.server.pid))
}

async function replacePid(directory: string, pid: number | undefined): Promise<void> {
  const file = join(directory, 'data', 'postmaster.pid')
  const [, ...rest] = (await readFile(file, 'utf8')).split('\n')
  await writeFile(file, [pid, ...rest].join('\n'))
}
