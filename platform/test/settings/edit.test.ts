import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { diffOf, setSettings } from '../../settings/edit.ts'
import { loadStack } from '../../settings/stack-file.ts'
import { openTestProject } from '../harness/project.ts'

t.test('an edit changes its lines and no other', async (t) => {
  const root = await openTestProject(t)
  const path = join(root, 'Pulumi.prod.yaml')
  const original = await readFile(path, 'utf8')
  const edit = await setSettings(root, 'prod', { databaseStorageGib: 80, owner: 'shop@dhakacart.example' })
  t.equal(edit.before, original)
  t.equal(await readFile(path, 'utf8'), edit.after)
  const lines = original.trimEnd().split('\n')
  const expected = lines.map((line) =>
    line.replace('owner: platform@dhakacart.example', 'owner: shop@dhakacart.example'),
  )
  t.strictSame(edit.after.trimEnd().split('\n'), [...expected, '  dhakacart:databaseStorageGib: 80'])
  t.match(edit.after, '"123456789012" # an example', 'a comment stays')
})

t.test('items of a list that stay keep their comments, and a new one joins them', async (t) => {
  const root = await openTestProject(t)
  const path = join(root, 'Pulumi.prod.yaml')
  const before = await readFile(path, 'utf8')
  const list =
    '  dhakacart:alarmEmails:\n    - one@dhakacart.example # on weekdays\n    - two@dhakacart.example # at night\n'
  await writeFile(path, before.replace(/ {2}dhakacart:alarmEmails: .*\n/, list))
  const edit = await setSettings(root, 'prod', { alarmEmails: ['two@dhakacart.example', 'three@dhakacart.example'] })
  t.strictSame(diffOf(edit), [
    '-     - one@dhakacart.example # on weekdays',
    '-     - two@dhakacart.example # at night',
    '+     - two@dhakacart.example # at night',
    '+     - three@dhakacart.example',
  ])
  t.equal(
    (await loadStack('prod', root)).config['dhakacart:alarmEmails'],
    '["two@dhakacart.example","three@dhakacart.example"]',
  )
})

t.test('what would be wrong is refused, and the file stays', async (t) => {
  const root = await openTestProject(t)
  const path = join(root, 'Pulumi.prod.yaml')
  const before = await readFile(path, 'utf8')
  await t.rejects(setSettings(root, 'prod', { databaseStorageGib: 1 }), /dhakacart:databaseStorageGib/)
  await t.rejects(setSettings(root, 'qa', { databaseStorageGib: 80 }), /known are prod, staging/)
  t.equal(await readFile(path, 'utf8'), before)
})

t.test('a difference is told in lines', (t) => {
  t.strictSame(diffOf({ before: 'a\nb\nc\n', after: 'a\nx\nc\n' }), ['- b', '+ x'])
  t.strictSame(diffOf({ before: 'a\n', after: 'a\nb\n' }), ['+ b'])
  t.strictSame(diffOf({ before: 'a\na\n', after: 'a\n' }), ['- a'])
  t.strictSame(diffOf({ before: 'a\n', after: 'a\n' }), [])
  t.end()
})
