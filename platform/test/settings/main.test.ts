import { execFile } from 'node:child_process'
import { join } from 'node:path'
import t from 'tap'
import { repository } from '../../settings/stack-file.ts'
import { formatRows, settingRows } from '../../settings/table.ts'
import { asConfig, rightSettings } from './cases.ts'

interface Run {
  code: number
  out: string
  err: string
}

function run(...args: string[]): Promise<Run> {
  const main = join(repository, 'platform/settings/main.ts')
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { env: { PATH: process.env.PATH } }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err })
    })
  })
}

t.test('it prints every setting, with the value in each stack', async (t) => {
  const { code, out, err } = await run()
  t.equal(code, 0, err)
  for (const key of Object.keys(rightSettings)) t.match(out, key === 'region' ? 'aws:region' : `dhakacart:${key}\n`)
  t.match(out, '* prod: onePerZone')
  t.match(out, '* staging: one\n')
  t.match(out, 'Default: must be set')
  t.notMatch(out, String.fromCharCode(27), 'no colours where no terminal is')
  t.match(out, /\d+ settings; \d+ of them, marked \*, differ between the stacks\./)
})

t.test('it prints one stack, and JSON', async (t) => {
  const { code, out } = await run('staging', '--json')
  t.equal(code, 0)
  const { settings, problems } = JSON.parse(out)
  t.ok(settings.length >= 30)
  t.match(
    settings.find(({ key }: { key: string }) => key === 'dhakacart:natGateways'),
    {
      type: 'string',
      allowed: 'one or onePerZone',
      default: 'onePerZone',
      part: 'network',
      values: { staging: 'one' },
      differs: false,
    },
  )
  t.strictSame(problems, { staging: [] })
})

t.test('it says all that is wrong, and exits with 1', async (t) => {
  const directory = t.testdir({
    'Pulumi.yaml': 'name: dhakacart\n',
    'Pulumi.dev.yaml': 'config: {dhakacart:natGateways: two, dhakacart:doors: true, aws:profile: x}',
    'Pulumi.torn.yaml': 'config: {',
  })
  const { code, out, err } = await run('dev', '--directory', directory)
  t.equal(code, 1)
  t.match(out, 'dev: two', 'the table is there all the same')
  t.match(err, 'Pulumi.dev.yaml: dhakacart:natGateways: "two" is not allowed; use one or onePerZone\n')
  t.match(err, 'Pulumi.dev.yaml: dhakacart:doors is not known, and set to "true"; did you mean door?\n')
  t.match(err, 'Pulumi.dev.yaml: aws:region is not set; use a region, such as ap-southeast-1\n')
  t.match(err, 'Pulumi.dev.yaml, a warning: aws:profile is ignored')
  for (const [args, sentence] of [
    [['torn', '--directory', directory], /^Pulumi\.torn\.yaml is not YAML: .*\n$/],
    [['qa', '--directory', directory], /^There is no stack "qa" in .*; known are dev, torn\.\n$/],
    [
      ['--directory', t.testdirName.replace(/[^/]*$/, 'nowhere')],
      / cannot be read \(ENOENT\); it must be a directory with Pulumi\.yaml\.\n$/,
    ],
    [['--jsn'], /^Unknown option '--jsn'/],
  ] as const) {
    const wrong = await run(...args)
    t.equal(wrong.code, 1, args.join(' '))
    t.match(wrong.err, sentence)
    t.equal(wrong.err.trim().split('\n').length, 1, 'one sentence')
    t.equal(wrong.out, '')
  }
})

t.test('it helps', async (t) => {
  const { code, out } = await run('--help')
  t.equal(code, 0)
  t.match(out, 'Usage: npm run settings')
})

t.test('it fits terminals of 80 and of 200 columns', async (t) => {
  const column = (stack: string) => ({ stack, config: asConfig(rightSettings), secretKeys: [] })
  const other = { stack: 'b', config: { ...asConfig(rightSettings), 'dhakacart:door': 'false' }, secretKeys: [] }
  const rows = settingRows([column('a'), other])
  t.strictSame(
    rows.filter(({ differs }) => differs).map(({ key }) => key),
    ['dhakacart:door'],
  )
  for (const width of [80, 150, 200]) {
    const lines = formatRows(rows, ['a', 'b'], { width, colour: false }).split('\n')
    t.ok(lines.length > 30, `${lines.length} lines`)
    t.strictSame(
      lines.filter(({ length }) => length > width),
      [],
      `${width} columns`,
    )
  }
  t.match(
    formatRows(rows, ['a', 'b'], { width: 80, colour: true }),
    String.fromCharCode(27),
    'colours where they are asked for',
  )
})
