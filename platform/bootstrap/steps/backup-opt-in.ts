import { DescribeRegionSettingsCommand, UpdateRegionSettingsCommand } from '@aws-sdk/client-backup'
import { ask } from '../../aws/failure.ts'
import { type Place, present, type Step } from '../step.ts'

/** What the stacks' backup plans hold: databases, and the bucket of assets (platform/backup/stores.ts). */
const kinds = ['RDS', 'S3']

/** AWS Backup takes nothing of a service that the account has not opted in: a plan for it would run, and back up nothing. */
export function backupOptIn(place: Place): Step {
  const target = `${kinds.join(' and ')}, ${place.accountId} in ${place.region}`
  const { backup } = place.clients
  const optIn = async (missing: string[]) => {
    const preference = Object.fromEntries(missing.map((kind) => [kind, true]))
    await ask('backup:UpdateRegionSettings', target, () =>
      backup.send(new UpdateRegionSettingsCommand({ ResourceTypeOptInPreference: preference })),
    )
  }
  return {
    name: 'AWS Backup opt-in',
    target,
    scope: 'account',
    async look() {
      const found = await ask('backup:DescribeRegionSettings', target, () =>
        backup.send(new DescribeRegionSettingsCommand({})),
      )
      const missing = kinds.filter((kind) => !found.ResourceTypeOptInPreference?.[kind])
      if (missing.length === 0) return present()
      return {
        state: 'change',
        actions: [{ say: `let AWS Backup take ${missing.join(' and ')}`, do: () => optIn(missing) }],
      }
    },
  }
}
