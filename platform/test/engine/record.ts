/*
 * Records what a real engine says of our program, for tests that have none: `node platform/test/engine/record.ts`, with PULUMI_BIN or a
 * pulumi on PATH. What it writes, and how it is masked, is in platform/test/recorded/README.md.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { repository } from '../../settings/stack-file.ts'
import { Engine, findEngine } from './engine.ts'
import { type EngineEvent, readEvents } from './events.ts'
import { startStubs } from './stubs.ts'
import { makeWorkspace } from './workspace.ts'

const recorded = new URL('../recorded/', import.meta.url)

/** Times, durations and paths are of this machine and this minute. */
function masked(text: string, root: string): string {
  return (
    text
      .replaceAll(root, '/tree')
      // Source positions lead out of the throw-away tree by its links into the repository.
      .replaceAll(`file:${repository}`, '/tree')
      .replaceAll(`/../../..${repository}`, '/..')
      .replaceAll(repository, '/tree')
      .replace(/"timestamp":\s*\d+/g, '"timestamp":0')
      .replace(/"durationSeconds":\s*\d+/g, '"durationSeconds":0')
      .replace(/"duration":\s*\d+/g, '"duration":0')
      .replace(/"(time|created|modified)":\s*"\d{4}-[^"]*"/g, '"$1":"1970-01-01T00:00:00Z"')
  )
}

const write = (name: string, text: string) => writeFile(new URL(`${name}.gz`, recorded), gzipSync(text, { level: 9 }))

const found = await findEngine()
if (!found) throw new Error('There is no pulumi on PATH, and PULUMI_BIN names none')
await mkdir(recorded, { recursive: true })
const stubs = await startStubs()
const workspace = await makeWorkspace(found.bin)

/** Keeps the events of one command; the progress of a preview or an update is not in them. */
async function keep(name: string, events: EngineEvent[]): Promise<void> {
  const lines = readEvents(events.map((event) => JSON.stringify(event)).join('\n')).filter(
    ({ stdoutEvent, progressEvent }) => !stdoutEvent && !progressEvent,
  )
  await write(
    `${name}.events.jsonl`,
    masked(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n`, workspace.root),
  )
}

async function record(stack: 'staging' | 'prod'): Promise<void> {
  const engine = new Engine({ bin: found?.bin ?? '', workspace, stubs: stubs.ports, stack })
  const set = (key: string, value: string) => engine.must('config set', [`dhakacart:${key}`, value], { events: false })
  const digest = async (name: string) => {
    const { stdout, events } = await engine.run('preview', ['--json'])
    await write(`${stack}-${name}.preview.json`, masked(stdout, workspace.root))
    await keep(`${stack}-${name}.preview`, events)
  }
  const up = async (name: string) =>
    keep(`${stack}-${name}.up`, (await engine.run('up', ['--yes', '--skip-preview'])).events)
  await engine.must('stack init', [], { events: false })
  await digest('create')
  await up('create')
  await digest('no-change')
  await set('flowLogRetentionDays', '120')
  await digest('update')
  await up('update')
  await set('clusterServiceCidr', '172.21.0.0/16')
  await digest('replacement')
  await set('clusterServiceCidr', '172.20.0.0/16')
  await set('door', 'false')
  await digest('delete')
  if (stack === 'prod') return
  await up('delete')
  await set('door', 'true')
  stubs.cloud.failNext((urn) => urn.includes('aws:autoscaling/group:Group'), 'api error InsufficientInstanceCapacity')
  await up('failure')
  await keep(`${stack}.destroy`, (await engine.must('destroy', ['--yes', '--skip-preview'])).events)
}

try {
  const stacks = process.argv.slice(2)
  for (const stack of ['staging', 'prod'] as const)
    if (stacks.length === 0 || stacks.includes(stack)) await record(stack)
} finally {
  await stubs.close()
  await workspace.remove()
}
