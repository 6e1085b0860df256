import {
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3'
import { missingStatements, type Statement, withStatements } from '../../../aws/policy.ts'
import { type BucketPlace, type BucketSetting, read, write } from './setting.ts'

const closed = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }

export function publicAccess(at: BucketPlace): BucketSetting {
  const Bucket = at.bucket
  return {
    say: 'block public access',
    async wrong() {
      const none = 'NoSuchPublicAccessBlockConfiguration'
      const now = await read(at, 's3:GetBucketPublicAccessBlock', none, (s3) =>
        s3.send(new GetPublicAccessBlockCommand({ Bucket })),
      )
      const found: Partial<Record<string, boolean>> = { ...now?.PublicAccessBlockConfiguration }
      const open = Object.keys(closed).filter((one) => found[one] !== true)
      return open.length > 0 ? `off: ${open.join(', ')}` : undefined
    },
    put: () =>
      write(at, 's3:PutBucketPublicAccessBlock', (s3) =>
        s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: closed })),
      ),
  }
}

export function ownership(at: BucketPlace): BucketSetting {
  const Bucket = at.bucket
  const Rules = [{ ObjectOwnership: 'BucketOwnerEnforced' as const }]
  return {
    say: 'switch access lists off',
    async wrong() {
      const now = await read(at, 's3:GetBucketOwnershipControls', 'OwnershipControlsNotFoundError', (s3) =>
        s3.send(new GetBucketOwnershipControlsCommand({ Bucket })),
      )
      const found = now?.OwnershipControls?.Rules?.[0]?.ObjectOwnership ?? 'not set'
      return found === 'BucketOwnerEnforced' ? undefined : `ownership is ${found}`
    },
    put: () =>
      write(at, 's3:PutBucketOwnershipControls', (s3) =>
        s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules } })),
      ),
  }
}

export function policy(at: BucketPlace): BucketSetting {
  const Bucket = at.bucket
  const ours = onlyTls(Bucket)
  const find = async () => {
    const now = await read(at, 's3:GetBucketPolicy', 'NoSuchBucketPolicy', (s3) =>
      s3.send(new GetBucketPolicyCommand({ Bucket })),
    )
    return now?.Policy
  }
  return {
    say: 'let nobody in without TLS',
    async wrong() {
      const missing = missingStatements(await find(), ours)
      return missing.length > 0 ? `its policy lacks ${missing.join(' and ')}` : undefined
    },
    async put() {
      const Policy = withStatements(await find(), ours)
      await write(at, 's3:PutBucketPolicy', (s3) => s3.send(new PutBucketPolicyCommand({ Bucket, Policy })))
    },
  }
}

function onlyTls(bucket: string): Statement[] {
  return [
    {
      Sid: 'OnlyTls',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ]
}
