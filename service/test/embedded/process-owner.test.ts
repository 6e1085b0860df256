import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { claimDirectory } from '../../src/embedded/process-owner.ts'
import { markOf } from '../../src/embedded/processes.ts'
import { clusterDirectory, holdElsewhere, open, query } from './support.ts'

test('a second owner is refused while the first lives, and its pid named', async (t) => {
  const directory = clusterDirectory(t)
  const holder = await holdElsewhere(t, directory)
  await t.rejects(open(t, directory), {
    message: new RegExp(`in use by process ${holder.process.pid}: stop that one first`),
  })
  t.same(await query(holder.url, (sql) => sql`select 1 as n`), [{ n: 1 }], 'the first is not disturbed')
  await holder.kill()
  t.equal((await open(t, directory)).adopted, true)
})

test('of many that find a dead owner, one becomes the next', async (t) => {
  const directory = t.testdir({ 'owner.3': JSON.stringify({ pid: process.pid, started: 'before this process' }) })
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => claimDirectory(directory)))
  const won = outcomes.filter(({ status }) => status === 'fulfilled')
  t.equal(won.length, 1)
  t.same(await readdir(directory), ['owner.4'], 'nothing else is left lying about')
})

test('an owner file whose pid lives again as another process counts as dead', async (t) => {
  const mark = await markOf(process.pid)
  const directory = t.testdir({ 'owner.1': JSON.stringify({ ...mark, started: 'some other day' }) })
  const ownership = await claimDirectory(directory)
  await t.rejects(claimDirectory(directory), { message: new RegExp(`in use by process ${process.pid}`) })
  await ownership.release()
  await t.resolves(claimDirectory(directory))
})

test('a lower number that turns up late makes nobody the owner', async (t) => {
  const directory = t.testdir({})
  await (await claimDirectory(directory)).release()
  await claimDirectory(directory)
  t.same(await readdir(directory), ['owner.2'], 'numbers only grow')
  await writeFile(join(directory, 'owner.1'), '')
  await t.rejects(claimDirectory(directory), { message: new RegExp(`in use by process ${process.pid}`) })
})
