import { shown } from '../problems.ts'
import type { Settings } from '../schema.ts'
import { type Rule, when } from './rule.ts'

export const accountRules: readonly Rule[] = [
  {
    name: 'the alarm of a break-glass role has a trail to listen to',
    reads: ['production', 'breakGlassPrincipals', 'cloudTrail'],
    // In production there must be a trail anyway (production.ts).
    find: ({ production, breakGlassPrincipals, cloudTrail }) =>
      when(
        !production && breakGlassPrincipals.length > 0 && cloudTrail === 'none',
        'cloudTrail',
        `${shown(cloudTrail)} leaves the alarm of the break-glass role deaf; use build or exists`,
      ),
  },
  warning('guardDuty', 'nobody looks for intruders'),
  warning('awsConfig', 'nobody records how resources were before a change'),
]

/** What production can do without, but should not do without silently. */
function warning(key: 'guardDuty' | 'awsConfig', loss: string): Rule {
  return {
    name: `production without ${key} is said`,
    reads: ['production', key],
    warns: true,
    find: (settings: Settings) =>
      when(settings.production && settings[key] === 'none', key, `${shown('none')}: ${loss}; use build or exists`),
  }
}
