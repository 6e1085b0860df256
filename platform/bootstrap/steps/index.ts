import type { Settings } from '../../settings/schema.ts'
import type { Place, Step } from '../step.ts'
import { detector } from './account/detector.ts'
import { recorder } from './account/recorder.ts'
import { trail } from './account/trail.ts'
import { backupOptIn } from './backup-opt-in.ts'
import { costTag } from './cost-tag.ts'
import { diskEncryption } from './disk-encryption.ts'
import { githubProvider } from './github-provider.ts'
import { secretsKey, stateKey } from './keys.ts'
import { type PulumiStackOptions, pulumiStack } from './pulumi-stack.ts'
import { stateBucket } from './state-bucket/step.ts'

/** What a stack chooses that steps must know. */
export type Choices = Pick<Settings, 'cloudTrail' | 'guardDuty' | 'awsConfig'>

/** Everything that must exist before the first `up`, in the order in which it is made. */
export function bootstrapSteps(
  place: Place,
  options: Omit<PulumiStackOptions, 'bucket'> & { choices: Choices },
): Step[] {
  const keyOfState = stateKey(place)
  const bucket = stateBucket(place, keyOfState)
  return [
    diskEncryption(place),
    keyOfState,
    bucket,
    secretsKey(place),
    githubProvider(place),
    backupOptIn(place),
    costTag(place),
    ...whatTheAccountSees(place, options.choices),
    pulumiStack(place, { ...options, bucket }),
  ]
}

/** Nothing is looked for where the stack counts on nothing. */
const whatTheAccountSees = (place: Place, { cloudTrail, guardDuty, awsConfig }: Choices): Step[] => [
  ...(cloudTrail === 'none' ? [] : [trail(place, cloudTrail)]),
  ...(guardDuty === 'none' ? [] : [detector(place, guardDuty)]),
  ...(awsConfig === 'none' ? [] : [recorder(place, awsConfig)]),
]
