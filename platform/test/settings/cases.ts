import { examine } from '../../settings/check.ts'
import type { SettingSchema } from '../../settings/problems.ts'
import { fullKey } from '../../settings/problems.ts'
import { type Settings, schema } from '../../settings/schema.ts'

/** The day on which the cases live. */
export const today = new Date('2026-11-21T00:00:00Z')

/** A production stack with nothing wrong, every setting set: what single mistakes are planted in. */
export const rightSettings: Settings = {
  ...(Object.fromEntries(
    Object.entries(schema.properties as Record<string, SettingSchema>).map(([key, { default: value }]) => [key, value]),
  ) as Settings),
  region: 'ap-southeast-1',
  accountId: '222222222222',
  owner: 'platform',
  costCentre: 'shop',
  availabilityZones: ['ap-southeast-1a', 'ap-southeast-1b', 'ap-southeast-1c'],
  deployerPrincipals: ['arn:aws:iam::222222222222:role/release'],
  breakGlassPrincipals: ['arn:aws:iam::222222222222:role/break-glass'],
  secretKeeperPrincipals: ['arn:aws:iam::222222222222:role/keeper'],
  alarmEmails: ['platform@dhakacart.example'],
  monthlyBudgetUsd: 2500,
}

/** Settings as Pulumi hands them to a program. */
export function asConfig(settings: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      fullKey(key),
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )
}

/** What is said about the right settings with some of them changed. */
export function examined(changes: Partial<Settings>, day: Date = today) {
  return examine(asConfig({ ...rightSettings, ...changes }), [], day)
}
