import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { makeCopies } from './backup/copies.ts'
import { makeBackupEvents } from './backup/events.ts'
import { makeRestoreTests } from './backup/restore-tests.ts'
import { type BackupRole, makeBackupRole } from './backup/role-of-backups.ts'
import { makeRestoreTestRole } from './backup/role-of-restore-tests.ts'
import { makeVault } from './backup/vault.ts'
import type { Database } from './database.ts'
import type { Keys } from './keys.ts'
import type { Network } from './network.ts'
import type { Stack } from './stack.ts'
import type { Storage } from './storage.ts'
import { dailyCron } from './times.ts'

export interface BackupArgs {
  stack: Stack
  keys: Keys
  network: Network
  database: Database
  storage: Storage
  /** Where failures go. */
  topicArn: pulumi.Input<string>
}

/** After `backupTime`, in minutes: AWS Backup starts no job of a database within the hour before RDS's own windows, or in them. */
const afterBackupMinutes = 60
/** A job that has not begun by then has expired. It ends an hour before the earliest `maintenanceTime` that the settings allow. */
const startWindowMinutes = 60
/** The first backup of a large disk takes hours; the later ones take what has changed. */
const completionWindowMinutes = 720

/**
 * AWS Backup: every night the databases and the pictures of products into a vault that nobody empties, and from there into another region; every
 * week a restore that shows that they can be read (decisions/0010-backups.md). What is not in it says why in backup/stores.ts.
 */
export class Backup extends pulumi.ComponentResource {
  readonly vaultName: pulumi.Output<string>
  /** The vault of the copies, in `backupCopyRegion`; undefined where nothing is copied. */
  readonly copiesVaultName: pulumi.Output<string> | undefined

  constructor(name: string, args: BackupArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super('dhakacart:platform:Backup', name, {}, { ...opts, provider: args.stack.provider })
    const { stack, keys, network, database, storage, topicArn } = args
    const vault = makeVault({ stack, parent: this, name: 'backups', key: keys.backups })
    const copies = makeCopies(stack, this)
    const role = makeBackupRole({
      stack,
      parent: this,
      grantKeyArns: [keys.database.arn, keys.backups.arn, ...(copies ? [copies.key.arn] : [])],
      bucketsKeyArn: keys.buckets.arn,
    })
    const plan = makePlan(stack, this, vault, copies?.vault)
    // One for each, because a selection cannot be changed: with a list of them a restore, which adds a database, would replace it.
    for (const { name: logicalName, instanceArn } of database.all)
      this.select(`database-${logicalName}`, instanceArn, plan, role)
    this.select('assets', storage.assets.arn, plan, role)

    const tests = makeRestoreTestRole({ stack, parent: this, databaseKeyArn: keys.database.arn })
    makeRestoreTests({
      stack,
      parent: this,
      vpcId: network.vpcId,
      subnetGroupName: database.subnetGroupName,
      parameterGroupName: database.parameterGroupName,
      vaultArn: vault.arn,
      by: tests,
    })
    makeBackupEvents({ stack, parent: this, topicArn, vault, roleArns: [role.role.arn, tests.role.arn] })
    this.vaultName = vault.name
    this.copiesVaultName = copies?.vault.name
    this.registerOutputs({ vaultName: this.vaultName, copiesVaultName: this.copiesVaultName })
  }

  /** Puts one thing into the plan. */
  private select(name: string, arn: pulumi.Input<string>, plan: aws.backup.Plan, by: BackupRole): void {
    new aws.backup.Selection(
      name,
      { name, planId: plan.id, iamRoleArn: by.role.arn, resources: [arn] },
      { parent: this, dependsOn: by.policy },
    )
  }
}

function makePlan(
  stack: Stack,
  parent: pulumi.Resource,
  vault: aws.backup.Vault,
  copies: aws.backup.Vault | undefined,
): aws.backup.Plan {
  const { backupTime, backupRetentionDays } = stack.settings
  const lifecycle = { deleteAfter: backupRetentionDays }
  return new aws.backup.Plan(
    'daily',
    {
      name: `${stack.prefix}-daily`,
      rules: [
        {
          ruleName: 'daily',
          targetVaultName: vault.name,
          schedule: dailyCron(backupTime, afterBackupMinutes),
          scheduleExpressionTimezone: 'Etc/UTC',
          startWindow: startWindowMinutes,
          completionWindow: completionWindowMinutes,
          // RDS keeps its own point-in-time recovery, whose window AWS Backup would take over.
          enableContinuousBackup: false,
          lifecycle,
          copyActions: copies ? [{ destinationVaultArn: copies.arn, lifecycle }] : [],
        },
      ],
      tags: stack.tags('daily'),
    },
    { parent },
  )
}
