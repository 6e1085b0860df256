import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail'
import {
  ConfigServiceClient,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  StartConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service'
import { CreateDetectorCommand, GuardDutyClient } from '@aws-sdk/client-guardduty'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import t, { type Test } from 'tap'
import { bootstrap } from '../../bootstrap/bootstrap.ts'
import { openTestAws } from '../harness/aws.ts'
import { runHere } from '../harness/command.ts'
import { motoAccount, motoMissing, motoTimeoutMs } from '../harness/moto.ts'
import { openTestProject } from '../harness/project.ts'

const region = 'ap-southeast-1'

t.setTimeout(motoTimeoutMs)

t.test('what the account sees', { skip: motoMissing, timeout: motoTimeoutMs }, async (t) => {
  const aws = await openTestAws()
  t.teardown(() => aws.stop())
  Object.assign(process.env, aws.env)
  const clients = {
    trail: new CloudTrailClient({ region }),
    guard: new GuardDutyClient({ region }),
    config: new ConfigServiceClient({ region }),
    s3: new S3Client({ region, forcePathStyle: true }),
  }
  t.teardown(() => Object.values(clients).map((client) => client.destroy()))
  t.beforeEach(async () => {
    await aws.reset()
    await clients.s3.send(
      new CreateBucketCommand({ Bucket: 'elsewhere', CreateBucketConfiguration: { LocationConstraint: region } }),
    )
  })

  /** A dry run of prod with these settings. */
  const look = async (t: Test, settings: Record<string, string>, ...options: string[]) => {
    const root = await openTestProject(t)
    const lines = Object.entries(settings).map(([key, value]) => `  dhakacart:${key}: ${value}\n`)
    await appendFile(join(root, 'Pulumi.prod.yaml'), lines.join(''))
    return runHere(bootstrap, {
      argv: ['--stack', 'prod', ...(options.length > 0 ? options : ['--dry-run'])],
      root,
      env: { PATH: '' },
    })
  }
  const makeTrail = async (Name: string, IsMultiRegionTrail = true) => {
    await clients.trail.send(new CreateTrailCommand({ Name, S3BucketName: 'elsewhere', IsMultiRegionTrail }))
    await clients.trail.send(new StartLoggingCommand({ Name }))
  }
  const makeRecorder = async (name: string) => {
    const roleARN = `arn:aws:iam::${motoAccount}:role/config`
    await clients.config.send(
      new PutConfigurationRecorderCommand({
        ConfigurationRecorder: { name, roleARN, recordingGroup: { allSupported: true } },
      }),
    )
    await clients.config.send(new PutDeliveryChannelCommand({ DeliveryChannel: { name, s3BucketName: 'elsewhere' } }))
  }

  t.test('is made by `pulumi up` in an empty account, but for the role of AWS Config', async (t) => {
    const { stdout, stderr, code } = await look(t, {})
    t.equal(code, 0, stderr)
    t.match(stdout, /^present .*trail of the account .*build.*\n +`pulumi up` makes it$/m)
    t.match(stdout, /^present .*GuardDuty .*build.*\n +`pulumi up` makes it$/m)
    t.match(stdout, /^will create .*AWS Config .*\n +\+ make the role AWSServiceRoleForConfig, which is AWS's own$/m)
    t.equal((await look(t, {}, '--yes')).code, 0)
    t.match((await look(t, {})).stdout, /^present .*AWS Config .*\n +`pulumi up` makes it$/m)
  })

  t.test('must be there when the settings count on it', async (t) => {
    const said = async (settings: Record<string, string>) => (await look(t, settings)).stderr
    t.match(
      await said({ cloudTrail: 'exists' }),
      /cloudTrail is "exists", and account \d+ has no trail .*: use build\n$/,
    )
    await makeTrail('regional', false)
    t.match(
      await said({ cloudTrail: 'exists' }),
      /no trail of every region that writes/,
      'one of one region is too little',
    )
    t.match(await said({ guardDuty: 'exists' }), /guardDuty is "exists", and account .* has no detector: use build\n$/)
    t.match(await said({ awsConfig: 'exists' }), /awsConfig is "exists", and in account .* it has no recorder/)
    await makeRecorder('default')
    t.match(await said({ awsConfig: 'exists' }), /the recorder default stands still: start it, or use build\n$/)
  })

  t.test('is counted on when it is there', async (t) => {
    await makeTrail('organisation')
    await clients.guard.send(new CreateDetectorCommand({ Enable: true }))
    await makeRecorder('default')
    await clients.config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }))
    const settings = { cloudTrail: 'exists', guardDuty: 'exists', awsConfig: 'exists' }
    const { stdout, stderr } = await look(t, settings)
    t.equal(stderr, '')
    for (const what of ['organisation', '[0-9a-f-]+', 'default']) t.match(stdout, new RegExp(`counts on ${what}\n`))
  })

  t.test('is not made twice where AWS allows one, and said where it allows more', async (t) => {
    await makeTrail('organisation')
    t.match((await look(t, {})).stdout, /has organisation already, and each trail more is charged/)
    await clients.guard.send(new CreateDetectorCommand({ Enable: true, Tags: { stack: 'staging' } }))
    t.match(
      (await look(t, {})).stderr,
      /guardDuty is "build", and account .* has the detector .* already, of which AWS allows one: set it to exists\n$/,
    )
    await makeRecorder('default')
    t.match(
      (await look(t, { guardDuty: 'none' })).stderr,
      /awsConfig is "build", and account .* has the recorder default already, of which AWS allows one: set it to exists\n$/,
    )
  })
})
