import { DescribeTrailsCommand, GetTrailStatusCommand, type Trail } from '@aws-sdk/client-cloudtrail'
import { ask } from '../../../aws/failure.ts'
import type { Settings } from '../../../settings/schema.ts'
import { CommandError } from '../../../terminal/terminal.ts'
import { type Place, present, type Step } from '../../step.ts'

/**
 * The trail that the setting `cloudTrail` counts on. `exists`: without one of every region that writes, nobody would know that nothing is
 * written down. `build`: a second trail is charged, which is said.
 */
export function trail(place: Place, setting: Settings['cloudTrail']): Step {
  const { cloudTrail } = place.clients
  const own = `dhakacart-${place.stack}-trail`

  const isWriting = async ({ TrailARN }: Trail) => {
    const status = await ask('cloudtrail:GetTrailStatus', TrailARN ?? '', () =>
      cloudTrail.send(new GetTrailStatusCommand({ Name: TrailARN })),
    )
    return status.IsLogging === true
  }

  return {
    name: 'trail of the account',
    target: setting,
    scope: 'account',
    async look() {
      const { trailList = [] } = await ask('cloudtrail:DescribeTrails', place.accountId, () =>
        cloudTrail.send(new DescribeTrailsCommand({ includeShadowTrails: true })),
      )
      const others = trailList.filter(({ Name, IsMultiRegionTrail }) => Name !== own && IsMultiRegionTrail)
      const writing = (await Promise.all(others.map(async (one) => ((await isWriting(one)) ? [one] : [])))).flat()
      const names = writing.map(({ Name }) => Name).join(', ')
      if (setting === 'exists') {
        if (names !== '') return present(`counts on ${names}`)
        throw new CommandError(
          `dhakacart:cloudTrail is "exists", and account ${place.accountId} has no trail of every region that writes: use build`,
        )
      }
      if (names === '') return present('`pulumi up` makes it')
      return present(
        `the account has ${names} already, and each trail more is charged: set dhakacart:cloudTrail to exists, unless you want two`,
      )
    },
  }
}
