import { ListCostAllocationTagsCommand, UpdateCostAllocationTagsStatusCommand } from '@aws-sdk/client-cost-explorer'
import { AwsFailure, ask } from '../../aws/failure.ts'
import { type Finding, type Place, present, type Step } from '../step.ts'

const tag = 'stack'

/** The tag by which budgets and anomaly monitors tell the stacks apart. Only the account that pays the bills can activate it. */
export function costTag(place: Place): Step {
  const { costs } = place.clients

  async function look(): Promise<Finding> {
    const found = await ask('ce:ListCostAllocationTags', tag, () =>
      costs.send(new ListCostAllocationTagsCommand({ TagKeys: [tag], Type: 'UserDefined' })),
    ).catch((error: unknown) => {
      if (isNotThePayer(error)) return undefined
      throw error
    })
    if (!found) {
      const by = `whoever runs the paying account activates "${tag}" there (Billing, Cost allocation tags)`
      return { state: 'cannot see', note: `this account may not; ${by}`, actions: [] }
    }
    const status = found.CostAllocationTags?.find(({ TagKey }) => TagKey === tag)?.Status
    if (status === 'Active') return present()
    if (status === 'Inactive')
      return { state: 'change', actions: [{ say: `activate the cost tag "${tag}"`, do: activate }] }
    return {
      state: 'later',
      note: 'billing learns of the tag a day after the first `up`: run this again then',
      actions: [],
    }
  }

  // The answer is 200 also when the tag was refused.
  const activate = async () => {
    const request = new UpdateCostAllocationTagsStatusCommand({
      CostAllocationTagsStatus: [{ TagKey: tag, Status: 'Active' }],
    })
    const { Errors } = await ask('ce:UpdateCostAllocationTagsStatus', tag, () => costs.send(request))
    const [refusal] = Errors ?? []
    if (!refusal) return
    const error = Object.assign(new Error(refusal.Message ?? ''), { name: refusal.Code ?? 'UnknownError' })
    throw new AwsFailure('ce:UpdateCostAllocationTagsStatus', tag, error)
  }

  return { name: 'cost allocation tag', target: tag, scope: 'account', look }
}

// A member account of an organisation is refused, and so is a person who may not see costs: neither keeps a stack from working.
function isNotThePayer(error: unknown): boolean {
  return error instanceof AwsFailure && (error.refused || /linked account/i.test(error.message))
}
