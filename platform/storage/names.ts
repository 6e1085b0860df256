import type { Stack } from '../stack.ts'

/**
 * What a bucket is called. Names are shared by all of AWS, so the account and the region stand in them; they are plain text, so that a policy
 * can name a bucket that does not exist yet.
 * @throws Error when S3 would refuse the name, which may have 63 characters.
 */
export function bucketName(stack: Stack, purpose: string): string {
  const { accountId, region } = stack.settings
  const name = `${stack.prefix}-${purpose}-${accountId}-${region}`
  if (name.length > 63) {
    throw new Error(`The bucket ${name} has ${name.length} characters, and S3 allows 63: give the stack a shorter name`)
  }
  return name
}

/** The ARN of a bucket of the stack. */
export const bucketArn = (stack: Stack, purpose: string) => `arn:aws:s3:::${bucketName(stack, purpose)}`
