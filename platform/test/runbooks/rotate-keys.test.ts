import {
  CreateAliasCommand,
  CreateKeyCommand,
  DisableKeyCommand,
  EnableKeyRotationCommand,
  KMSClient,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms'
import t, { type Test } from 'tap'
import { rotateKeys } from '../../../runbooks/rotate-keys.ts'
import { keyNames } from '../../keys/policies.ts'
import { openTestAws } from '../harness/aws.ts'
import { runHere } from '../harness/command.ts'
import { motoMissing, motoTimeoutMs } from '../harness/moto.ts'
import { openTestProject } from '../harness/project.ts'

const options = { skip: motoMissing, timeout: motoTimeoutMs }

/** Every key of staging, rotated every year but for those named. */
async function openCase(t: Test, notRotated: string[] = []) {
  const aws = await openTestAws()
  t.teardown(() => aws.stop())
  Object.assign(process.env, aws.env)
  const root = await openTestProject(t)
  const kms = new KMSClient({ region: 'ap-southeast-1' })
  t.teardown(() => kms.destroy())
  const ids: Record<string, string> = {}
  for (const kind of [...keyNames, 'pulumi']) {
    const { KeyMetadata: key } = await kms.send(new CreateKeyCommand({}))
    const KeyId = key?.KeyId ?? ''
    ids[kind] = KeyId
    const AliasName = kind === 'pulumi' ? 'alias/dhakacart-staging-pulumi' : `alias/dhakacart-staging/${kind}`
    await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: KeyId }))
    if (!notRotated.includes(kind)) await kms.send(new EnableKeyRotationCommand({ KeyId }))
  }
  aws.changes()
  const run = (...argv: string[]) => runHere(rotateKeys, { argv: ['--stack', 'staging', ...argv], root, env: aws.env })
  return { aws, kms, ids, run }
}

t.test('says what it needs', async (t) => {
  const root = await openTestProject(t)
  const run = (...argv: string[]) => runHere(rotateKeys, { argv, root, env: { HOME: root, PATH: '' } })
  t.match(await run('--help'), { code: 0, stdout: /^Usage: npm run runbook -- runbooks\/rotate-keys\.ts/ })
  t.match(await run(), { code: 1, stderr: /^Which stack/ })
  t.match(await run('--stack', 'staging', '--rotate', 'jwt'), {
    code: 1,
    stderr: /^--rotate "jwt" is no key of a stack/,
  })
})

t.test('every key is well, and nothing is changed', options, async (t) => {
  const { run, aws } = await openCase(t)
  // moto tells no next time.
  const status = { KeyRotationEnabled: true, NextRotationDate: Date.UTC(2027, 2, 15) / 1_000 }
  const headers = { 'content-type': 'application/x-amz-json-1.1' }
  aws.intercept(({ name }) =>
    name === 'kms:GetKeyRotationStatus' ? { headers, body: JSON.stringify(status) } : undefined,
  )
  const { code, stdout, stderr } = await run()
  t.equal(code, 0, stderr)
  const lines = stdout.trim().split('\n')
  t.equal(lines.length, keyNames.length + 1)
  for (const line of lines) t.match(line, /^alias\/dhakacart-staging[/-]\w+ +never rotated yet, next 2027-03-15$/)
  t.strictSame(aws.changes(), [])
})

t.test('says what is not well', options, async (t) => {
  const { run, kms, ids } = await openCase(t, ['logs', 'pulumi'])
  await kms.send(new DisableKeyCommand({ KeyId: ids.buckets }))
  await kms.send(new ScheduleKeyDeletionCommand({ KeyId: ids.cache, PendingWindowInDays: 7 }))
  const { code, stdout } = await run()
  t.equal(code, 1)
  t.match(stdout, /\/logs +AWS does not rotate it: pulumi up -s staging switches that on/)
  t.match(stdout, /-pulumi +AWS does not rotate it: npm run bootstrap switches that on/)
  t.match(stdout, /\/buckets +it is Disabled: nothing that it encrypted can be read/)
  t.match(stdout, /\/cache +it is being deleted, and gone on \d{4}-\d\d-\d\d: aws kms cancel-key-deletion/)
  t.match(stdout, '\nNot well: cache, logs, buckets, pulumi.')
  t.match(await run('--rotate', 'buckets', '--yes'), { code: 1, stderr: /\/buckets cannot be rotated: it is Disabled/ })
})

t.test('a key that is not there', options, async (t) => {
  const aws = await openTestAws()
  t.teardown(() => aws.stop())
  Object.assign(process.env, aws.env)
  const root = await openTestProject(t)
  const run = (...argv: string[]) => runHere(rotateKeys, { argv: ['--stack', 'staging', ...argv], root, env: aws.env })
  const { code, stdout } = await run()
  t.equal(code, 1)
  t.match(stdout, /\/secrets +there is none: pulumi up -s staging makes it/)
  t.match(stdout, /-pulumi +there is none: npm run bootstrap makes it/)
  t.match(await run('--rotate', 'secrets', '--yes'), { code: 1, stderr: /cannot be rotated: there is none/ })
})

t.test('gives one key new material, when told to', options, async (t) => {
  const { run, aws } = await openCase(t)
  t.match(await run('--rotate', 'secrets'), { code: 1, stderr: /pass --yes/ })
  t.strictSame(aws.changes(), [], 'not without a yes')
  const { code, stdout, stderr } = await run('--rotate', 'secrets', '--yes')
  t.equal(code, 0, stderr)
  t.match(stdout, /^alias\/dhakacart-staging\/secrets: never rotated yet/)
  t.strictSame(aws.changes(), ['kms:RotateKeyOnDemand'])
  t.match((await run()).stdout, new RegExp(`/secrets +last rotated ${new Date().toISOString().slice(0, 10)}`))
})
