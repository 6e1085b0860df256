import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3'
import t from 'tap'
import { bootstrap } from '../../bootstrap/bootstrap.ts'
import { openTestAws, refuseOtherThanLoopback } from '../harness/aws.ts'
import { type CommandOptions, runHere } from '../harness/command.ts'
import { motoAccount, motoMissing, motoTimeoutMs } from '../harness/moto.ts'
import { openTestProject } from '../harness/project.ts'

const region = 'ap-southeast-1'
const bucket = `dhakacart-${motoAccount}-${region}-state`

t.setTimeout(motoTimeoutMs)

t.test('no test reaches AWS', async (t) => {
  t.throws(() => refuseOtherThanLoopback(undefined), /must be on loopback/)
  t.throws(() => refuseOtherThanLoopback('https://s3.amazonaws.com'), /must be on loopback/)
  t.doesNotThrow(() => refuseOtherThanLoopback('http://127.0.0.1:1'))
})

t.test(
  'what the bootstrap refuses, and what it does not mind',
  { skip: motoMissing, timeout: motoTimeoutMs },
  async (t) => {
    const aws = await openTestAws()
    t.teardown(() => aws.stop())
    Object.assign(process.env, aws.env)
    t.beforeEach(() => aws.reset())
    const run = (root: string, argv: string[], more: Partial<CommandOptions> = {}) =>
      runHere(bootstrap, { argv, root, env: { PATH: '' }, ...more })

    t.test('credentials of another account', async (t) => {
      const root = await openTestProject(t, { accountId: '210987654321' })
      const { code, stderr } = await run(root, ['--stack', 'staging', '--yes'])
      t.equal(code, 1)
      t.match(stderr, `of account ${motoAccount} (arn:aws:`)
      t.match(stderr, 'dhakacart:accountId in Pulumi.staging.yaml is 210987654321: take credentials of 210987654321')
      t.same(aws.changes(), [])
    })

    t.test('a stack file that still has the account of the documentation', async (t) => {
      const root = await openTestProject(t, { accountId: '111111111111' })
      const { code, stderr } = await run(root, ['--stack', 'staging', '--yes'])
      t.equal(code, 1)
      t.match(stderr, 'is still 111111111111, an account for documentation: put in your own.')
      t.same(aws.changes(), [])
    })

    t.test('a no', async (t) => {
      const root = await openTestProject(t)
      for (const typed of ['n\n', '\n', 'maybe\n']) {
        const { code, stdout } = await run(root, ['--stack', 'staging'], { typed: [typed] })
        t.equal(code, 1)
        t.match(stdout, /Do 14 things in account 123456789012\? \[y\/N\] /)
        t.match(stdout, /Nothing was done\.\n$/)
      }
      t.same(aws.changes(), [])
      t.equal((await run(root, ['--stack', 'staging'], { typed: ['y\n'] })).code, 0)
      t.equal(aws.changes().length, 18, 'and does it after a yes')
    })

    t.test('Ctrl-C at the question', async (t) => {
      const { code, stderr } = await run(await openTestProject(t), ['--stack', 'staging'], { typed: ['\u0003'] })
      t.match({ code, stderr }, { code: 130, stderr: 'Interrupted; nothing was done.\n' })
      t.same(aws.changes(), [])
    })

    t.test('nobody there to ask', async (t) => {
      const root = await openTestProject(t)
      const { code, stderr } = await run(root, ['--stack', 'staging'], { piped: 'y\n' })
      t.equal(code, 1)
      t.match(stderr, /stdin is no terminal.*pass --yes/)
      t.equal((await run(root, ['--stack', 'staging', '--dry-run'])).code, 0)
      t.same(aws.changes(), [])
    })

    t.test('a bucket of that name in another region', async (t) => {
      const elsewhere = new S3Client({ region: 'eu-west-1' })
      const LocationConstraint = 'eu-west-1'
      await elsewhere.send(
        new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint } }),
      )
      elsewhere.destroy()
      aws.changes()
      const { code, stderr } = await run(await openTestProject(t), ['--stack', 'staging', '--yes'])
      t.equal(code, 1)
      t.match(stderr, `The bucket ${bucket} is in eu-west-1, and its name and aws:region say ${region}`)
      t.same(aws.changes(), [])
    })

    t.test('a bucket of that name that is somebody else’s', async (t) => {
      aws.intercept(({ method, path }) => (method === 'HEAD' && path.includes(bucket) ? { status: 403 } : undefined))
      const { code, stderr } = await run(await openTestProject(t), ['--stack', 'staging', '--yes'])
      t.equal(code, 1)
      t.match(
        stderr,
        `${bucket} cannot be looked at: these credentials lack s3:ListBucket on it, or somebody else owns`,
      )
      t.same(aws.changes(), [])
    })

    t.test('us-east-1, which has a location constraint of its own: none', async (t) => {
      const root = await openTestProject(t, { region: 'us-east-1' })
      const { code, stderr } = await run(root, ['--stack', 'staging', '--yes'])
      t.equal(code, 0, stderr)
      const made = aws.calls.find(({ method, path }) => method === 'PUT' && !path.includes('?'))
      t.match(made, { path: '/dhakacart-123456789012-us-east-1-state/', body: '' })
      t.match((await run(root, ['--stack', 'staging'])).stdout, /Nothing to do/)
    })

    t.test('an account that does not pay the bills may not activate the tag: said, and passed over', async (t) => {
      aws.intercept(({ name }) => {
        if (name !== 'ce:ListCostAllocationTags') return undefined
        const body = JSON.stringify({ __type: 'AccessDeniedException', message: "Linked account doesn't have access." })
        return { status: 400, body }
      })
      const root = await openTestProject(t)
      const { code, stdout } = await run(root, ['--stack', 'staging', '--yes'])
      t.equal(code, 0)
      t.match(stdout, /cannot see {3}cost allocation tag .*\n.*whoever runs the paying account activates "stack" there/)
      t.match((await run(root, ['--stack', 'staging'])).stdout, /Nothing to do/)
    })

    t.test('a tag that billing has not seen yet comes later', async (t) => {
      aws.intercept(({ name }) =>
        name === 'ce:ListCostAllocationTags' ? { body: '{"CostAllocationTags":[]}' } : undefined,
      )
      const { code, stdout } = await run(await openTestProject(t), ['--stack', 'staging', '--yes'])
      t.equal(code, 0)
      t.match(stdout, /not yet .* cost allocation tag .*\n.*billing learns of the tag a day after the first `up`/)
    })

    t.test('a tag that Cost Explorer refuses with 200', async (t) => {
      const Errors = [{ TagKey: 'stack', Code: 'TagKeysNotFound', Message: 'Tag keys not found: stack' }]
      aws.intercept(({ name }) =>
        name === 'ce:UpdateCostAllocationTagsStatus' ? { body: JSON.stringify({ Errors }) } : undefined,
      )
      const { code, stderr } = await run(await openTestProject(t), ['--stack', 'staging', '--yes'])
      t.equal(code, 1)
      t.match(
        stderr,
        'ce:UpdateCostAllocationTagsStatus on stack failed with TagKeysNotFound: Tag keys not found: stack',
      )
    })

    t.test('no credentials, expired ones, unknown ones, no network', async (t) => {
      const root = await openTestProject(t)
      const { AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL } = process.env
      t.teardown(() => Object.assign(process.env, { AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL }))
      delete process.env.AWS_ACCESS_KEY_ID
      const without = await run(root, ['--stack', 'staging'])
      t.match(without, { code: 1, stderr: /^No AWS credentials were found\. Sign in \(`aws sso login`/ })
      Object.assign(process.env, { AWS_ACCESS_KEY_ID })

      for (const [code, sentence] of [
        ['ExpiredToken', 'The AWS credentials have expired. Sign in'],
        ['InvalidClientTokenId', 'AWS does not know these credentials (InvalidClientTokenId). Sign in'],
      ]) {
        aws.intercept(({ name }) => {
          const body = `<ErrorResponse><Error><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`
          return name === 'GetCallerIdentity'
            ? { status: 403, headers: { 'content-type': 'text/xml' }, body }
            : undefined
        })
        t.match(await run(root, ['--stack', 'staging']), { code: 1, stderr: sentence })
      }

      process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:1'
      const away = await run(root, ['--stack', 'staging'])
      t.match(away, {
        code: 1,
        stderr: /^sts:GetCallerIdentity on these credentials did not reach AWS \(.*127\.0\.0\.1:1\)/,
      })
    })

    t.test(
      'credentials that may look but not do: names the call and the permission, keeps what was done',
      async (t) => {
        const root = await openTestProject(t)
        const iam = new IAMClient({ region })
        const allowed = [
          'sts:*',
          'ec2:*',
          'kms:*',
          's3:Get*',
          's3:List*',
          's3:CreateBucket',
          's3:PutBucketPublicAccessBlock',
          // What moto asks for, where S3 asks for s3:ListBucket.
          's3:HeadBucket',
          'cloudtrail:DescribeTrails',
          'cloudtrail:GetTrailStatus',
        ]
        const PolicyDocument = JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: [...allowed, 'iam:*'], Resource: '*' }],
        })
        await iam.send(new CreateUserCommand({ UserName: 'half' }))
        await iam.send(new PutUserPolicyCommand({ UserName: 'half', PolicyName: 'half', PolicyDocument }))
        const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'half' }))
        iam.destroy()
        const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env
        t.teardown(() => Object.assign(process.env, { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY }))
        const half = { AWS_ACCESS_KEY_ID: AccessKey?.AccessKeyId, AWS_SECRET_ACCESS_KEY: AccessKey?.SecretAccessKey }
        Object.assign(process.env, half)
        await aws.enforcePolicies()

        const { code, stdout, stderr } = await run(root, ['--stack', 'staging', '--yes'])
        t.equal(code, 1)
        t.match(stdout, /6\/14 state bucket: turn versioning on \.\.\. failed\n$/)
        t.match(stderr, `s3:PutBucketVersioning on ${bucket} was refused: these credentials lack the permission`)
        t.match(stderr, 'What was done before stays. When this is mended, run it again: it goes on from here.')
        await aws.enforcePolicies(false)
        Object.assign(process.env, { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY })
        const again = await run(root, ['--stack', 'staging', '--yes'])
        t.equal(again.code, 0, again.stderr)
        t.match(again.stdout, '1/9 state bucket: turn versioning on')
      },
    )

    t.test('a step that may not even be looked at stops it before anything is done', async (t) => {
      aws.intercept(({ name }) => {
        const body = JSON.stringify({ __type: 'AccessDeniedException', message: 'not you' })
        return name === 'kms:DescribeKey' ? { status: 400, body } : undefined
      })
      const { code, stderr } = await run(await openTestProject(t), ['--stack', 'staging', '--yes'])
      t.equal(code, 1)
      t.match(
        stderr,
        'kms:DescribeKey on alias/dhakacart-state was refused: these credentials lack the permission kms:DescribeKey',
      )
      t.same(aws.changes(), [])
    })

    t.test('versioning that was suspended is turned on again', async (t) => {
      const root = await openTestProject(t)
      await run(root, ['--stack', 'staging', '--yes'])
      const s3 = new S3Client({ region })
      const VersioningConfiguration = { Status: 'Suspended' as const }
      await s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }))
      s3.destroy()
      t.match(
        (await run(root, ['--stack', 'staging', '--yes'])).stdout,
        '1/1 state bucket: turn versioning on (it is suspended) ... done',
      )
    })
  },
)
