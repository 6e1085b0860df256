import { existsSync, readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import t from 'tap'
import { repository } from '../settings/stack-file.ts'

const pages = async () => {
  const found = []
  for (const pattern of ['README.md', 'platform/*.md', 'platform/decisions/*.md', 'runbooks/*.md']) {
    for await (const page of glob(pattern, { cwd: repository })) found.push(join(repository, page))
  }
  return found
}

const every = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')

t.test('every page that a page points at is there', async (t) => {
  const all = await pages()
  t.ok(all.length >= 10, `${all.length} pages`)
  let links = 0
  for (const page of all) {
    for (const link of every(readFileSync(page, 'utf8'), /\]\((?!https?:|#)([^)#]+)/g)) {
      links += 1
      t.ok(existsSync(join(dirname(page), link)), `${relative(repository, page)} points at ${link}`)
    }
  }
  t.ok(links >= 12, `${links} links`)
})

t.test('every command that a page names is one', async (t) => {
  const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { scripts: object }
  let commands = 0
  for (const page of await pages()) {
    for (const name of every(readFileSync(page, 'utf8'), /npm run ([a-z][a-z:-]*)/g)) {
      commands += 1
      t.ok(name in manifest.scripts, `${relative(repository, page)} names npm run ${name}`)
    }
  }
  t.ok(commands >= 12, `${commands} commands`)
})

t.test('every decision has the parts that a decision has', async (t) => {
  const decisions = (await pages()).filter((page) => page.includes('/decisions/'))
  t.ok(decisions.length >= 5, `${decisions.length} decisions`)
  for (const page of decisions) {
    const text = readFileSync(page, 'utf8')
    for (const part of ['Context', 'Choice', 'Price', 'Way out']) {
      t.ok(text.includes(`**${part}.**`), `${relative(repository, page)} says its ${part.toLowerCase()}`)
    }
  }
})
