import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import t from 'tap'
import { firstDeployment } from '../../../runbooks/first-deployment.ts'
import { bootstrap } from '../../bootstrap/bootstrap.ts'
import { findPulumi } from '../../bootstrap/pulumi-cli.ts'
import { secrets } from '../../secrets/secrets.ts'
import { secretId, secretTable } from '../../secrets/table.ts'
import { openTestAws } from '../harness/aws.ts'
import { runHere } from '../harness/command.ts'
import { engineTimeoutMs, openPulumiHome, pulumiMissing } from '../harness/engine.ts'
import { motoMissing } from '../harness/moto.ts'
import { openTestProject } from '../harness/project.ts'

// Beyond the half minute that a test gets when Node runs this file without tap's own runner.
t.setTimeout(engineTimeoutMs)

t.test('says which tool is missing, or too old', async (t) => {
  const root = await openTestProject(t)
  const bin = join(root, 'bin')
  const run = (env: NodeJS.ProcessEnv) => runHere(firstDeployment, { argv: ['--stack', 'staging'], root, env })
  const none = await run({ PATH: bin })
  t.match(none, {
    code: 1,
    stdout: /^not yet {2}tools: pulumi is neither on PATH nor in PULUMI_BIN\n\nNext: install it/,
  })
  await tool(bin, 'pulumi', 'echo v3.100.0')
  const old = await run({ PATH: `${bin}:/usr/bin:/bin` })
  t.match(old, { code: 1, stdout: /tools: pulumi is v3\.100\.0, and must be at least v3\.260/ })
  await tool(bin, 'pulumi', 'echo v3.300.1')
  const noAws = await run({ PATH: bin })
  t.match(noAws, { code: 1, stdout: /tools: the AWS CLI is not on PATH/ })
  t.match(await runHere(firstDeployment, { argv: ['--help'], root }), { code: 0, stdout: /^Usage: npm run runbook/ })
  t.match(await runHere(firstDeployment, { argv: [], root }), { code: 1, stderr: /^Which stack/ })
  t.match(await runHere(firstDeployment, { argv: ['--stack', 'qa'], root }), {
    code: 1,
    stderr: /known are prod, staging/,
  })
})

t.test(
  'leads from an empty account to a stack that stands',
  { skip: motoMissing || pulumiMissing, timeout: engineTimeoutMs },
  async (t) => {
    const aws = await openTestAws()
    t.teardown(() => aws.stop())
    Object.assign(process.env, aws.env)
    const root = await openTestProject(t, { accountId: '111111111111' })
    const file = join(root, 'Pulumi.staging.yaml')
    const change = async (from: string | RegExp, to: string) => {
      const text = await readFile(file, 'utf8')
      t.match(text, from)
      await writeFile(file, text.replaceAll(typeof from === 'string' ? from : new RegExp(from, 'g'), to))
    }
    const home = await openPulumiHome(t)
    const bin = join(root, 'bin')
    await tool(bin, 'aws', 'echo aws-cli/2.30.0 Python/3.13')
    const env = { ...home.env, ...aws.env, PATH: `${bin}:${home.env.PATH}`, PULUMI_BACKEND_URL: home.backend }
    const argv = ['--stack', 'staging', '--address', '198.51.100.4']
    const next = async (pattern: RegExp) => {
      const { code, stdout, stderr } = await runHere(firstDeployment, { argv, root, env })
      t.equal(stderr, '')
      t.match(stdout, pattern)
      t.equal(code, 1)
      return stdout
    }

    t.match(
      await next(/not yet {2}settings: .*accountId.*\n\nNext: put your own/),
      /ok {7}tools: pulumi v3\.\S+, aws-cli\/2\.30\.0/,
    )
    await change('111111111111', '210987654321')
    await change(/\.example/, '.com.bd')
    await next(
      /not yet {2}credentials: These credentials are of account 123456789012.*\n\nNext: sign in to account 210987654321/,
    )
    await change('210987654321', '123456789012')
    await next(/not yet {2}bootstrap: .*\n\nNext: npm run bootstrap -- --stack staging/)
    const made = await runHere(bootstrap, {
      argv: ['--stack', 'staging', '--yes', '--backend', home.backend],
      root,
      env,
    })
    t.equal(made.code, 0, made.stderr)
    const stdout = await next(
      /not yet {2}way in: .* will be private, and this machine is 198\.51\.100\.4\n\nNext: set .*\[198\.51\.100\.4\/32\]/,
    )
    t.match(stdout, /ok {7}plan: 1\d\d resources/)
    await change(
      /\n {2}dhakacart:costCentre/,
      '\n  dhakacart:clusterPublicAccessCidrs: [8.8.4.4/32]\n  dhakacart:costCentre',
    )
    await next(/not yet {2}way in: .* open to 8\.8\.4\.4\/32 only, and this machine is 198/)
    argv.splice(-1, 1, '8.8.4.4')
    await next(
      /not yet {2}deployment: nothing is there yet\n\nNext: pulumi preview -s staging, then pulumi up -s staging\n$/,
    )

    // In the place of an `up`: what its state would say, and the secrets that it would declare.
    const real = findPulumi(process.env)
    const exported = '{"deployment":{"resources":[{"urn":"urn:x::cluster","type":"aws:eks/cluster:Cluster"}]}}'
    await tool(bin, 'pulumi', `case "$*" in *export*) echo '${exported}';; *) exec ${real} "$@";; esac`)
    Object.assign(env, { PULUMI_BIN: join(bin, 'pulumi') })
    const manager = new SecretsManagerClient({ region: 'ap-southeast-1' })
    t.teardown(() => manager.destroy())
    for (const row of secretTable) await manager.send(new CreateSecretCommand({ Name: secretId('staging', row) }))
    await next(
      /ok {7}deployment: 1 resources\nnot yet {2}secrets: jwt-keys is empty\n\nNext: npm run secrets -- --stack staging/,
    )
    t.equal((await runHere(secrets, { argv: ['--stack', 'staging', '--yes'], root, env })).code, 0)
    await next(/not yet {2}closed: .* still open to 8\.8\.4\.4\/32\n\nNext: runbooks\/closing-the-endpoint\.md/)
    await change(/\n {2}dhakacart:clusterPublicAccessCidrs:[^\n]*(\n {4}- [^\n]*)*/, '')
    const { code, stdout: end } = await runHere(firstDeployment, { argv, root, env })
    t.equal(code, 0)
    t.match(end, /\n\nThe stack staging stands\.\n$/)
  },
)

/** Puts a program of the test's on its PATH. */
async function tool(bin: string, name: string, script: string): Promise<void> {
  await mkdir(bin, { recursive: true })
  await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`)
  await chmod(join(bin, name), 0o755)
}
