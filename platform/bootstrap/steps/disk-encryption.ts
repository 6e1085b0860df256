import { EnableEbsEncryptionByDefaultCommand, GetEbsEncryptionByDefaultCommand } from '@aws-sdk/client-ec2'
import { ask } from '../../aws/failure.ts'
import { type Place, present, type Step } from '../step.ts'

/** Every new EBS volume of the account and region is encrypted, also one that somebody makes by hand. */
export function diskEncryption(place: Place): Step {
  const target = `${place.accountId} in ${place.region}`
  const { ec2 } = place.clients
  const enable = async () => {
    await ask('ec2:EnableEbsEncryptionByDefault', target, () => ec2.send(new EnableEbsEncryptionByDefaultCommand({})))
  }
  return {
    name: 'EBS encryption by default',
    target,
    scope: 'account',
    async look() {
      const found = await ask('ec2:GetEbsEncryptionByDefault', target, () =>
        ec2.send(new GetEbsEncryptionByDefaultCommand({})),
      )
      if (found.EbsEncryptionByDefault) return present()
      return { state: 'change', actions: [{ say: 'encrypt every new volume', do: enable }] }
    },
  }
}
