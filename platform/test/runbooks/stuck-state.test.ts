import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import t, { type Test } from 'tap'
import { stuckState } from '../../../runbooks/stuck-state.ts'
import { bootstrap } from '../../bootstrap/bootstrap.ts'
import { openPulumi } from '../../bootstrap/pulumi-cli.ts'
import { repository } from '../../settings/stack-file.ts'
import { readLocks } from '../../state/locks.ts'
import { openTestAws } from '../harness/aws.ts'
import { type CommandOptions, runHere } from '../harness/command.ts'
import { engineTimeoutMs, openPulumiHome, pulumiMissing } from '../harness/engine.ts'
import { motoMissing } from '../harness/moto.ts'
import { openTestProject } from '../harness/project.ts'

t.test('says what it needs', async (t) => {
  const root = await openTestProject(t)
  const env = { HOME: root, PATH: '' }
  const run = (...argv: string[]) => runHere(stuckState, { argv, root, env })
  t.match(await run('--help'), { code: 0, stdout: /^Usage: npm run runbook -- runbooks\/stuck-state\.ts/ })
  t.match(await run(), { code: 1, stderr: /^Which stack/ })
  t.match(await run('--stack', 'qa'), { code: 1, stderr: /known are prod, staging/ })
  t.match(await run('--stack', 'staging'), { code: 1, stderr: /^Where is the state\? Log in first/ })
  await t.rejects(
    readLocks('https://api.pulumi.com', 'dhakacart', 'staging'),
    /it must be s3:\/\/\.\.\. or file:\/\/\.\.\./,
  )
})

t.test('with a real pulumi and its real state', { skip: pulumiMissing, timeout: engineTimeoutMs }, async (t) => {
  t.test('a lock that a killed pulumi left', async (t) => {
    const { root, env, backend, run } = await openStack(t)
    t.match(await run(), { code: 0, stdout: 'No locks.\nNo interrupted operations.\n' })
    const pulumi = await hang(root, env)
    const started = descendants(pulumi.pid)

    const living = await run('--cancel', '--yes')
    t.equal(living.code, 1)
    t.match(
      living.stdout,
      new RegExp(
        `^Locked by \\w+@${hostname()} \\(pid ${pulumi.pid}\\) for 0 minutes; that process is alive: \\.pulumi/locks/`,
      ),
    )
    t.match(living.stderr, `The process ${pulumi.pid} holds a lock and is alive: end it with Ctrl-C`)

    const ended = once(pulumi, 'exit')
    pulumi.kill('SIGKILL')
    await ended
    for (const pid of started) end(pid)
    t.equal((await readLocks(backend, 'dhakacart', 'staging')).length, 1, 'the lock is still there')
    const left = await run()
    t.equal(left.code, 1)
    t.match(
      left.stdout,
      /\(pid \d+\) for 0 minutes: .*\n {2}Ask whoever holds it\. When nobody works on staging any more: --cancel\./,
    )
    t.match(await run('--cancel'), { code: 1, stderr: /pass --yes/ })
    t.match(await run('--cancel', '--yes'), { code: 0, stdout: /The locks are gone\.\n$/ })
    t.match(await run(), { code: 0, stdout: /^No locks\./ })
  })

  t.test('operations that were interrupted', async (t) => {
    const { root, backend, run } = await openStack(t)
    const file = join(fileURLToPath(backend), '.pulumi', 'stacks', 'dhakacart', 'staging.json')
    const state = JSON.parse(await readFile(file, 'utf8'))
    const urn = 'urn:pulumi:staging::dhakacart::aws:kms/key:Key::database'
    const resource = { urn, custom: true, type: 'aws:kms/key:Key', inputs: {} }
    state.checkpoint.latest = {
      ...state.checkpoint.latest,
      manifest: { time: new Date().toISOString(), magic: '', version: '' },
      pending_operations: [{ resource, type: 'creating' }],
    }
    await writeFile(file, JSON.stringify(state))

    const looked = await run()
    t.equal(looked.code, 1, looked.stderr)
    t.match(looked.stdout, `Interrupted while creating: ${urn}`)
    t.match(await run('--drop-pending', '--yes'), {
      code: 0,
      stdout: /They are forgotten\. Next: pulumi refresh -s staging/,
    })
    t.match(await run(), { code: 0, stdout: /No interrupted operations/ })
    const [backup = ''] = await readdir(join(root, '.data', 'state-backups'))
    const path = join(root, '.data', 'state-backups', backup)
    t.match(await readFile(path, 'utf8'), urn, 'the backup has them')
    t.equal((await stat(path)).mode & 0o077, 0, 'and is for its owner only')
  })

  t.test('a lock in the state bucket', { skip: motoMissing }, async (t) => {
    const aws = await openTestAws()
    t.teardown(() => aws.stop())
    Object.assign(process.env, aws.env)
    const root = await openTestProject(t)
    const home = await openPulumiHome(t)
    const env = { ...home.env, ...aws.env }
    const made = await runHere(bootstrap, { argv: ['--stack', 'staging', '--yes'], root, env })
    t.equal(made.code, 0, made.stderr)
    const s3 = new S3Client({ region: 'ap-southeast-1' })
    t.teardown(() => s3.destroy())
    const Body = JSON.stringify({ pid: 7, username: 'rima', hostname: 'laptop', timestamp: new Date(0).toISOString() })
    const Key = '.pulumi/locks/organization/dhakacart/staging/2f0a.json'
    await s3.send(new PutObjectCommand({ Bucket: 'dhakacart-123456789012-ap-southeast-1-state', Key, Body }))

    const now = new Date(3 * 3_600_000)
    const run = (...argv: string[]) =>
      runHere((context) => stuckState(context, now), { argv: ['--stack', 'staging', ...argv], root, env })
    t.match(await run(), { code: 1, stdout: `Locked by rima@laptop (pid 7) for 3 hours: ${Key}\n` })
    t.match(await run('--cancel', '--yes'), { code: 0, stdout: /The locks are gone/ })
    t.match(await run(), { code: 0, stdout: /^No locks\./ })
  })
})

