import { DescribeRegionSettingsCommand, UpdateRegionSettingsCommand } from '@aws-sdk/client-backup'
import { ask } from '../../aws/failure.ts'
import { type Place, present, type Step } from '../step.ts'

/** AWS Backup takes nothing of a service that the account has not opted in: a plan for it would run, and back up nothing. */
export function backupOptIn(place: Place): Step {
  const target = `RDS, ${place.accountId} in ${place.region}`
  const { backup } = place.clients
  const optIn = async () => {
    await ask('backup:UpdateRegionSettings', target, () =>
      backup.send(new UpdateRegionSettingsCommand({ ResourceTypeOptInPreference: { RDS: true } })),
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
      if (found.ResourceTypeOptInPreference?.RDS) return present()
      return { state: 'change', actions: [{ say: 'let AWS Backup take databases', do: optIn }] }
    },
  }
}
