import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import { environment } from '@dhakacart/service'
import t, { type Test } from 'tap'
import { createKeyRing } from '../../../service/src/tokens/keys.ts'
import { secrets } from '../../secrets/secrets.ts'
import { madeByTheProgram, secretId, secretTable } from '../../secrets/table.ts'
import { openTestAws } from '../harness/aws.ts'
import { type CommandOptions, type Outcome, runHere } from '../harness/command.ts'
import { motoMissing, motoTimeoutMs } from '../harness/moto.ts'
import { openTestProject } from '../harness/project.ts'

const typedValue = 'a-value-that-a-person-typed-unseen-0123456789'
const hour = 3_600_000

t.setTimeout(motoTimeoutMs)

t.test('every secret of the shop has a row, or a reason to have none', async (t) => {
  const ofShop = environment()
    .filter(({ secret }) => secret)
    .map(({ name }) => name)
  t.equal(ofShop.length, 6)
  t.same(
    [...secretTable.flatMap(({ setting }) => setting ?? []), ...Object.keys(madeByTheProgram)].sort(),
    ofShop.sort(),
  )
})

t.test('no name or id of a secret can be taken for the end of an ARN', async (t) => {
  const ids = secretTable.flatMap((row) => [row.name, ...['staging', 'prod'].map((stack) => secretId(stack, row))])
  t.equal(ids.length, 3 * secretTable.length)
  for (const id of ids) t.notMatch(id, /-.{6}$/, id)
})

