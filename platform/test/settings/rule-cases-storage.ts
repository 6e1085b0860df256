import { inProduction } from './rule-cases.ts'

/** Cases of the rules about buckets. */
export const storageCases = {
  ...inProduction('accessLogRetentionDays', 364, 365, 'use at least 365 days; break-ins are found late'),
}
