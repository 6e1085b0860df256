import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { makeMetricAlarm } from '../alarms/metric-alarm.ts'
import type { Stack } from '../stack.ts'

export interface BackupEventsArgs {
  stack: Stack
  parent: pulumi.Resource
  topicArn: pulumi.Input<string>
  vault: aws.backup.Vault
  /** The roles that our jobs run under: by them the stack's events are told from those of its neighbours in the account. */
  roleArns: pulumi.Input<string>[]
}

/** A day, and two hours for a job that starts or ends late. */
const silentHours = 26

/**
 * What goes wrong with backups, to the alarm topic: jobs that fail, restores and restore tests that fail, a vault or lock that is changed, and
 * silence. Events are for what happens, and AWS delivers them as well as it can; the alarm is for what does not happen.
 */
export function makeBackupEvents(args: BackupEventsArgs): void {
  const { stack, parent, vault } = args
  const by = { iamRoleArn: args.roleArns }
  tell(args, 'backup-failed', 'A backup or its copy failed, was ended, or did not begin in time', {
    'detail-type': ['Backup Job State Change', 'Copy Job State Change'],
    detail: { ...by, state: ['FAILED', 'ABORTED', 'EXPIRED', 'PARTIAL'] },
  })
  // Events of restores say `status`, those of backups `state` (AWS Backup developer guide, "Monitoring events using EventBridge", 2026-11).
  tell(args, 'restore-failed', 'A restore, or a restore test, failed or was ended', {
    'detail-type': ['Restore Job State Change'],
    detail: { ...by, status: ['FAILED', 'ABORTED'] },
  })
  tell(args, 'vault-changed', 'The backup vault, its lock or its policy was changed or deleted', {
    'detail-type': ['Backup Vault State Change'],
    resources: [vault.arn],
    detail: { state: ['MODIFIED', 'DELETED'] },
  })
  makeMetricAlarm({
    stack,
    parent,
    topicArn: args.topicArn,
    name: 'no-backup',
    description: `No backup was completed for ${silentHours} hours. Look at the jobs of the vault in AWS Backup; until one completes, point-in-time recovery of the database is what there is (runbooks/restore.md). Normal in the first day of a stack.`,
    namespace: 'AWS/Backup',
    metricName: 'NumberOfBackupJobsCompleted',
    dimensions: { BackupVaultName: vault.name },
    statistic: 'Sum',
    comparison: 'below',
    threshold: 1,
    periodSeconds: 3_600,
    evaluationPeriods: silentHours,
    treatMissingData: 'breaching',
  })
}

function tell({ stack, parent, topicArn }: BackupEventsArgs, name: string, description: string, pattern: object): void {
  const rule = new aws.cloudwatch.EventRule(
    name,
    {
      name: `${stack.prefix}-${name}`,
      description,
      eventPattern: pulumi.jsonStringify({ source: ['aws.backup'], ...pattern }),
      tags: stack.tags(name),
    },
    { parent },
  )
  new aws.cloudwatch.EventTarget(
    name,
    {
      rule: rule.name,
      arn: topicArn,
      inputTransformer: {
        inputPaths: {
          what: '$.detail-type',
          resource: '$.detail.resourceArn',
          source: '$.detail.sourceResourceArn',
          state: '$.detail.state',
          status: '$.detail.status',
          why: '$.detail.statusMessage',
        },
        inputTemplate: `"${stack.prefix}: ${description}. <what> of <resource><source>: <state><status>. <why>"`,
      },
    },
    { parent },
  )
}
