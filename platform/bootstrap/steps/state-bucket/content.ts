import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3'
import { tagsOf } from '../key.ts'
import { isWanted, keptDays, lifecycleRules } from './lifecycle.ts'
import { type BucketPlace, type BucketSetting, read, write } from './setting.ts'

export function versioning(at: BucketPlace): BucketSetting {
  const Bucket = at.bucket
  return {
    say: 'turn versioning on',
    async wrong() {
      const now = await read(at, 's3:GetBucketVersioning', 'NotFound', (s3) =>
        s3.send(new GetBucketVersioningCommand({ Bucket })),
      )
      return now?.Status === 'Enabled' ? undefined : `it is ${now?.Status?.toLowerCase() ?? 'off'}`
    },
    put: () =>
      write(at, 's3:PutBucketVersioning', (s3) =>
        s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } })),
      ),
  }
}

export function encryption(at: BucketPlace): BucketSetting {
  const Bucket = at.bucket
  return {
    say: `encrypt with ${at.key.target}`,
    async wrong() {
      const none = 'ServerSideEncryptionConfigurationNotFoundError'
      const now = await read(at, 's3:GetEncryptionConfiguration', none, (s3) =>
        s3.send(new GetBucketEncryptionCommand({ Bucket })),
      )
      const [rule] = now?.ServerSideEncryptionConfiguration?.Rules ?? []
      const { SSEAlgorithm, KMSMasterKeyID } = rule?.ApplyServerSideEncryptionByDefault ?? {}
      if (SSEAlgorithm !== 'aws:kms') return `it is ${SSEAlgorithm ?? 'not set'}`
      if (KMSMasterKeyID !== at.key.arn()) return `it is with ${KMSMasterKeyID ?? 'the key of S3 itself'}`
      return rule?.BucketKeyEnabled ? undefined : 'it is without a bucket key'
    },
    put: () =>
      write(at, 's3:PutEncryptionConfiguration', (s3) =>
        s3.send(
          new PutBucketEncryptionCommand({
            Bucket,
            ServerSideEncryptionConfiguration: { Rules: [encryptionRule(at.key.arn() ?? '')] },
          }),
        ),
      ),
  }
}

// The bucket key saves a call of KMS for each object.
function encryptionRule(KMSMasterKeyID: string) {
  return {
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID },
    BucketKeyEnabled: true,
  }
}

export function lifecycle(at: BucketPlace): BucketSetting {
  const Bucket = at.bucket
  return {
    say: `keep old versions for ${keptDays} days, then let them go`,
    async wrong() {
      const now = await read(at, 's3:GetLifecycleConfiguration', 'NoSuchLifecycleConfiguration', (s3) =>
        s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket })),
      )
      return isWanted(now?.Rules)
    },
    put: () =>
      write(at, 's3:PutLifecycleConfiguration', (s3) =>
        s3.send(
          new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: lifecycleRules } }),
        ),
      ),
  }
}

/** Another stack of the account may have another owner: what a tag says is left alone, only its absence is mended. */
export function tags(at: BucketPlace): BucketSetting {
  const Bucket = at.bucket
  const find = async (): Promise<Record<string, string>> => {
    const now = await read(at, 's3:GetBucketTagging', 'NoSuchTagSet', (s3) =>
      s3.send(new GetBucketTaggingCommand({ Bucket })),
    )
    return Object.fromEntries((now?.TagSet ?? []).map(({ Key, Value }) => [Key, Value]))
  }
  return {
    say: 'tag it',
    async wrong() {
      const found = await find()
      const missing = Object.keys(tagsOf(at.place, 'account')).filter((one) => !(one in found))
      return missing.length > 0 ? `it lacks ${missing.join(', ')}` : undefined
    },
    async put() {
      const all = { ...tagsOf(at.place, 'account'), ...(await find()) }
      const TagSet = Object.entries(all).map(([Key, Value]) => ({ Key, Value }))
      await write(at, 's3:PutBucketTagging', (s3) =>
        s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } })),
      )
    },
  }
}
