import { type Place, type Row, read, via } from './place.ts'

/** Roles by which AWS Backup works. */
export function rowsOfBackups(place: Place): Record<string, Row> {
  return { backups: backups(place), 'restore-tests': restoreTests(place) }
}

const grant = { 'kms:GrantIsForAWSResource': 'true' }

function backups({ prefix, otherPrefix, arn, bucket, secret, key, user }: Place): Row {
  const snapshot = (name: string) => arn('rds', `snapshot:${name}`)
  return {
    may: [
      ['rds:CreateDBSnapshot', arn('rds', `db:${prefix}-main`)],
      ['rds:CreateDBSnapshot', snapshot('awsbackup:job-1')],
      ['rds:DeleteDBSnapshot', snapshot('awsbackup:job-1')],
      ['backup:CopyIntoBackupVault', arn('backup', `backup-vault:${prefix}-backups`)],
      ['s3:GetObject', bucket('assets')],
      ['kms:Decrypt', key('buckets'), via('s3')],
      ['kms:CreateGrant', key('database'), { ...via('rds'), ...grant }],
    ],
    mayNot: [
      ['rds:CreateDBSnapshot', arn('rds', `db:${otherPrefix}-main`)],
      ['rds:DeleteDBInstance', arn('rds', `db:${prefix}-main`)],
      ['rds:RestoreDBInstanceFromDBSnapshot', arn('rds', `db:${prefix}-main`)],
      ['rds:ModifyDBSnapshotAttribute', snapshot('awsbackup:job-1')],
      ['backup:DeleteBackupVault', arn('backup', `backup-vault:${prefix}-backups`)],
      ['backup:PutBackupVaultAccessPolicy', arn('backup', `backup-vault:${prefix}-backups`)],
      ['s3:PutObject', bucket('assets')],
      ['s3:GetObject', bucket('loki')],
      ['kms:Decrypt', key('buckets'), via('ec2')],
      ['kms:Decrypt', key('database'), via('rds')],
      ['kms:CreateGrant', key('database'), via('rds')],
      ['kms:CreateGrant', key('secrets'), { ...via('secretsmanager'), ...grant }],
      ['rds-db:connect', user('shop')],
      [read, secret('jwt-keys')],
    ],
  }
}

function restoreTests({ prefix, arn, bucket, secret, key, user }: Place): Row {
  const database = (name: string) => arn('rds', `db:${name}`)
  return {
    may: [
      ['rds:RestoreDBInstanceFromDBSnapshot', database('awsbackup-restore-test-1')],
      ['rds:RestoreDBInstanceFromDBSnapshot', arn('rds', 'snapshot:awsbackup:job-1')],
      ['rds:DeleteDBInstance', database('awsbackup-restore-test-1')],
      ['kms:CreateGrant', key('database'), { ...via('rds'), ...grant }],
    ],
    mayNot: [
      ['rds:RestoreDBInstanceFromDBSnapshot', database(`${prefix}-main`)],
      ['rds:DeleteDBInstance', database(`${prefix}-main`)],
      ['rds:ModifyDBInstance', database('awsbackup-restore-test-1')],
      ['rds:DeleteDBSnapshot', arn('rds', 'snapshot:awsbackup:job-1')],
      ['kms:CreateGrant', key('database'), grant],
      ['kms:CreateGrant', key('insights'), { ...via('rds'), ...grant }],
      ['s3:GetObject', bucket('assets')],
      ['rds-db:connect', user('shop')],
      [read, secret('jwt-keys')],
    ],
  }
}
