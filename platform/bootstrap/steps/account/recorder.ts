import { DescribeConfigurationRecorderStatusCommand } from '@aws-sdk/client-config-service'
import { CreateServiceLinkedRoleCommand, GetRoleCommand } from '@aws-sdk/client-iam'
import { ask, unless } from '../../../aws/failure.ts'
import type { Settings } from '../../../settings/schema.ts'
import { CommandError } from '../../../terminal/terminal.ts'
import { type Finding, type Place, present, type Step } from '../../step.ts'

const roleName = 'AWSServiceRoleForConfig'

/**
 * AWS Config's recorder: an account has at most one in a region, so a stack can make it only where there is none. The role that it records
 * with is AWS's own and the account's, so it is made here.
 */
export function recorder(place: Place, setting: Settings['awsConfig']): Step {
  const { config, iam } = place.clients
  const where = `${place.accountId} in ${place.region}`

  async function look(): Promise<Finding> {
    const { ConfigurationRecordersStatus: [found] = [] } = await ask(
      'config:DescribeConfigurationRecorderStatus',
      where,
      () => config.send(new DescribeConfigurationRecorderStatusCommand({})),
    )
    if (setting === 'exists') {
      if (found?.recording) return present(`counts on ${found.name}`)
      const state = found ? `the recorder ${found.name} stands still` : 'it has no recorder'
      throw new CommandError(
        `dhakacart:awsConfig is "exists", and in account ${where} ${state}: start it, or use build`,
      )
    }
    if (found && found.name !== `dhakacart-${place.stack}`) {
      throw new CommandError(
        `dhakacart:awsConfig is "build", and account ${where} has the recorder ${found.name} already, of which AWS allows one: set it to exists`,
      )
    }
    const role = await ask('iam:GetRole', roleName, () => iam.send(new GetRoleCommand({ RoleName: roleName }))).catch(
      unless('NoSuchEntityException', 'NoSuchEntity'),
    )
    if (role) return present(found ? undefined : '`pulumi up` makes it')
    return { state: 'create', actions: [{ say: `make the role ${roleName}, which is AWS's own`, do: makeRole }] }
  }

  const makeRole = async () => {
    await ask('iam:CreateServiceLinkedRole', roleName, () =>
      iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'config.amazonaws.com' })),
    )
  }

  return { name: 'AWS Config', target: setting, scope: 'account', look }
}
