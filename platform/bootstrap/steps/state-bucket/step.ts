import {
  CreateBucketCommand,
  type CreateBucketCommandInput,
  HeadBucketCommand,
  waitUntilBucketExists,
} from '@aws-sdk/client-s3'
import { AwsFailure, ask, unless } from '../../../aws/failure.ts'
import { CommandError } from '../../../terminal/terminal.ts'
import { stateBucketName } from '../../names.ts'
import type { Action, Finding, Place, Step } from '../../step.ts'
import type { KeyStep } from '../key.ts'
import { settingsOfBucket } from './settings.ts'

/** The bucket of Pulumi's state: versioned, encrypted, private. Whoever reads it reads the whole architecture, so only TLS gets in. */
export function stateBucket(place: Place, key: KeyStep): Step {
  const bucket = stateBucketName(place.accountId, place.region)
  const settings = settingsOfBucket({ place, bucket, key })

  async function look(): Promise<Finding> {
    const exists = await head(place, bucket)
    const actions: Action[] = exists ? [] : [{ say: `make the bucket ${bucket}`, do: () => create(place, bucket) }]
    for (const setting of settings) {
      const wrong = exists ? await setting.wrong() : undefined
      if (!exists || wrong) actions.push({ say: wrong ? `${setting.say} (${wrong})` : setting.say, do: setting.put })
    }
    return { state: !exists ? 'create' : actions.length > 0 ? 'change' : 'present', actions }
  }

  return { name: 'state bucket', target: bucket, scope: 'account', look }
}

async function head({ clients, accountId, region }: Place, bucket: string): Promise<boolean> {
  const request = new HeadBucketCommand({ Bucket: bucket, ExpectedBucketOwner: accountId })
  const found = await ask('s3:ListBucket', bucket, () => clients.s3.send(request))
    .catch(unless('NotFound', 'NoSuchBucket'))
    .catch((error: unknown) => {
      throw explain(error, bucket, region)
    })
  if (found?.BucketRegion && found.BucketRegion !== region) throw elsewhere(bucket, region, found.BucketRegion)
  return found !== undefined
}

// S3 answers HEAD without a body: only the status and the region tell what is the matter.
function explain(error: unknown, bucket: string, region: string): unknown {
  if (!(error instanceof AwsFailure)) return error
  const response = (error.cause as { $response?: { headers?: Record<string, string> } }).$response
  const there = response?.headers?.['x-amz-bucket-region']
  if (there && there !== region) return elsewhere(bucket, region, there)
  if (!error.refused) return error
  return new CommandError(
    `${bucket} cannot be looked at: these credentials lack s3:ListBucket on it, or somebody else owns a bucket of that name (then no other account can have it: write to AWS, and choose another region meanwhile).`,
  )
}

function elsewhere(bucket: string, region: string, there: string): CommandError {
  return new CommandError(
    `The bucket ${bucket} is in ${there}, and its name and aws:region say ${region}: a bucket cannot move. Empty and delete it, and run it again.`,
  )
}

async function create({ clients, region }: Place, bucket: string): Promise<void> {
  // S3 refuses us-east-1 as a constraint, and everywhere else refuses to be without one.
  const constraint = region as NonNullable<CreateBucketCommandInput['CreateBucketConfiguration']>['LocationConstraint']
  const request: CreateBucketCommandInput = {
    Bucket: bucket,
    ObjectOwnership: 'BucketOwnerEnforced',
    ...(region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: constraint } }),
  }
  await ask('s3:CreateBucket', bucket, () => clients.s3.send(new CreateBucketCommand(request)))
  await ask('s3:ListBucket', bucket, () =>
    waitUntilBucketExists({ client: clients.s3, maxWaitTime: 60 }, { Bucket: bucket }),
  )
}
