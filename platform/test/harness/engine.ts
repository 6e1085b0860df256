import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Test } from 'tap'
import { findPulumi } from '../../bootstrap/pulumi-cli.ts'

const program = findPulumi(process.env)

/** Why a test that needs the real `pulumi` is skipped on this machine; false: it is not. Seen to pass with v3.260.0. */
export const pulumiMissing: string | false = program ? false : 'pulumi is neither on PATH nor in PULUMI_BIN'

/** For a test that starts pulumi again and again, on a machine that does other things too. */
export const engineTimeoutMs = 300_000

/** The environment of a pulumi that knows nobody and asks nothing; `backend` is a directory of the test's. */
export async function openPulumiHome(t: Test): Promise<{ env: NodeJS.ProcessEnv; backend: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'dhakacart-pulumi-'))
  t.teardown(() => rm(directory, { recursive: true, force: true }))
  await mkdir(join(directory, 'state'))
  const env = {
    PATH: [program && dirname(program), process.env.PATH].filter(Boolean).join(':'),
    HOME: directory,
    PULUMI_HOME: join(directory, 'home'),
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
    PULUMI_CONFIG_PASSPHRASE: '',
  }
  return { env, backend: `file://${join(directory, 'state')}` }
}
