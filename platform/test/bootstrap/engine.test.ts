import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { bootstrap } from '../../bootstrap/bootstrap.ts'
import { currentBackend, openPulumi } from '../../bootstrap/pulumi-cli.ts'
import { loadStack } from '../../settings/stack-file.ts'
import { openTestAws } from '../harness/aws.ts'
import { runHere } from '../harness/command.ts'
import { engineTimeoutMs, openPulumiHome, pulumiMissing } from '../harness/engine.ts'
import { motoMissing } from '../harness/moto.ts'
import { openTestProject } from '../harness/project.ts'

t.test(
  'the bootstrap with a real pulumi',
  { skip: motoMissing || pulumiMissing, timeout: engineTimeoutMs },
  async (t) => {
    const aws = await openTestAws()
    t.teardown(() => aws.stop())
    Object.assign(process.env, aws.env)
    t.beforeEach(() => aws.reset())
    const secretsProvider = 'awskms://alias/dhakacart-staging-pulumi?region=ap-southeast-1'

    for (const kind of ['the state bucket', 'a directory'] as const) {
      t.test(`logs in to ${kind} and makes the stack there`, async (t) => {
        const root = await openTestProject(t)
        const home = await openPulumiHome(t)
        const env = { ...home.env, ...aws.env }
        const backend =
          kind === 'a directory'
            ? home.backend
            : 's3://dhakacart-123456789012-ap-southeast-1-state?region=ap-southeast-1'
        const argv = ['--stack', 'staging', ...(kind === 'a directory' ? ['--backend', backend] : [])]
        const file = join(root, 'Pulumi.staging.yaml')
        const { config } = await loadStack('staging', root)

        const first = await runHere(bootstrap, { argv: [...argv, '--yes'], root, env })
        t.equal(first.code, 0, first.stderr)
        t.match(first.stdout, /16\/16 Pulumi stack: pulumi stack init staging .* done/)
        t.equal(await currentBackend(env), backend)
        const after = await readFile(file, 'utf8')
        // Pulumi puts quotes around numbers and booleans when it writes; what a program is handed stays the same.
        t.same((await loadStack('staging', root)).config, config, 'its settings are what they were')
        t.match(after, `secretsprovider: ${secretsProvider}`)
        t.match(after, /^encryptedkey: \S{40,}$/m)

        const second = await runHere(bootstrap, { argv, root, env })
        t.equal(second.code, 0, second.stderr)
        t.match(second.stdout, /present .* Pulumi stack.*\n\nNothing to do/)

        const pulumi = openPulumi({ env, root, backend })
        await pulumi?.run(['config', 'set', '--secret', 'dhakacart:probe', 'hunter2', '-s', 'staging'])
        t.notMatch(await readFile(file, 'utf8'), 'hunter2')
        t.equal(
          (await pulumi?.run(['config', 'get', 'dhakacart:probe', '-s', 'staging']))?.trim(),
          'hunter2',
          'the key works',
        )
      })
    }

    t.test('refuses to make a stack whose file holds secrets of another key', async (t) => {
      const root = await openTestProject(t)
      const home = await openPulumiHome(t)
      const env = { ...home.env, ...aws.env }
      const argv = ['--stack', 'staging', '--backend', home.backend]
      await appendFile(join(root, 'Pulumi.staging.yaml'), '\nsecretsprovider: passphrase\n')
      const { code, stderr } = await runHere(bootstrap, { argv: [...argv, '--yes'], root, env })
      t.equal(code, 1)
      t.match(
        stderr,
        'Pulumi.staging.yaml says secretsprovider: passphrase, and the stack would be made with awskms://',
      )
      t.same(aws.changes(), [])
    })

    t.test('says what is missing from the file of a stack that exists', async (t) => {
      const root = await openTestProject(t)
      const home = await openPulumiHome(t)
      const env = { ...home.env, ...aws.env }
      const argv = ['--stack', 'staging', '--backend', home.backend]
      await runHere(bootstrap, { argv: [...argv, '--yes'], root, env })
      const fresh = await openTestProject(t)
      const { stdout, code } = await runHere(bootstrap, { argv, root: fresh, env })
      t.equal(code, 0)
      t.match(stdout, 'Pulumi.staging.yaml lacks the lines secretsprovider and encryptedkey')
    })

    t.test('says what Pulumi said when it fails', async (t) => {
      const root = await openTestProject(t)
      const home = await openPulumiHome(t)
      const env = { ...home.env, ...aws.env }
      const argv = ['--stack', 'staging', '--backend', 'file:///nonexistent/state', '--yes']
      const { code, stderr } = await runHere(bootstrap, { argv, root, env })
      t.equal(code, 1)
      t.match(stderr, /^pulumi stack ls --json failed: error: .*\/nonexistent\/state/)
      t.same(aws.changes(), [], 'before anything is made')
    })
  },
)
