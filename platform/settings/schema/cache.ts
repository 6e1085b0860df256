import { choice, whole } from '../rows.ts'

/** The cache (cache.ts). */
export const cacheSettings = {
  cacheVersion: choice(
    {
      part: 'cache',
      // The last of its major version: with a later minor to come AWS would go there by itself, and the setting would say the older one.
      default: '8.2',
      description:
        'The version of Valkey; up only, and at once when AWS has gone up by itself: going down replaces it.',
    },
    ['8.0', '8.1', '8.2'],
  ),
  cacheNodeType: choice(
    { part: 'cache', default: 'cache.t4g.small', description: 'The machine of each node of the cache.' },
    [
      'cache.t4g.micro',
      'cache.t4g.small',
      'cache.t4g.medium',
      'cache.m7g.large',
      'cache.r7g.large',
      'cache.r7g.xlarge',
    ],
  ),
  cacheNodes: whole(
    {
      part: 'cache',
      default: 2,
      description: 'Nodes in as many zones; from two on, another one takes over when one fails.',
    },
    1,
    3,
  ),
  cacheSnapshotRetentionDays: whole(
    {
      part: 'cache',
      default: 7,
      description: 'How long the daily snapshots of the cache are kept; 0 makes none.',
    },
    0,
    35,
  ),
}
