import type { LifecycleRule } from '@aws-sdk/client-s3'

/** A state that was overwritten or deleted by mistake can be brought back for so long. */
export const keptDays = 90

/** The rules of the state bucket: the current state is never touched. */
export const lifecycleRules: LifecycleRule[] = [
  {
    ID: 'old-versions',
    Status: 'Enabled',
    Filter: { Prefix: '' },
    NoncurrentVersionExpiration: { NoncurrentDays: keptDays },
    Expiration: { ExpiredObjectDeleteMarker: true },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
  },
]

/** What is wrong with the rules that a state bucket has; undefined when they keep what must be kept and let the rest go. */
export function isWanted(rules: LifecycleRule[] | undefined): string | undefined {
  const enabled = (rules ?? []).filter(({ Status }) => Status === 'Enabled')
  const eats = enabled.find(({ Expiration }) => Expiration?.Days !== undefined || Expiration?.Date !== undefined)
  if (eats) return `the rule ${eats.ID} deletes the state itself, and goes`
  const hasty = enabled.find(({ NoncurrentVersionExpiration: old }) => (old?.NoncurrentDays ?? keptDays) < keptDays)
  if (hasty) {
    return `the rule ${hasty.ID} keeps them for ${hasty.NoncurrentVersionExpiration?.NoncurrentDays} days only, and goes`
  }
  const frugal = enabled.find(({ NoncurrentVersionExpiration: old }) => old?.NewerNoncurrentVersions !== undefined)
  const everywhere = enabled.some(
    ({ Filter, Prefix, NoncurrentVersionExpiration: old }) =>
      old?.NoncurrentDays !== undefined && !Filter?.Prefix && !Prefix && !Filter?.And && !Filter?.Tag,
  )
  return everywhere || frugal ? undefined : 'no rule lets old versions go'
}
