import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import { policyDocument } from '../policy.ts'
import type { Stack } from '../stack.ts'

/** Retentions that a locked vault takes, in days: those that `backupRetentionDays` may be, so that changing it never touches a lock. */
const lockedDays = { minRetentionDays: 7, maxRetentionDays: 3_653 }

/** How long a compliance lock can still be taken back, in days; AWS allows no fewer. Then it is there for ever. */
export const coolingOffDays = 3

export interface VaultArgs {
  stack: Stack
  parent: pulumi.Resource
  /** Its logical name, and the end of its own. */
  name: string
  /** What encrypts backups whose service leaves it to AWS Backup, and every copy. */
  key: aws.kms.Key
  /** Where it stands, if not in the stack's region. */
  region?: string
}

/**
 * A vault with the lock that `backupVaultLock` asks for. Without a lock it is emptied when the stack is destroyed; with one AWS refuses to delete
 * it while it holds a backup (runbooks/destroy.md).
 */
export function makeVault({ stack, parent, name, key, region }: VaultArgs): aws.backup.Vault {
  const { backupVaultLock, protect } = stack.settings
  const vault = new aws.backup.Vault(
    name,
    {
      region,
      name: `${stack.prefix}-${name}`,
      kmsKeyArn: key.arn,
      forceDestroy: backupVaultLock === 'none',
      tags: stack.tags(name, 'personal'),
    },
    { parent, protect },
  )
  if (backupVaultLock === 'none') return vault
  const policy = new aws.backup.VaultPolicy(
    name,
    { region, backupVaultName: vault.name, policy: keepPolicy() },
    { parent, deletedWith: vault },
  )
  // A lock is put by the vault's name. Made before the old one is deleted, a new one would go with it.
  new aws.backup.VaultLockConfiguration(
    name,
    {
      region,
      backupVaultName: vault.name,
      ...lockedDays,
      changeableForDays: backupVaultLock === 'compliance' ? coolingOffDays : undefined,
    },
    { parent, deleteBeforeReplace: true, dependsOn: policy },
  )
  return vault
}

/**
 * Nobody deletes a backup or shortens its life, whatever IAM allows. The lock says so too; this stands when somebody has taken the lock away,
 * which the alarm topic hears of (events.ts). Backups end by their own date all the same.
 */
function keepPolicy(): string {
  return policyDocument([
    {
      Sid: 'NobodyDeletes',
      Effect: 'Deny',
      Principal: '*',
      Action: [
        'backup:DeleteRecoveryPoint',
        'backup:DisassociateRecoveryPoint',
        'backup:DisassociateRecoveryPointFromParent',
        'backup:UpdateRecoveryPointLifecycle',
      ],
      // The policy is the vault's: what it names is in the vault.
      Resource: '*',
    },
  ])
}
