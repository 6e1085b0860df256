import { existsSync, readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import t, { type Test } from 'tap'
import { repository } from '../../settings/stack-file.ts'
import type { CommandContext } from '../../terminal/run-command.ts'
import { runHere } from '../harness/command.ts'
import { planned } from '../harness/graphs.ts'

type Command = (context: CommandContext) => Promise<number>

const pages: string[] = []
for await (const page of glob('runbooks/*.md', { cwd: repository })) pages.push(page)
pages.sort()

const textOf = (page: string) => readFileSync(join(repository, page), 'utf8')
const every = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')

/** `stuck-state` as its script names it: `stuckState`. */
const functionOf = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

/** The options that a script's own help tells of. */
async function helpOf(t: Test, name: string): Promise<string> {
  const module = (await import(pathToFileURL(join(repository, 'runbooks', `${name}.ts`)).href)) as Record<
    string,
    Command
  >
  const command = module[functionOf(name)]
  if (!command) throw new Error(`runbooks/${name}.ts exports no ${functionOf(name)}`)
  const { code, stdout } = await runHere(command, { argv: ['--help'], root: repository })
  t.equal(code, 0, `${name} --help`)
  return stdout
}

t.test(
  'every page has a script beside it, whose help says how it is started and what its exit codes mean',
  async (t) => {
    const named = pages.map((page) => basename(page, '.md')).filter((name) => name !== 'README')
    t.ok(named.length >= 8, `${named.length} pages`)
    for (const name of named) {
      const help = await helpOf(t, name)
      t.match(help, `Usage: npm run runbook -- runbooks/${name}.ts `)
      t.match(help, /Exit codes: 0 /, name)
      t.match(textOf('runbooks/README.md'), `| [${name}](${name}.md) | `, 'the README has it')
    }
  },
)

t.test('every command for a script, on a page or in a script, has options that its help tells of', async (t) => {
  const texts: [string, string][] = []
  for (const pattern of ['runbooks/**/*.{md,ts}', 'README.md', 'platform/**/*.md', 'platform/bootstrap/**/*.ts']) {
    for await (const file of glob(pattern, { cwd: repository })) texts.push([file, textOf(file)])
  }
  let commands = 0
  const helps = new Map<string, string>()
  for (const [file, text] of texts) {
    for (const [, name = '', rest = ''] of text.matchAll(/npm run runbook -- runbooks\/([a-z-]+)\.ts([^`'\n]*)/g)) {
      if (name === 'NAME') continue
      commands += 1
      const help = helps.get(name) ?? (await helpOf(t, name))
      helps.set(name, help)
      for (const option of every(rest, /(--[a-z-]+)/g)) {
        t.match(help, new RegExp(`[\\s[]${option}\\b`), `${file}: runbooks/${name}.ts ${option}`)
      }
    }
  }
  t.ok(commands >= 20, `${commands} commands`)
})

t.test('every file of a runbook that a page or an alarm names is there', async (t) => {
  let files = 0
  for (const page of pages) {
    for (const file of every(textOf(page), /\b(runbooks\/[a-z/-]+\.(?:md|ts|sql))/g)) {
      files += 1
      t.ok(existsSync(join(repository, file)), `${page} names ${file}`)
    }
  }
  t.ok(files >= 20, `${files} files`)
  let alarms = 0
  for (const stack of ['staging', 'prod']) {
    const { resources } = await planned({ stack, mode: 'applied' })
    t.ok(resources.length > 100, `${resources.length} resources`)
    for (const { urn, inputs } of resources) {
      for (const file of every(JSON.stringify(inputs), /\b(runbooks\/[\w/-]+\.\w+)/g)) {
        alarms += 1
        t.ok(existsSync(join(repository, file)), `${urn.split('::').at(-1)} names ${file}`)
      }
    }
  }
  t.ok(alarms >= 10, `${alarms} times`)
})

t.test('each page that an alarm calls for is named by one', async (t) => {
  const { resources } = await planned({ stack: 'prod', mode: 'applied' })
  const alarms = resources.filter(({ type }) => type === 'aws:cloudwatch/metricAlarm:MetricAlarm')
  t.ok(alarms.length >= 10, `${alarms.length} alarms`)
  for (const page of ['storage-full', 'too-many-connections', 'failover']) {
    const calling = alarms.filter(({ inputs }) => String(inputs.alarmDescription).includes(`runbooks/${page}.md`))
    t.ok(calling.length > 0, page)
  }
})
