import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import type { Keys } from '../keys.ts'
import type { Stack } from '../stack.ts'
import { dailyWindow, weeklyWindow } from '../times.ts'
import { birthOf, type DatabaseItem, identifierOf, onlyAtBirth } from './birth.ts'
import { logTypes, makeLogs } from './logs.ts'
import type { Monitoring } from './monitoring.ts'
import type { Way } from './way.ts'

export interface InstanceArgs {
  stack: Stack
  parent: pulumi.Resource
  keys: Keys
  way: Way
  parameters: aws.rds.ParameterGroup
  monitoring: Monitoring
}

/** A restore of a large database takes hours, and so does its final snapshot. */
const timeouts = { create: '4h', update: '4h', delete: '4h' }

/**
 * What every database has, a read replica too. Nothing waits for a person to press a button, and nothing restarts a database in the middle of a day:
 * changes that need it wait for the maintenance window (`applyImmediately`).
 */
function common({ stack, keys, way, parameters, monitoring }: InstanceArgs, name: string) {
  const { settings } = stack
  return {
    identifier: identifierOf(stack, name),
    instanceClass: settings.databaseClass,
    // Never in the statement that AWS answers a restore with, so it must be said (and replaces where it differs).
    storageEncrypted: true,
    storageType: 'gp3',
    maxAllocatedStorage: settings.databaseMaxStorageGib,
    port: way.port,
    dbSubnetGroupName: way.subnets.name,
    vpcSecurityGroupIds: [way.group.id],
    publiclyAccessible: false,
    networkType: 'IPV4',
    parameterGroupName: parameters.name,
    // The certificate authority that the shop is told to trust; RDS's own default may change. It lasts until 2061.
    caCertIdentifier: 'rds-ca-rsa2048-g1',
    iamDatabaseAuthenticationEnabled: true,
    enabledCloudwatchLogsExports: logTypes,
    // Performance Insights lives on as the standard mode of Database Insights (its own page ended on 2026-07-31); seven days cost nothing.
    databaseInsightsMode: 'standard',
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: keys.insights.arn,
    performanceInsightsRetentionPeriod: 7,
    monitoringInterval: 60,
    monitoringRoleArn: monitoring.role.arn,
    maintenanceWindow: weeklyWindow(settings.maintenanceTime, 60),
    autoMinorVersionUpgrade: true,
    applyImmediately: false,
    copyTagsToSnapshot: true,
  } satisfies Partial<aws.rds.InstanceArgs>
}

/**
 * One database of `databaseInstances`. Only the one in use is protected, so that the one that it was restored from can go; every one leaves a
 * final snapshot and its automated backups. Both of its keys are used by RDS alone, in the deployer's name.
 */
export function makeInstance(args: InstanceArgs, item: DatabaseItem): aws.rds.Instance {
  const { stack, parent, keys, monitoring } = args
  const { settings } = stack
  const { name } = item
  const shared = common(args, name)
  const guarded = settings.protect && name === settings.databaseInUse
  return new aws.rds.Instance(
    name,
    {
      ...shared,
      ...birthOf(stack, item),
      engine: 'postgres',
      engineVersion: settings.databaseVersion,
      allowMajorVersionUpgrade: false,
      engineLifecycleSupport: 'open-source-rds-extended-support-disabled',
      multiAz: settings.databaseMultiAz,
      kmsKeyId: keys.database.arn,
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: keys.secrets.arn,
      backupRetentionPeriod: settings.databaseBackupRetentionDays,
      backupWindow: dailyWindow(settings.backupTime, 30),
      deletionProtection: guarded,
      deleteAutomatedBackups: false,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: `${shared.identifier}-final`,
      tags: stack.tags(name, 'personal'),
    },
    {
      parent,
      protect: guarded,
      ignoreChanges: onlyAtBirth,
      customTimeouts: timeouts,
      dependsOn: [...makeLogs(stack, parent, keys, name, shared.identifier), monitoring.permission],
    },
  )
}

/**
 * Copies for reading of the database in use, seconds behind it. Version, user, key and backups are their source's: AWS and the provider refuse
 * them here. They hold nothing of their own, so nothing protects them.
 */
export function makeReplicas(args: InstanceArgs, source: aws.rds.Instance): aws.rds.Instance[] {
  const { stack, parent, keys, monitoring } = args
  const { databaseInUse, databaseReadReplicas } = stack.settings
  return Array.from({ length: databaseReadReplicas }, (_, at) => {
    const name = `${databaseInUse}-replica-${at + 1}`
    const shared = common(args, name)
    return new aws.rds.Instance(
      name,
      {
        ...shared,
        // With a subnet group in the same region the source must be named by its ARN (terraform-provider-aws #40426).
        replicateSourceDb: source.arn,
        multiAz: false,
        skipFinalSnapshot: true,
        tags: stack.tags(name, 'personal'),
      },
      {
        parent,
        customTimeouts: timeouts,
        dependsOn: [...makeLogs(stack, parent, keys, name, shared.identifier), monitoring.permission],
      },
    )
  })
}
