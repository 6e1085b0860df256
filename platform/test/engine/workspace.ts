import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { repository } from '../../settings/stack-file.ts'
import { plantedEnvironment } from '../harness/planted.ts'

/** A throw-away copy of the tree with a state of its own: `pulumi stack init` writes into the settings files. */
export interface Workspace {
  root: string
  /** Where everything is: the tree, the state, the event logs, the engine's own home. */
  home: string
  /** What `pulumi` needs in its environment to stay inside, and secrets that must not get out of it; one of them is the passphrase of the state. */
  environment: Record<string, string>
  remove(): Promise<void>
}

/** What the program consists of; the rest of the tree is not needed to run it. */
const parts = ['Pulumi.yaml', 'Pulumi.staging.yaml', 'Pulumi.prod.yaml', 'package.json', 'tsconfig.json', 'platform']

/** Copies the tree as it is on disk, without its tests; of what lies beside the engine only its host of Node programs comes along. */
export async function makeWorkspace(bin: string): Promise<Workspace> {
  const home = await mkdtemp(join(tmpdir(), 'dhakacart-engine-'))
  const root = join(home, 'tree')
  const tests = join(repository, 'platform', 'test')
  for (const part of parts) {
    const filter = (path: string) => path !== tests && basename(path) !== 'node_modules'
    await cp(join(repository, part), join(root, part), { recursive: true, filter })
  }
  for (const link of ['node_modules', 'service']) await symlink(join(repository, link), join(root, link))
  for (const directory of ['state', 'bin']) await mkdir(join(home, directory))
  const host = join(dirname(bin), 'pulumi-language-nodejs')
  if (isAbsolute(bin) && existsSync(host)) await symlink(host, join(home, 'bin', 'pulumi-language-nodejs'))
  const environment = {
    ...plantedEnvironment,
    PULUMI_HOME: join(home, 'home'),
    PULUMI_BACKEND_URL: `file://${join(home, 'state')}`,
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
    PULUMI_DEBUG_COMMANDS: 'true',
    NO_COLOR: '1',
  }
  return { root, home, environment, remove: () => rm(home, { recursive: true, force: true }) }
}
