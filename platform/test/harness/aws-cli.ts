import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'

/** A program called `aws` that answers what a test tells it to, and nothing of AWS. */
export interface PretendedCli {
  /** An environment whose PATH has this program and no other. */
  env: NodeJS.ProcessEnv
  /** Answers by service and operation: `eks describe-cluster`. What has none fails, as without a permission. */
  answer(answers: Record<string, unknown>): Promise<void>
  /** The commands so far, as words. */
  calls(): Promise<string[][]>
}

export async function openPretendedCli(t: Test): Promise<PretendedCli> {
  const directory = await mkdtemp(join(tmpdir(), 'dhakacart-aws-'))
  t.teardown(() => rm(directory, { recursive: true, force: true }))
  const [answers, calls] = [join(directory, 'answers.json'), join(directory, 'calls')]
  const program = `#!${process.execPath}
const { appendFileSync, readFileSync } = require('node:fs')
const words = process.argv.slice(2)
appendFileSync(${JSON.stringify(calls)}, JSON.stringify(words) + '\\n')
const answer = JSON.parse(readFileSync(${JSON.stringify(answers)}, 'utf8'))[words.slice(0, 2).join(' ')]
if (answer === undefined) { console.error('AccessDenied'); process.exit(254) }
console.log(JSON.stringify(answer))
`
  await writeFile(join(directory, 'aws'), program)
  await chmod(join(directory, 'aws'), 0o755)
  await writeFile(calls, '')
  await writeFile(answers, '{}')
  return {
    env: { PATH: directory },
    answer: (all) => writeFile(answers, JSON.stringify(all)),
    calls: async () =>
      (await readFile(calls, 'utf8'))
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
  }
}
