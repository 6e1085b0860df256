import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { makeSecurityGroup } from '../network/security-group.ts'
import type { Stack } from '../stack.ts'
import { weeklyCron } from '../times.ts'
import type { BackupRole } from './role-of-backups.ts'

export interface RestoreTestsArgs {
  stack: Stack
  parent: pulumi.Resource
  vpcId: pulumi.Input<string>
  /** Where the restored database stands: subnets without a way out. */
  subnetGroupName: pulumi.Input<string>
  parameterGroupName: pulumi.Input<string>
  vaultArn: pulumi.Input<string>
  by: BackupRole
}

/** How long after `backupTime` a test begins: the night's backup is three hours old then. */
const afterBackupMinutes = 240

/**
 * Every Sunday, when Dhaka's week begins, the newest backup of each database is restored and deleted again: a backup that cannot be restored is
 * known within a week. The restored database has a group that admits nobody, stands where nothing goes out, and lives for minutes. What comes of a test that
 * fails goes to the alarm topic like any other restore (events.ts).
 */
export function makeRestoreTests(args: RestoreTestsArgs): void {
  const { stack, parent, by } = args
  const nobody = makeSecurityGroup({
    stack,
    parent,
    vpcId: args.vpcId,
    name: 'restore-tests',
    description: 'Databases that a restore test makes: nothing comes in, nothing goes out',
    dataClass: 'personal',
  })
  // AWS Backup allows letters, digits and underscores in these names.
  const name = `${stack.prefix}-weekly`.replaceAll('-', '_')
  const plan = new aws.backup.RestoreTestingPlan(
    'restore-tests',
    {
      name,
      scheduleExpression: weeklyCron(`sun:${stack.settings.backupTime}`, afterBackupMinutes),
      scheduleExpressionTimezone: 'Etc/UTC',
      startWindowHours: 1,
      recoveryPointSelection: {
        algorithm: 'LATEST_WITHIN_WINDOW',
        includeVaults: [args.vaultArn],
        recoveryPointTypes: ['SNAPSHOT'],
        selectionWindowDays: 2,
      },
      tags: stack.tags('restore-tests'),
    },
    { parent },
  )
  new aws.backup.RestoreTestingSelection(
    'restore-tests',
    {
      name: 'databases',
      restoreTestingPlanName: plan.name,
      protectedResourceType: 'RDS',
      // Every database of the vault, which holds ours only. A list would not be kept: the provider does not notice when it changes
      // (plan/replacement/backup.ts).
      protectedResourceArns: ['*'],
      iamRoleArn: by.role.arn,
      // Keys as in AWS's list of what restore testing infers and may be told (AWS Backup developer guide, 2026-11); lists are JSON in a text.
      restoreMetadataOverrides: {
        dbSubnetGroupName: args.subnetGroupName,
        dbParameterGroupName: args.parameterGroupName,
        vpcSecurityGroupIds: pulumi.jsonStringify([nobody.id]),
        publiclyAccessible: 'false',
        multiAz: 'false',
      },
    },
    { parent, dependsOn: by.policy },
  )
}
