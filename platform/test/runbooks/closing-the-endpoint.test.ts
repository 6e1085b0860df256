import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { closingTheEndpoint } from '../../../runbooks/closing-the-endpoint.ts'
import { plan } from '../../plan/index.ts'
import { openPretendedCli } from '../harness/aws-cli.ts'
import { runHere } from '../harness/command.ts'
import { openTestProject } from '../harness/project.ts'

const cluster = (open: string[]) => ({
  'eks describe-cluster': {
    cluster: { resourcesVpcConfig: { endpointPublicAccess: open.length > 0, publicAccessCidrs: open } },
  },
})

async function openCase(t: Test) {
  const root = await openTestProject(t)
  const cli = await openPretendedCli(t)
  const file = join(root, 'Pulumi.staging.yaml')
  const run = (...argv: string[]) =>
    runHere(closingTheEndpoint, { argv: ['--stack', 'staging', ...argv], root, env: cli.env })
  const add = async (lines: string) => writeFile(file, `${await readFile(file, 'utf8')}${lines}`)
  return { root, cli, file, run, add, read: () => readFile(file, 'utf8') }
}

t.test('says what it needs', async (t) => {
  const root = await openTestProject(t)
  const run = (...argv: string[]) => runHere(closingTheEndpoint, { argv, root, env: { PATH: '' } })
  t.match(await run('--help'), { code: 0, stdout: /^Usage: npm run runbook -- runbooks\/closing-the-endpoint\.ts/ })
  t.match(await run(), { code: 1, stderr: /^Which stack/ })
  t.match(await run('--stack', 'qa'), { code: 1, stderr: /known are prod, staging/ })
  t.match(await run('--stack', 'staging'), {
    code: 1,
    stderr: /^aws eks describe-cluster .* the AWS CLI is not on PATH/,
  })
  t.match(await run('--stack', 'staging', '--offline'), { code: 0, stdout: 'Settings: closed.\n' })
})

t.test('an open endpoint is closed in the settings, and its comments stay', async (t) => {
  const { cli, run, add, read } = await openCase(t)
  await add('  dhakacart:clusterPublicAccessCidrs: [203.0.113.7/32] # until the first up is done\n')
  await cli.answer(cluster(['203.0.113.7/32']))
  const before = await read()
  t.match(await run(), {
    code: 1,
    stdout: /^Settings: open to 203\.0\.113\.7\/32\.\nAWS: open to 203\.0\.113\.7\/32\.\nTo close it: --close/,
  })
  t.match(await run('--close'), { code: 1, stderr: /pass --yes/ })
  t.equal(await read(), before, 'looking changes nothing, and neither does a question that nobody answers')
  t.match(await run('--close', '--yes'), {
    code: 1,
    stdout: /clusterPublicAccessCidrs is empty\. Next: pulumi up -s staging/,
  })
  const after = await read()
  t.match(after, 'dhakacart:clusterPublicAccessCidrs: []')
  t.match(after, '# an example: put your account here')
  t.match(await run(), {
    code: 1,
    stdout: /^Settings: closed\.\nAWS: open to .*\nSomebody opened it by hand, or pulumi up has not run/,
  })
  await cli.answer(cluster([]))
  t.match(await run(), { code: 0, stdout: 'Settings: closed.\nAWS: closed.\n' })
  t.strictSame((await cli.calls())[0], [
    'eks',
    'describe-cluster',
    '--region',
    'ap-southeast-1',
    '--name',
    'dhakacart-staging',
    '--output',
    'json',
  ])
})

t.test('it does not lock everybody out', async (t) => {
  const { cli, run, add, read } = await openCase(t)
  await add('  dhakacart:clusterPublicAccessCidrs: [203.0.113.7/32]\n  dhakacart:door: false\n')
  await cli.answer(cluster(['203.0.113.7/32']))
  t.match(await run('--close', '--yes'), {
    code: 1,
    stderr: /^With the endpoint closed nobody could reach the cluster/,
  })
  t.match(await read(), '[203.0.113.7/32]')
})

t.test('the setting is what closes the endpoint', async (t) => {
  const endpoint = async (clusterPublicAccessCidrs: string[]) => {
    const { resources } = await plan({ stack: 'staging', mode: 'applied', overrides: { clusterPublicAccessCidrs } })
    t.ok(resources.length > 100, `${resources.length} resources`)
    const [cluster] = resources.filter(({ type }) => type === 'aws:eks/cluster:Cluster')
    return cluster?.inputs.vpcConfig
  }
  t.match(await endpoint(['203.0.113.7/32']), { endpointPublicAccess: true, publicAccessCidrs: ['203.0.113.7/32'] })
  t.match(await endpoint([]), { endpointPublicAccess: false, endpointPrivateAccess: true })
})
