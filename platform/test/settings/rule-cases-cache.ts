import { type Cases, inProduction } from './rule-cases.ts'

/** Cases of the rules about the cache. */
export const cacheCases: Record<string, Cases> = {
  'each node of the cache has a zone of its own': {
    fails: [
      [
        { production: false, availabilityZones: ['ap-southeast-1a', 'ap-southeast-1b'], cacheNodes: 3 },
        'dhakacart:cacheNodes: 3 nodes do not fit into 2 zones, one in each; use at most 2',
      ],
    ],
    passes: [
      { cacheNodes: 3 },
      { production: false, availabilityZones: ['ap-southeast-1a', 'ap-southeast-1b'], cacheNodes: 2 },
    ],
  },
  ...inProduction('cacheNodes', 1, 2, 'use at least 2, so that another one takes over when one fails'),
  ...inProduction('cacheNodeType', 'cache.t4g.micro', 'cache.t4g.small', 'use cache.t4g.small or a bigger one'),
  ...inProduction('cacheSnapshotRetentionDays', 0, 1, 'use at least 1 day'),
}
