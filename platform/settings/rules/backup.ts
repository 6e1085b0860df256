import { shown } from '../problems.ts'
import { type Rule, when } from './rule.ts'

export const backupRules: readonly Rule[] = [
  {
    name: 'backups are copied to another region',
    reads: ['region', 'backupCopyRegion'],
    find: ({ region, backupCopyRegion }) =>
      when(
        backupCopyRegion === region,
        'backupCopyRegion',
        `${shown(backupCopyRegion)} is the region of the stack, and would be lost with it; use another one, or nothing`,
      ),
  },
  {
    name: 'a lock that nobody can open is said',
    reads: ['backupVaultLock', 'backupRetentionDays'],
    warns: true,
    find: ({ backupVaultLock, backupRetentionDays }) =>
      when(
        backupVaultLock === 'compliance',
        'backupVaultLock',
        `${shown(backupVaultLock)} is for ever: three days after the up that makes it nobody, AWS neither, can take it back, or delete a backup before its ${backupRetentionDays} days are over; the vaults outlive a destroy`,
      ),
  },
]