t.test('the secrets of a stack', { skip: motoMissing, timeout: motoTimeoutMs }, async (t) => {
  const aws = await openTestAws()
  t.teardown(() => aws.stop())
  Object.assign(process.env, aws.env)
  const manager = new SecretsManagerClient({ region: 'ap-southeast-1' })
  t.teardown(() => manager.destroy())
  const root = await openTestProject(t)
  const said: Outcome[] = []
  const run = async (argv: string[], more: Partial<CommandOptions> & { now?: Date } = {}) => {
    const { now, ...options } = more
    const command: Parameters<typeof runHere>[0] = (context) => secrets(context, now)
    const outcome = await runHere(command, { argv: ['--stack', 'staging', ...argv], root, ...options })
    said.push(outcome)
    return outcome
  }
  const declare = async () => {
    for (const row of secretTable) await manager.send(new CreateSecretCommand({ Name: secretId('staging', row) }))
    aws.changes()
  }
  const read = async (name: string) => {
    const SecretId = secretId('staging', secretTable.find((row) => row.name === name) ?? { name })
    return (await manager.send(new GetSecretValueCommand({ SecretId }))).SecretString ?? ''
  }

  t.beforeEach(() => aws.reset())
  // What was written must never have been said, in any test, in any way.
  const story = (name: string, tell: (t: Test) => Promise<void>) =>
    t.test(name, async (t) => {
      await tell(t)
      const written = aws.calls.filter(({ name }) => name === 'secretsmanager:PutSecretValue')
      const values = written.flatMap(({ body }) => pieces(JSON.parse(body).SecretString))
      const everything = said
        .splice(0)
        .map(({ stdout, stderr }) => stdout + stderr)
        .join('')
      t.same(
        values.filter((value) => everything.includes(value)),
        [],
        `${values.length} values, none of them said`,
      )
    })

  story('that are not declared yet are not made', async (t) => {
    const { code, stdout, stderr } = await run(['--yes'])
    t.equal(code, 1)
    t.match(stdout, /^jwt-keys +not declared/m)
    t.match(
      stderr,
      /^Not declared yet: jwt-keys, payment-webhook, outbox-webhook, grafana-admin, docker-hub-login, github-login\. Run "pulumi up -s staging" first/,
    )
    t.same(aws.changes(), [])
  })

  story('get first values, and keep them', async (t) => {
    await declare()
    const first = await run(['--yes'], { typed: [`${typedValue}\r`] })
    t.equal(first.code, 0, first.stderr)
    t.match(
      first.stdout,
      /outbox-webhook, nothing to leave it out: \njwt-keys: written\.\npayment-webhook: written\.\noutbox-webhook: written\.\ngrafana-admin: written\./,
    )
    t.ok(first.hidden, 'the echo was off')
    t.equal(await read('outbox-webhook'), typedValue)
    t.ok((await read('payment-webhook')).length >= 32)
    const ring = await read('jwt-keys')
    t.equal(createKeyRing(() => ring).active('access-token').key.length, 32, 'the shop can read the ring')
    t.equal(aws.changes().length, 4)

    const second = await run([])
    t.match(second, { code: 0, stdout: /Nothing to do\.\n$/ })
    t.match((await run(['--list'])).stdout, /^jwt-keys +has a value, of today/m)
    t.match(
      (await run(['--list'], { now: new Date(Date.now() + 49 * hour) })).stdout,
      /jwt-keys +has a value, 2 days old/,
    )
    t.same(aws.changes(), [])
    t.equal(await read('jwt-keys'), ring)
  })

  story('are half there: only what is empty is written', async (t) => {
    await declare()
    await run(['--yes', '--stdin', 'payment-webhook'], { piped: `${typedValue}\n` })
    t.equal(await read('payment-webhook'), typedValue, 'without the end of the line')
    const { stdout, code } = await run(['--yes'])
    t.equal(code, 0)
    t.match(stdout, 'outbox-webhook is left out: nobody can be asked here (--file or --stdin).')
    t.equal(await read('payment-webhook'), typedValue)
    const path = join(root, 'value')
    await writeFile(path, `${typedValue}2\n`)
    await run(['--yes', '--file', `outbox-webhook=${path}`])
    t.equal(await read('outbox-webhook'), `${typedValue}2`)
  })

  story('of the image cache are written only when handed in, and only as a login', async (t) => {
    await declare()
    const login = { username: 'shop', accessToken: typedValue }
    for (const wrong of [typedValue, '{}', JSON.stringify({ ...login, username: '' })]) {
      const { code, stderr } = await run(['--yes', '--stdin', 'docker-hub-login'], { piped: wrong })
      t.equal(code, 1)
      t.equal(stderr, 'The value for docker-hub-login must be {"username": "...", "accessToken": "..."} on one line.\n')
    }
    await run(['--yes', '--stdin', 'docker-hub-login'], { piped: `${JSON.stringify(login)}\n` })
    t.same(JSON.parse(await read('docker-hub-login')), login)
    t.match((await run(['--list'])).stdout, /^github-login +empty/m)
  })

  story('are not overwritten by a value that is handed in, nor by somebody who is slower', async (t) => {
    await declare()
    // The rival writes between our look and our write.
    let rival: Promise<Outcome> | undefined
    aws.hold(
      ({ name, body }) => !rival && name === 'secretsmanager:PutSecretValue' && body.includes('jwt-keys'),
      () => (rival = run(['--yes'])),
    )
    const slower = await run(['--yes'])
    t.equal((await rival)?.code, 0)
    t.match(slower, {
      code: 1,
      stderr: /^Somebody else wrote dhakacart-staging\/jwt-keys just now: it was left as it is/,
    })
    const { code, stderr } = await run(['--yes', '--stdin', 'payment-webhook'], { piped: typedValue })
    t.match(
      { code, stderr },
      { code: 1, stderr: 'payment-webhook has a value already: pass --rotate payment-webhook to replace it.\n' },
    )
    t.not(await read('payment-webhook'), typedValue)
  })

  story('of tokens rotate in three steps, each when it is time, and nobody is signed out', async (t) => {
    await declare()
    await run(['--yes'])
    const one = await read('jwt-keys')
    const [old = ''] = Object.keys(JSON.parse(one).keys)

    const add = await run(['--rotate', 'jwt-keys', '--yes'])
    t.match(add.stdout, /jwt-keys: k\S+ was added; k\S+ still signs\. Run it again in 1 h, to let k\S+ sign\./)
    const two = JSON.parse(await read('jwt-keys'))
    t.equal(two.active, old)
    t.equal(two.keys[old], JSON.parse(one).keys[old])
    const [, fresh = ''] = Object.keys(two.keys)

    t.match(await run(['--rotate', 'jwt-keys', '--yes']), {
      code: 1,
      stderr: /^Not yet: k\S+ may not be in every pod yet\. Run it again after 20/,
    })
    const later = new Date(Date.now() + hour + 60_000)
    const activate = await run(['--rotate', 'jwt-keys', '--yes'], { now: later })
    t.match(
      activate.stdout,
      /jwt-keys: k\S+ signs now; k\S+ still verifies\. Run it again in 30 days, to take k\S+ out\./,
    )
    const ring = await read('jwt-keys')
    const keys = createKeyRing(() => ring)
    t.equal(keys.active('access-token').kid, fresh)
    t.ok(keys.find(old, 'access-token'), 'the shop still knows the old key')

    t.match(await run(['--rotate', 'jwt-keys', '--yes'], { now: later }), {
      code: 1,
      stderr: /^Not yet: what k\S+ signed is still in use/,
    })
    const muchLater = new Date(Date.now() + 31 * 24 * hour)
    t.match(
      (await run(['--rotate', 'jwt-keys', '--yes'], { now: muchLater })).stdout,
      /k\S+ is out; k\S+ is the only key/,
    )
    t.same(Object.keys(JSON.parse(await read('jwt-keys')).keys), [fresh])
  })

  story('are replaced at once after a leak', async (t) => {
    await declare()
    await run(['--yes'])
    const before = JSON.parse(await read('jwt-keys'))
    const no = await run(['--rotate', 'jwt-keys', '--at-once'], { typed: ['n\n'] })
    t.match(no, { code: 1, stdout: /Everybody is signed out.*\[y\/N\] .*Nothing was written\.\n$/s })
    await run(['--rotate', 'jwt-keys', '--at-once', '--yes'])
    const after = JSON.parse(await read('jwt-keys'))
    t.equal(Object.keys(after.keys).length, 1)
    t.not(after.active, before.active)
    const payment = await read('payment-webhook')
    t.equal((await run(['--rotate', 'payment-webhook', '--yes'])).code, 0)
    t.not(await read('payment-webhook'), payment)
  })

  story('with a wrong value, a wrong name, or nobody to ask', async (t) => {
    await declare()
    const short = await run(['--yes', '--stdin', 'payment-webhook'], { piped: 'too-short-and-secret' })
    t.match(short, {
      code: 1,
      stderr: 'The value for payment-webhook is 20 characters long; it must have at least 32.\n',
    })
    const ring = await run(['--yes', '--stdin', 'jwt-keys'], { piped: `{"active":"k1","keys":{"k1":"${typedValue}` })
    t.match(ring, { code: 1, stderr: /^The value is no ring of keys: it must be/ })
    t.notMatch(short.stderr + ring.stderr, /too-short-and-secret|typed-unseen/)
    const name = await run(['--file', `${typedValue}=x`])
    t.match(name, {
      code: 1,
      stderr:
        'There is no secret of that name; there are jwt-keys, payment-webhook, outbox-webhook, grafana-admin, docker-hub-login, github-login.\n',
    })
    t.match(await run(['--file', 'jwt-keys']), { code: 1, stderr: /^--file wants NAME=PATH/ })
    t.match(await run(['--file', 'jwt-keys=/nonexistent', '--yes']), { code: 1, stderr: /cannot be read \(ENOENT\)/ })
    t.match(await run([]), { code: 1, stderr: /stdin is no terminal.*pass --yes/ })
    t.match(await run(['--rotate', 'jwt-keys', '--yes']), {
      code: 1,
      stderr: 'jwt-keys has no value to rotate (empty): run it without --rotate.\n',
    })
    t.match(await run(['--rotate', 'payment-webhook', '--at-once']), {
      code: 1,
      stderr: /^--at-once goes with --rotate jwt-keys only/,
    })
    const interrupted = await run(['--yes'], { typed: ['half a val\u0003'] })
    t.match(interrupted, { code: 130, stderr: 'Interrupted; nothing was done.\n' })
    t.match(await run(['--help']), { code: 0, stdout: /^Usage: npm run secrets/ })
    t.same(aws.changes(), [])
  })

  story('that are being deleted are said to be', async (t) => {
    await declare()
    await manager.send(
      new DeleteSecretCommand({ SecretId: secretId('staging', { name: 'jwt-keys' }), RecoveryWindowInDays: 7 }),
    )
    const { code, stderr } = await run(['--yes'])
    t.equal(code, 1)
    t.match(stderr, /^Being deleted: jwt-keys\. "aws secretsmanager restore-secret/)
  })

  story('of another account are not touched', async (t) => {
    const other = await openTestProject(t, { accountId: '210987654321' })
    const { code, stderr } = await run(['--yes'], { root: other })
    t.equal(code, 1)
    t.match(stderr, 'dhakacart:accountId in Pulumi.staging.yaml is 210987654321')
  })
})

/** The value, the keys in it when it is a ring, and its token when it is a login. */
function pieces(value: string): string[] {
  if (!value.startsWith('{')) return [value]
  const { keys = {}, accessToken = [] } = JSON.parse(value)
  return [value, ...Object.values<string>(keys)].concat(accessToken)
}
