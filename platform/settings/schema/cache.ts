import { choice, whole } from '../rows.ts'

/** The cache (cache.ts). */
export const cacheSettings = {
  cacheVersion: choice({ part: 'later: cache', default: '8.1', description: 'The version of Valkey; up only.' }, [
    '8.0',
    '8.1',
  ]),
  cacheNodeType: choice(
    { part: 'later: cache', default: 'cache.t4g.small', description: 'The machine of each node of the cache.' },
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
      part: 'later: cache',
      default: 2,
      description: 'Nodes in as many zones; from two on, another one takes over when one fails.',
    },
    1,
    3,
  ),
  cacheSnapshotRetentionDays: whole(
    {
      part: 'later: cache',
      default: 7,
      description: 'How long the daily snapshots of the cache are kept; 0 makes none.',
    },
    0,
    35,
  ),
}
