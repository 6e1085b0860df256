import { type Rules, terraform } from './rules.ts'

/** AWS Backup. */
export const backups: Record<string, Rules> = {
  'aws:backup/vault:Vault': {
    source: terraform('backup/vault.go', '050ac11163cab8cdae5936a7f40b0e528ff780df'),
    replace: ['kmsKeyArn', 'name'],
    update: ['forceDestroy'],
  },
  'aws:backup/vaultPolicy:VaultPolicy': {
    source: terraform('backup/vault_policy.go', '01606926a0c0ab9174aec440f976a48b0baee722'),
    replace: ['backupVaultName'],
    update: ['policy'],
  },
  // The provider has no call to change a lock: it would put a new one and then take the old one, which is the same, away.
  'aws:backup/vaultLockConfiguration:VaultLockConfiguration': {
    source: terraform('backup/vault_lock_configuration.go', '01606926a0c0ab9174aec440f976a48b0baee722'),
    replace: ['backupVaultName', 'changeableForDays', 'maxRetentionDays', 'minRetentionDays'],
    update: [],
  },
  'aws:backup/plan:Plan': {
    source: terraform('backup/plan.go', '01f431114674c27cf790fafb67ac274bf8f765e1'),
    replace: ['name'],
    update: ['advancedBackupSettings', 'rules'],
  },
  'aws:backup/selection:Selection': {
    source: terraform('backup/selection.go', '00a35305dc1b297a6fcdecdfbba33f1e63c3da39'),
    replace: ['conditions', 'iamRoleArn', 'name', 'notResources', 'planId', 'resources', 'selectionTags'],
    update: [],
  },
  'aws:backup/restoreTestingPlan:RestoreTestingPlan': {
    source: terraform('backup/restore_testing_plan.go', '108f85fd2bfcd9e85ed93fddb752c5cc10dba1ff'),
    replace: ['name'],
    update: ['recoveryPointSelection', 'scheduleExpression', 'scheduleExpressionTimezone', 'startWindowHours'],
  },
  // A change of protectedResourceArns alone reaches nobody: the provider's Update does not look at it, and says that all is well.
  'aws:backup/restoreTestingSelection:RestoreTestingSelection': {
    source: terraform('backup/restore_testing_selection.go', '00a35305dc1b297a6fcdecdfbba33f1e63c3da39'),
    replace: ['name', 'protectedResourceType', 'restoreTestingPlanName'],
    update: [
      'iamRoleArn',
      'protectedResourceArns',
      'protectedResourceConditions',
      'restoreMetadataOverrides',
      'validationWindowHours',
    ],
  },
}
