import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms'
import {
  CreateBucketCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketVersioningCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import t from 'tap'
import { bootstrap } from '../../bootstrap/bootstrap.ts'
import { openTestAws } from '../harness/aws.ts'
import { runHere } from '../harness/command.ts'
import { motoAccount, motoMissing, motoTimeoutMs } from '../harness/moto.ts'
import { openTestProject } from '../harness/project.ts'

const region = 'ap-southeast-1'
const bucket = `dhakacart-${motoAccount}-${region}-state`
// Without the engine; bootstrap-engine.test.ts has it.
const env = { PATH: '' }

t.setTimeout(motoTimeoutMs)

t.test('the bootstrap', { skip: motoMissing, timeout: motoTimeoutMs }, async (t) => {
  const aws = await openTestAws()
  t.teardown(() => aws.stop())
  Object.assign(process.env, aws.env)
  const kms = new KMSClient({ region })
  const s3 = new S3Client({ region })
  t.teardown(() => [kms, s3].map((client) => client.destroy()))
  t.beforeEach(() => aws.reset())
  const run = (root: string, ...argv: string[]) => runHere(bootstrap, { argv, root, env })

  t.test('makes everything in an empty account, and a second run does nothing', async (t) => {
    const root = await openTestProject(t)
    const first = await run(root, '--stack', 'staging', '--yes')
    t.match(first, { code: 0, stderr: '' }, first.stderr)
    t.match(first.stdout, /14\/14 .* done\n\nDone\./)
    t.match(
      first.stdout,
      /not yet {6}Pulumi stack .*\n.*pulumi login 's3:.*pulumi stack init staging --secrets-provider/,
    )
    t.equal(aws.changes().length, 18)

    const second = await run(root, '--stack', 'staging')
    t.equal(second.code, 0, second.stderr)
    t.match(second.stdout, /Nothing to do\.\n$/)
    t.same(second.stdout.match(/^present /gm)?.length, 8)
    t.same(aws.changes(), [], 'and changes nothing')
  })

  t.test('leaves a bucket that is fit to hold state', async (t) => {
    await run(await openTestProject(t), '--stack', 'prod', '--yes')
    const { KeyMetadata: key } = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/dhakacart-state' }))
    const encryption = await s3.send(new GetBucketEncryptionCommand({ Bucket: bucket }))
    t.match(encryption.ServerSideEncryptionConfiguration?.Rules, [
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key?.Arn },
        BucketKeyEnabled: true,
      },
    ])
    t.equal((await s3.send(new GetBucketVersioningCommand({ Bucket: bucket }))).Status, 'Enabled')
    const { Rules } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }))
    t.match(Rules, [{ NoncurrentVersionExpiration: { NoncurrentDays: 90 } }])
    t.equal(Rules?.[0]?.Expiration?.Days, undefined, 'the state itself never goes')
    const put = aws.calls.find(({ name, method }) => method === 'PUT' && name.endsWith('?policy='))
    t.match(JSON.parse(put?.body ?? '{}').Statement, [
      { Effect: 'Deny', Principal: '*', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ])
    const order = aws.calls.filter(({ method }) => method === 'PUT').map(({ path }) => path.split('?')[1] ?? 'bucket')
    t.same(order.slice(0, 2), ['bucket', 'publicAccessBlock='], 'closed before anything is in it')
    for (const alias of ['alias/dhakacart-state', 'alias/dhakacart-prod-pulumi']) {
      t.ok((await kms.send(new GetKeyRotationStatusCommand({ KeyId: await idOf(alias) }))).KeyRotationEnabled, alias)
    }
  })

  t.test('completes what was left half done, and keeps what others added', async (t) => {
    const root = await openTestProject(t)
    await s3.send(
      new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: region } }),
    )
    const theirs = {
      Sid: 'Auditors',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:DeleteBucket',
      Resource: `arn:aws:s3:::${bucket}`,
    }
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [theirs] })
    await s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }))
    const Tags = [{ TagKey: 'bootstrap-alias', TagValue: 'alias/dhakacart-state' }]
    const { KeyMetadata: orphan } = await kms.send(
      new CreateKeyCommand({ Tags, KeySpec: 'SYMMETRIC_DEFAULT', KeyUsage: 'ENCRYPT_DECRYPT' }),
    )
    aws.changes()

    const { code, stdout, stderr } = await run(root, '--stack', 'staging', '--yes')
    t.equal(code, 0, stderr)
    t.match(stdout, /will change {2}state bucket/)
    t.match(stdout, /\+ turn versioning on \(it is off\)/)
    const changes = aws.changes()
    t.notOk(changes.includes(`PUT /${bucket}/`), 'the bucket is not made again')
    t.equal(changes.filter((name) => name === 'kms:CreateKey').length, 1, 'only the key of the secrets is new')
    t.equal(await idOf('alias/dhakacart-state'), orphan?.KeyId, 'the key without an alias is taken up')
    const put = aws.calls.findLast(({ name, method }) => method === 'PUT' && name.endsWith('?policy='))
    t.same(
      JSON.parse(put?.body ?? '{}').Statement.map(({ Sid }: { Sid: string }) => Sid),
      ['OnlyTls', 'Auditors'],
    )
    t.match((await run(root, '--stack', 'staging')).stdout, /Nothing to do/)
  })

  t.test('mends what somebody switched off', async (t) => {
    const root = await openTestProject(t)
    await run(root, '--stack', 'staging', '--yes')
    await kms.send(new DisableKeyCommand({ KeyId: await idOf('alias/dhakacart-state') }))
    const KeyId = await idOf('alias/dhakacart-staging-pulumi')
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }))
    const hasty = { ID: 'tidy', Status: 'Enabled' as const, Filter: { Prefix: '' }, Expiration: { Days: 30 } }
    await s3.send(
      new PutBucketLifecycleConfigurationCommand({ Bucket: bucket, LifecycleConfiguration: { Rules: [hasty] } }),
    )

    const { stdout, stderr, code } = await run(root, '--stack', 'staging', '--yes')
    t.equal(code, 0, stderr)
    t.match(stdout, 'the rule tidy deletes the state itself, and goes')
    t.match(stdout, '+ enable alias/dhakacart-state')
    t.match(stdout, '+ take alias/dhakacart-staging-pulumi back from deletion')
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }))
    t.equal(KeyMetadata?.KeyState, 'Enabled')
    t.match((await run(root, '--stack', 'staging')).stdout, /Nothing to do/)
  })

  t.test('lets two stacks share what belongs to the account', async (t) => {
    const root = await openTestProject(t)
    await run(root, '--stack', 'staging', '--yes')
    aws.changes()
    const { stdout, code } = await run(root, '--stack', 'prod', '--yes')
    t.equal(code, 0)
    t.same(aws.changes(), ['kms:CreateKey', 'kms:CreateAlias', 'kms:EnableKeyRotation', 'CreateServiceLinkedRole'])
    t.match(stdout, /1\/2 key of Pulumi's secrets: make the key alias\/dhakacart-prod-pulumi/)
    t.not(await idOf('alias/dhakacart-staging-pulumi'), await idOf('alias/dhakacart-prod-pulumi'))
  })

  t.test('refuses an alias that names a key of another kind', async (t) => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }))
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/dhakacart-state', TargetKeyId: KeyMetadata?.KeyId }))
    aws.changes()
    const { code, stderr } = await run(await openTestProject(t), '--stack', 'staging', '--yes')
    t.equal(code, 1)
    t.match(
      stderr,
      /alias\/dhakacart-state names the key arn:.*, which is RSA_2048 for SIGN_VERIFY: it must be a symmetric key/,
    )
    t.same(aws.changes(), [])
  })

  t.test('says what it lacks: a stack, a stack that exists, settings that are right', async (t) => {
    const root = await openTestProject(t)
    t.match(await run(root), { code: 1, stderr: /^Which stack\? Pass --stack.*\n$/ })
    t.match(await run(root, '--stack', 'qa'), { code: 1, stderr: /no stack "qa".* known are prod, staging\.\n$/ })
    t.match(await run(root, '--stak', 'qa'), { code: 1, stderr: /Unknown option '--stak'/ })
    t.match(await run(root, '--help'), { code: 0, stdout: /^Usage: npm run bootstrap/ })
    await writeFile(join(root, 'Pulumi.staging.yaml'), 'config:\n  aws:region: somewhere\n')
    t.match(await run(root, '--stack', 'staging'), { code: 1, stderr: /aws:region.*somewhere/s })
    t.same(aws.calls, [], 'AWS was not asked anything')
  })

  async function idOf(alias: string): Promise<string | undefined> {
    return (await kms.send(new DescribeKeyCommand({ KeyId: alias }))).KeyMetadata?.KeyId
  }
})
