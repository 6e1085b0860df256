import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'
import { repository } from '../../settings/stack-file.ts'
import { motoAccount } from './moto.ts'

export interface TestProjectOptions {
  accountId?: string
  region?: string
}

/** Our own Pulumi.yaml and stack files in a directory of the test's, with an account that the test has. */
export async function openTestProject(t: Test, options: TestProjectOptions = {}): Promise<string> {
  const { accountId = motoAccount, region = 'ap-southeast-1' } = options
  const directory = await mkdtemp(join(tmpdir(), 'dhakacart-project-'))
  t.teardown(() => rm(directory, { recursive: true, force: true }))
  for (const file of ['Pulumi.yaml', 'Pulumi.staging.yaml', 'Pulumi.prod.yaml']) {
    const content = await readFile(join(repository, file), 'utf8')
    const ours = content.replace(/111111111111|222222222222/g, accountId).replaceAll('ap-southeast-1', region)
    await writeFile(join(directory, file), ours)
  }
  return directory
}
