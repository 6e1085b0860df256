import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import type { Keys } from '../keys.ts'
import type { Settings } from '../settings/schema.ts'
import type { Stack } from '../stack.ts'
import { dailyWindow, weeklyWindow } from '../times.ts'
import type { Way } from './way.ts'

export interface InstanceArgs {
  stack: Stack
  parent: pulumi.Resource
  keys: Keys
  item: Settings['databaseInstances'][number]
  way: Way
  parameters: aws.rds.ParameterGroup
}

/** One database. */
export function makeInstance({ stack, parent, keys, item, way, parameters }: InstanceArgs): aws.rds.Instance {
  const { settings } = stack
  const identifier = `${stack.prefix}-${item.name}`
  const guarded = settings.protect && item.name === settings.databaseInUse
  return new aws.rds.Instance(
    item.name,
    {
      identifier,
      engine: 'postgres',
      engineVersion: settings.databaseVersion,
      instanceClass: settings.databaseClass,
      multiAz: settings.databaseMultiAz,
      allocatedStorage: settings.databaseStorageGib,
      maxAllocatedStorage: settings.databaseMaxStorageGib,
      storageType: 'gp3',
      storageEncrypted: true,
      kmsKeyId: keys.database.arn,
      dbName: 'dhakacart',
      username: 'dhakacart_master',
      port: way.port,
      dbSubnetGroupName: way.subnets.name,
      vpcSecurityGroupIds: [way.group.id],
      publiclyAccessible: false,
      parameterGroupName: parameters.name,
      iamDatabaseAuthenticationEnabled: true,
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: keys.secrets.arn,
      backupRetentionPeriod: settings.databaseBackupRetentionDays,
      backupWindow: dailyWindow(settings.backupTime, 30),
      maintenanceWindow: weeklyWindow(settings.maintenanceTime, 60),
      copyTagsToSnapshot: true,
      deletionProtection: guarded,
      deleteAutomatedBackups: false,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: `${identifier}-final`,
      tags: stack.tags(item.name, 'personal'),
    },
    { parent, protect: guarded },
  )
}
