import type { S3Client } from '@aws-sdk/client-s3'
import { ask, unless } from '../../../aws/failure.ts'
import type { Place } from '../../step.ts'
import type { KeyStep } from '../key.ts'

/** One property of a bucket, which S3 keeps apart from the bucket itself. */
export interface BucketSetting {
  /** What `put` does, as a person would say it. */
  say: string
  /** What is wrong with it now; undefined when nothing is. */
  wrong(): Promise<string | undefined>
  put(): Promise<void>
}

/** The bucket whose properties are meant. */
export interface BucketPlace {
  place: Place
  bucket: string
  /** The key that encrypts what is in it. */
  key: KeyStep
}

/** Reads one property; undefined when S3 answers that there is `none`. */
export function read<T>(
  { place, bucket }: BucketPlace,
  permission: string,
  none: string,
  send: (s3: S3Client) => Promise<T>,
): Promise<T | undefined> {
  return ask(permission, bucket, () => send(place.clients.s3)).catch(unless(none))
}

/** Writes one property. */
export async function write(
  { place, bucket }: BucketPlace,
  permission: string,
  send: (s3: S3Client) => Promise<unknown>,
): Promise<void> {
  await ask(permission, bucket, () => send(place.clients.s3))
}
