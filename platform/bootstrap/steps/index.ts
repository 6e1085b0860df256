import type { Place, Step } from '../step.ts'
import { backupOptIn } from './backup-opt-in.ts'
import { costTag } from './cost-tag.ts'
import { diskEncryption } from './disk-encryption.ts'
import { githubProvider } from './github-provider.ts'
import { secretsKey, stateKey } from './keys.ts'
import { type PulumiStackOptions, pulumiStack } from './pulumi-stack.ts'
import { stateBucket } from './state-bucket/step.ts'

/** Everything that must exist before the first `up`, in the order in which it is made. */
export function bootstrapSteps(place: Place, options: Omit<PulumiStackOptions, 'bucket'>): Step[] {
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
    pulumiStack(place, { ...options, bucket }),
  ]
}
