import { ownership, policy, publicAccess } from './access.ts'
import { encryption, lifecycle, tags, versioning } from './content.ts'
import type { BucketPlace, BucketSetting } from './setting.ts'

/** Everything that makes a bucket fit to hold state, in the order in which a new one gets it: what closes it comes first. */
export function settingsOfBucket(at: BucketPlace): BucketSetting[] {
  return [publicAccess, ownership, versioning, encryption, policy, lifecycle, tags].map((setting) => setting(at))
}
