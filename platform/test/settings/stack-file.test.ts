import t from 'tap'
import { checkSettings } from '../../settings/check.ts'
import { listStacks, loadStack } from '../../settings/stack-file.ts'

const project = 'name: dhakacart\nruntime: nodejs\n'

t.test('the stacks of the repository are right', async (t) => {
  t.strictSame(await listStacks(), ['prod', 'staging'])
  for (const stack of await listStacks()) {
    const { config, secretKeys, project } = await loadStack(stack)
    t.equal(project, 'dhakacart')
    t.ok(Object.keys(config).length >= 30, `${stack}: ${Object.keys(config).length} keys`)
    t.doesNotThrow(() => checkSettings(config, secretKeys, new Date('2026-11-21')), stack)
  }
})

// What `pulumi config --json` printed for this very file (pulumi 3.260, file backend, 2026-11-21).
t.test('values become what Pulumi makes of them', async (t) => {
  const directory = t.testdir({
    'Pulumi.yaml': `${project}config:
  number: {type: integer, default: 5}
  list: {type: array, items: {type: string}, default: []}
  short: text
  aws:region: {value: ap-southeast-1}
  other: {type: string, default: not this}`,
    'Pulumi.dev.yaml': `config:
  dhakacart:other: from the stack
  bare: 1
  dhakacart:config:old: "7"
  dhakacart:nothing:
  dhakacart:zeros: 012345678901
  dhakacart:octal: 0123
  dhakacart:hexadecimal: 0x10
  dhakacart:binary: 0b11
  dhakacart:underscore: 1_000
  dhakacart:version: 1.40
  dhakacart:small: 0.0000001
  dhakacart:scientific: 1e3
  dhakacart:yes: yes
  dhakacart:true: True
  dhakacart:date: 2027-3-5
  dhakacart:time: 2027-03-15T20:00
  dhakacart:block: |
    a
    b
  dhakacart:anchor: &anchor [a]
  dhakacart:alias: *anchor
  dhakacart:merged: {<<: {b: 1}, a: 2}
  dhakacart:deep: [{z: 0123, n: null, y: yes, d: 2027-03-15, big: 10000000, f: 1.0}]
`,
  })
  const { config, secretKeys, ownKeys, ...names } = await loadStack('dev', directory)
  t.strictSame(names, { project: 'dhakacart', stack: 'dev' })
  t.strictSame(config, {
    'aws:region': 'ap-southeast-1',
    'dhakacart:alias': '["a"]',
    'dhakacart:anchor': '["a"]',
    'dhakacart:bare': '1',
    'dhakacart:binary': '3',
    'dhakacart:block': 'a\nb\n',
    'dhakacart:date': '2027-03-05 00:00:00 +0000 UTC',
    'dhakacart:deep': '[{"big":10000000,"d":"2027-03-15 00:00:00 +0000 UTC","f":1,"n":null,"y":"yes","z":83}]',
    'dhakacart:hexadecimal': '16',
    'dhakacart:list': '[]',
    'dhakacart:merged': '{"a":2,"b":1}',
    'dhakacart:nothing': '',
    'dhakacart:number': '5',
    'dhakacart:octal': '83',
    'dhakacart:old': '7',
    'dhakacart:other': 'from the stack',
    'dhakacart:scientific': '1000',
    'dhakacart:short': 'text',
    'dhakacart:small': '1e-7',
    'dhakacart:time': '2027-03-15T20:00',
    'dhakacart:true': 'true',
    'dhakacart:underscore': '1000',
    'dhakacart:version': '1.4',
    'dhakacart:yes': 'yes',
    'dhakacart:zeros': '12345678901',
  })
  t.strictSame(secretKeys, [])
  t.ok(ownKeys.includes('dhakacart:bare') && !ownKeys.includes('dhakacart:number'))
})

t.test('an encrypted value is marked and not there', async (t) => {
  const directory = t.testdir({
    'Pulumi.yaml': project,
    'Pulumi.dev.yaml': `secretsprovider: awskms://alias/dhakacart-dev
encryptedkey: AQICAHh=
config:
  dhakacart:token: {secure: AAABciphertext}
  dhakacart:deep: {a: [{secure: AAABciphertext}], b: 1}
  dhakacart:plain: {secure: x, other: y}
`,
  })
  const { config, secretKeys } = await loadStack('dev', directory)
  t.strictSame(secretKeys, ['dhakacart:deep', 'dhakacart:token'])
  t.strictSame(config, {
    'dhakacart:deep': '{"a":["[secret]"],"b":1}',
    'dhakacart:plain': '{"other":"y","secure":"x"}',
    'dhakacart:token': '[secret]',
  })
})

t.test('what is wrong with a file is one sentence', async (t) => {
  const directory = t.testdir({
    'Pulumi.yaml': project,
    'Pulumi.open.yaml': 'config:\n  dhakacart:list: [1\n',
    'Pulumi.twice.yaml': 'config:\n  dhakacart:a: 1\n  dhakacart:a: 2\n',
    'Pulumi.tab.yaml': 'config:\n\tdhakacart:a: 1\n',
    'Pulumi.list.yaml': '- a\n',
    'Pulumi.listed.yaml': 'config: [1]\n',
    'Pulumi.typo.yaml': 'confg:\n  dhakacart:a: 1\n',
    'Pulumi.folder.yaml': {},
    'Pulumi.empty.yaml': '',
  })
  const sentences: Record<string, RegExp> = {
    nowhere: /^There is no stack "nowhere" in .*; known are empty, folder, list, listed, open, tab, twice, typo\.$/,
    '../x': /^There is no stack "..\/x" in /,
    open: /^Pulumi\.open\.yaml is not YAML: .* at line \d+, column \d+\.$/,
    twice: /^Pulumi\.twice\.yaml is not YAML: Map keys must be unique at line 3, column 3\.$/,
    tab: /^Pulumi\.tab\.yaml is not YAML: .*\.$/,
    list: /^Pulumi\.list\.yaml must be a map of keys to values, and is \["a"\]\.$/,
    listed: /^config of Pulumi\.listed\.yaml must be a map of keys to values, and is \[1\]\.$/,
    typo: /^Pulumi\.typo\.yaml has confg, which Pulumi does not read; did you mean config\?$/,
    folder: /^Pulumi\.folder\.yaml cannot be read \(EISDIR\): .* must be a file of YAML\.$/,
  }
  for (const [stack, sentence] of Object.entries(sentences)) {
    const error = await loadStack(stack, directory).catch((error: Error) => error)
    t.type(error, Error, stack)
    const { name, message } = error as Error
    t.equal(name, 'StackFileError')
    t.match(message, sentence)
    t.notMatch(message, '\n', 'one line')
  }
  t.strictSame((await loadStack('empty', directory)).config, {}, 'an empty file is a stack with defaults only')
})

t.test('a project file that is missing or nameless is one sentence too', async (t) => {
  const missing = t.testdir({
    none: { 'Pulumi.a.yaml': '' },
    nameless: { 'Pulumi.a.yaml': '', 'Pulumi.yaml': 'runtime: nodejs' },
  })
  await t.rejects(loadStack('a', `${missing}/none`), { message: /^Pulumi\.yaml cannot be read \(ENOENT\)/ })
  await t.rejects(loadStack('a', `${missing}/nameless`), {
    message: 'Pulumi.yaml has no name; it must say name: dhakacart.',
  })
  await t.rejects(loadStack('b', `${missing}/none`), { message: /known are a\.$/ })
  t.strictSame(await listStacks(missing), [])
})
