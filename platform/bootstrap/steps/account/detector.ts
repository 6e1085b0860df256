import { GetDetectorCommand, ListDetectorsCommand } from '@aws-sdk/client-guardduty'
import { ask } from '../../../aws/failure.ts'
import type { Settings } from '../../../settings/schema.ts'
import { CommandError } from '../../../terminal/terminal.ts'
import { type Place, present, type Step } from '../../step.ts'

/** GuardDuty's detector: an account has at most one in a region, so a stack can make it only where there is none. */
export function detector(place: Place, setting: Settings['guardDuty']): Step {
  const { guardDuty } = place.clients
  const where = `${place.accountId} in ${place.region}`
  return {
    name: 'GuardDuty',
    target: setting,
    scope: 'account',
    async look() {
      const { DetectorIds: [id] = [] } = await ask('guardduty:ListDetectors', where, () =>
        guardDuty.send(new ListDetectorsCommand({})),
      )
      if (!id) {
        if (setting === 'build') return present('`pulumi up` makes it')
        throw new CommandError(`dhakacart:guardDuty is "exists", and account ${where} has no detector: use build`)
      }
      const found = await ask('guardduty:GetDetector', id, () =>
        guardDuty.send(new GetDetectorCommand({ DetectorId: id })),
      )
      if (setting === 'build' && found.Tags?.stack === place.stack) return present()
      if (setting === 'build') {
        throw new CommandError(
          `dhakacart:guardDuty is "build", and account ${where} has the detector ${id} already, of which AWS allows one: set it to exists`,
        )
      }
      if (found.Status === 'ENABLED') return present(`counts on ${id}`)
      throw new CommandError(
        `dhakacart:guardDuty is "exists", and the detector ${id} of account ${where} is off: switch it on`,
      )
    },
  }
}
