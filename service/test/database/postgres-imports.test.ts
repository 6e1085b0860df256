import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'

const source = join(import.meta.dirname, '../../src')
// Everybody else goes through `Database`, whose gate and deadlines would otherwise be passed by. Types may be imported anywhere.
const importsDriver = /^import (?!type\b)(?:[\w*\s,]|\{[^}]*\})+ from 'postgres'|(?:import|require)\('postgres'\)/m
const mayConnect = /^(database|embedded)\//

test('only the database access and the embedded server use the driver', async (t) => {
  const users: string[] = []
  for await (const path of glob('**/*.{ts,js}', { cwd: source })) {
    const text = await readFile(join(source, path), 'utf8')
    if (importsDriver.test(text)) users.push(path)
  }
  t.ok(users.includes('database/client.ts'), 'the search finds users')
  t.strictSame(
    users.filter((path) => !mayConnect.test(path)),
    [],
  )
})
