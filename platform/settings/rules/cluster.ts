import { shown } from '../problems.ts'
import { type Rule, when } from './rule.ts'

/** When each minor leaves standard support on EKS (AWS's calendar, read 2026-11-21). */
export const endOfSupport: Readonly<Record<string, string>> = { '1.35': '2027-03-27', '1.36': '2027-08-02' }

const noticeDays = 90

export const clusterRules: readonly Rule[] = [
  {
    name: 'the Kubernetes version is said before it runs out',
    reads: ['clusterVersion'],
    // Never an error: with upgradePolicy STANDARD AWS upgrades by itself on that day, and a date must not stop a repair at 3 a.m.
    warns: true,
    find({ clusterVersion }, today) {
      const end = endOfSupport[clusterVersion]
      if (!end) return [{ path: 'clusterVersion', text: `${shown(clusterVersion)} has no known end of support` }]
      const days = Math.ceil((Date.parse(end) - today.getTime()) / 86_400_000)
      const ends = days > 0 ? `leaves standard support in ${days} days, on ${end}` : `left standard support on ${end}`
      return when(
        days <= noticeDays,
        'clusterVersion',
        `${shown(clusterVersion)} ${ends}; AWS then upgrades it by itself, so go up by one minor first`,
      )
    },
  },
]
