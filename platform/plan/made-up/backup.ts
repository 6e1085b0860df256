import type { Row } from './template.ts'

const backup = 'arn:aws:backup:{region}:{account}'

/** AWS Backup. Shapes of ARNs as in AWS's Service Authorization Reference (2026-11). */
export const backups: Record<string, Row> = {
  'aws:backup/vault:Vault': { id: '{in.name}', arn: `${backup}:backup-vault:{in.name}`, recoveryPoints: 0 },
  'aws:backup/vaultPolicy:VaultPolicy': {
    id: '{in.backupVaultName}',
    backupVaultArn: `${backup}:backup-vault:{in.backupVaultName}`,
  },
  'aws:backup/vaultLockConfiguration:VaultLockConfiguration': {
    id: '{in.backupVaultName}',
    backupVaultArn: `${backup}:backup-vault:{in.backupVaultName}`,
  },
  'aws:backup/plan:Plan': { id: '{uuid}', arn: `${backup}:backup-plan:{id}`, version: '{hex:48}' },
  'aws:backup/selection:Selection': { id: '{uuid}' },
  'aws:backup/restoreTestingPlan:RestoreTestingPlan': {
    id: '{in.name}',
    arn: `${backup}:restore-testing-plan:{in.name}-{uuid}`,
  },
  'aws:backup/restoreTestingSelection:RestoreTestingSelection': { id: '{in.name}:{in.restoreTestingPlanName}' },
}
