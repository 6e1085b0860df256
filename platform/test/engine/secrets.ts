import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Test } from 'tap'
import { keepsValue, passwordsIn, planted, plantedIn } from '../harness/planted.ts'
import type { Engine } from './engine.ts'
import type { Phase } from './phase.ts'
import type { Workspace } from './workspace.ts'

interface State {
  urn: string
  type: string
  inputs?: Record<string, unknown>
  outputs?: Record<string, unknown>
}

const cluster = 'aws:eks/cluster:Cluster'

/** What is planted reaches the program: without that, it could not get out of it either. */
async function assertReached(t: Test, engine: Engine, { home }: Workspace): Promise<void> {
  const file = join(home, 'witness.json')
  const witness = new URL('witness.js', import.meta.url).href
  await engine.must('preview', [], { environment: { NODE_OPTIONS: `--import=${witness}`, WITNESS_FILE: file } })
  const seen = plantedIn(await readFile(file, 'utf8'))
  await rm(file)
  t.strictSame(
    seen,
    planted.map(({ name }) => name),
    `the program has all ${planted.length} canaries in its environment`,
  )
}

/** Every file that the commands so far have left behind: states, their history, event logs, the stack's settings, the engine's home. */
async function leftBehind({ home }: Workspace): Promise<{ path: string; text: string }[]> {
  const entries = await readdir(home, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  return Promise.all(files.map(async (path) => ({ path, text: await readFile(path, 'utf8') })))
}

/** No secret has got out by way of the environment, and no resource is there that would keep one. */
export const secrets: Phase = async (t, { engine, workspace }) => {
  await assertReached(t, engine, workspace)

  const shown = async (command: string, args: string[]) => (await engine.must(command, args, { events: false })).stdout
  const state = await shown('stack export', ['--show-secrets'])
  const texts = {
    'the state': await shown('stack export', []),
    'the state with its secrets in the clear': state,
    'the outputs': await shown('stack output', ['--json', '--show-secrets']),
    'the settings': await shown('config', ['--json', '--show-secrets']),
  }
  for (const [name, text] of Object.entries(texts)) {
    t.ok(text.length > 500, `${name}: ${text.length} characters`)
    t.strictSame(plantedIn(text), [], `no canary is in ${name}`)
  }

  const files = await leftBehind(workspace)
  const logs = files.filter(({ path, text }) => /events-[^/]*\.json$/.test(path) && text.includes(cluster))
  const states = files.filter(({ path, text }) => path.includes('/state/') && text.includes(cluster))
  t.ok(logs.length > 8 && states.length > 4, `${logs.length} event logs and ${states.length} states, old and new`)
  t.strictSame(
    files.flatMap(({ path, text }) => plantedIn(text).map((name) => `${name} in ${path}`)),
    [],
    `no canary is in any of ${files.length} files`,
  )

  const { resources } = (JSON.parse(state) as { deployment: { resources: State[] } }).deployment
  t.ok(resources.length > 200, `${resources.length} resources`)
  t.strictSame(
    resources.flatMap(({ type, urn }) => (keepsValue(type) ? [urn] : [])),
    [],
    'no resource makes or keeps a value',
  )
  t.strictSame(
    resources.flatMap(({ urn, inputs, outputs }) => passwordsIn({ inputs, outputs }).map((path) => urn + path)),
    [],
    'no property holds a password',
  )
}
