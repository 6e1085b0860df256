import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import { copiesKeyPolicy } from '../keys/policies.ts'
import type { Stack } from '../stack.ts'
import { makeVault } from './vault.ts'

/** The second region's part: a vault, and the key that everything in it is encrypted with. */
export interface Copies {
  vault: aws.backup.Vault
  key: aws.kms.Key
}

/** Makes them in `backupCopyRegion`, or nothing where that is empty. What is copied needs nothing of the first region to be opened. */
export function makeCopies(stack: Stack, parent: pulumi.Resource): Copies | undefined {
  const { backupCopyRegion: region, kmsDeletionWindowDays, protect } = stack.settings
  if (region === '') return undefined
  const key = new aws.kms.Key(
    'copies',
    {
      region,
      description: `${stack.prefix}: copies of backups`,
      enableKeyRotation: true,
      deletionWindowInDays: kmsDeletionWindowDays,
      policy: copiesKeyPolicy(stack, region),
      tags: stack.tags('copies', 'personal'),
    },
    { parent, protect },
  )
  new aws.kms.Alias('copies', { region, name: `alias/${stack.prefix}/copies`, targetKeyId: key.keyId }, { parent })
  return { vault: makeVault({ stack, parent, name: 'copies', key, region }), key }
}
