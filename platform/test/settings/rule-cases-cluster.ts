import type { Cases } from './rule-cases.ts'

/** Cases of the rules about versions. */
export const clusterCases: Record<string, Cases> = {
  'the Kubernetes version is said before it runs out': {
    fails: [
      [
        { clusterVersion: '1.35', on: '2026-12-27' },
        'dhakacart:clusterVersion: "1.35" leaves standard support in 90 days, on 2027-03-27; AWS then upgrades it by itself, so go up by one minor first',
      ],
      [
        { clusterVersion: '1.35', on: '2027-03-28' },
        'dhakacart:clusterVersion: "1.35" left standard support on 2027-03-27; AWS then upgrades it by itself, so go up by one minor first',
      ],
    ],
    passes: [
      { clusterVersion: '1.35', on: '2026-12-26' },
      { clusterVersion: '1.36', on: '2027-05-03' },
    ],
  },
}