/** A stack in a directory of the test's. */
async function openStack(t: Test) {
  const root = await openTestProject(t)
  const { env, backend } = await openPulumiHome(t)
  await openPulumi({ env, root, backend })?.run(['stack', 'init', 'staging'])
  const at = { ...env, PULUMI_BACKEND_URL: backend }
  const run = (...argv: string[]) => {
    const options: CommandOptions = { argv: ['--stack', 'staging', ...argv], root, env: at }
    return runHere(stuckState, options)
  }
  return { root, env: at, backend, run }
}

/** Starts `pulumi up` on a program that never ends, and returns it once the program runs: then the lock is held. */
async function hang(root: string, env: NodeJS.ProcessEnv) {
  await symlink(join(repository, 'node_modules'), join(root, 'node_modules'))
  await mkdir(join(root, 'platform'))
  await writeFile(join(root, 'package.json'), '{"type": "module"}')
  // Pulumi.yaml has Node import it.
  await writeFile(join(root, 'platform', 'node-version.js'), '')
  const ready = join(root, 'ready')
  const program = `import { writeFileSync } from 'node:fs'\nwriteFileSync(${JSON.stringify(ready)}, String(process.pid))\nsetInterval(() => {}, 1000)\nawait new Promise(() => {})\n`
  await writeFile(join(root, 'platform', 'index.ts'), program)
  const cli = openPulumi({ env, root })
  const pulumi = spawn(cli?.path ?? '', ['up', '-s', 'staging', '--yes', '--skip-preview', '--non-interactive'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [pulumi.stdout, pulumi.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk
    })
  }
  while (true) {
    if (pulumi.exitCode !== null) throw new Error(`pulumi up ended before its program ran: ${said}`)
    if (await readFile(ready, 'utf8').catch(() => '')) return pulumi
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** What a killed pulumi leaves running: its language host, and the program. */
function descendants(of: number | undefined): number[] {
  const rows = execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
  const parents = rows.map((row) => row.trim().split(/\s+/).map(Number))
  const children = parents.flatMap(([pid, parent]) => (pid && parent === of ? [pid] : []))
  return children.flatMap((pid) => [pid, ...descendants(pid)])
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Its parent took it along.
  }
}
