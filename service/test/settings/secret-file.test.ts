import { rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { openSecretFile } from '../../src/settings/secret-file.ts'
import { createLog } from '../database/open-database.ts'
import { until } from '../harness/poll.ts'
import { swapSecret } from '../harness/secret-directory.ts'

const setting = 'EXAMPLE_FILE'

test('a secret is followed through a symlink swap, as Kubernetes makes it', async (t) => {
  const directory = t.testdir()
  const path = await swapSecret(directory, 'first', 'secret')
  const file = await openSecretFile({ setting, path, pollMs: 5, log: createLog() })
  t.teardown(() => file.close())
  t.equal(file.value, 'first', 'without the line end')
  const changes: string[] = []
  const stop = file.onChange((value) => changes.push(value))
  await swapSecret(directory, 'second', 'secret')
  await until('the change is noticed', () => file.value === 'second')
  t.strictSame(changes, ['second'])
  stop()
  await swapSecret(directory, 'third', 'secret')
  await until('the next one is noticed', () => file.value === 'third')
  t.strictSame(changes, ['second'])
})

test('a secret that cannot be read again stays in use, and the log says so', async (t) => {
  const path = join(t.testdir({ secret: 'hunter2\n' }), 'secret')
  const log = createLog()
  const file = await openSecretFile({ setting, path, log })
  t.teardown(() => file.close())
  await writeFile(path, '')
  t.equal(await file.reload(), 'hunter2', 'emptied')
  await rm(path)
  t.equal(await file.reload(), 'hunter2', 'gone')
  t.equal(log.lines.length, 2)
  t.match(log.lines[0], { level: 'warn', details: { setting, path } })
  t.notMatch(JSON.stringify(log.lines), 'hunter2', 'the secret is not in the log')
  await writeFile(path, 'better\r\n')
  t.equal(await file.reload(), 'better')
})

test('a start without the secret stops, naming setting and path', async (t) => {
  const directory = t.testdir({ empty: '\n' })
  const log = createLog()
  const open = (name: string) => openSecretFile({ setting, path: join(directory, name), log })
  await t.rejects(open('missing'), { message: /^EXAMPLE_FILE: .*missing cannot be read/ })
  await t.rejects(open('empty'), { message: /^EXAMPLE_FILE: .*empty is empty/ })
  await symlink('nowhere', join(directory, 'dangling'))
  await t.rejects(open('dangling'), { message: /^EXAMPLE_FILE: / })
})
