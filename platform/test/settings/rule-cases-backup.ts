import type { Cases } from './rule-cases.ts'
import { inProduction } from './rule-cases.ts'

/** Cases of the rules about backups. */
export const backupCases: Record<string, Cases> = {
  'backups are copied to another region': {
    fails: [
      [
        { backupCopyRegion: 'ap-southeast-1' },
        'dhakacart:backupCopyRegion: "ap-southeast-1" is the region of the stack, and would be lost with it; use another one, or nothing',
      ],
    ],
    passes: [{ backupCopyRegion: 'eu-central-1' }, { production: false, backupCopyRegion: '' }],
  },
  'a lock that nobody can open is said': {
    fails: [
      [
        { backupVaultLock: 'compliance', backupRetentionDays: 35 },
        'dhakacart:backupVaultLock: "compliance" is for ever: three days after the up that makes it nobody, AWS neither, can take it back, or delete a backup before its 35 days are over; the vaults outlive a destroy',
      ],
    ],
    passes: [{ backupVaultLock: 'governance' }, { production: false, backupVaultLock: 'none' }],
  },
  ...inProduction('backupRetentionDays', 29, 30, 'use at least 30 days'),
  ...inProduction('backupVaultLock', 'none', 'governance', 'use governance, so that no mistake empties the vault'),
  ...inProduction('backupCopyRegion', '', 'ap-south-2', 'name a second region; one can be lost'),
}
