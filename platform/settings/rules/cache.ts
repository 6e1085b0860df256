import { shown } from '../problems.ts'
import { type Rule, when } from './rule.ts'

export const cacheRules: readonly Rule[] = [
  {
    name: 'each node of the cache has a zone of its own',
    reads: ['cacheNodes', 'availabilityZones'],
    find: ({ cacheNodes, availabilityZones: { length } }) =>
      when(
        cacheNodes > length,
        'cacheNodes',
        `${shown(cacheNodes)} nodes do not fit into ${length} zones, one in each; use at most ${length}`,
      ),
  },
]
