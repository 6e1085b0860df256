import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { parse, stringify } from 'yaml'
import { projectConfig } from '../../settings/project-schema.ts'
import { repository } from '../../settings/stack-file.ts'

t.test('Pulumi.yaml declares what our schema says', async (t) => {
  const project = parse(await readFile(join(repository, 'Pulumi.yaml'), 'utf8'))
  const right = projectConfig()
  t.ok(Object.keys(right).length >= 30, `it makes ${Object.keys(right).length} declarations`)
  // Only types that Pulumi knows (sdk/go/common/workspace/project.json, 3.260); an array must say what its items are.
  for (const [key, { type, items }] of Object.entries(right)) {
    t.ok(['string', 'integer', 'boolean', 'array'].includes(type), `${key} is ${type}`)
    t.equal(type === 'array', items !== undefined, `${key}: an array has items`)
  }
  const same = t.strictSame(project.config, right, 'config: is made of platform/settings/schema.ts')
  if (!same) t.comment(`Pulumi.yaml should have:\n${stringify({ config: right }, { lineWidth: 120 })}`)
})

t.test('Pulumi.yaml runs the program as it is', async (t) => {
  const { config: _, description: __, ...project } = parse(await readFile(join(repository, 'Pulumi.yaml'), 'utf8'))
  t.strictSame(project.runtime, {
    name: 'nodejs',
    options: { typescript: false, packagemanager: 'npm', ...project.runtime.options },
  })
  t.equal(project.name, 'dhakacart')
  t.match(project.main, /^platform\//)
})
