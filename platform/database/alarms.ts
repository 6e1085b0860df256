import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import { type MetricAlarmArgs, makeMetricAlarm } from '../alarms/metric-alarm.ts'
import type { Stack } from '../stack.ts'
import { connectionsOf, databaseClassOf, gib } from './classes.ts'

export interface DatabaseAlarmsArgs {
  stack: Stack
  parent: pulumi.Resource
  topicArn: pulumi.Input<string>
}

type Alarm = Pick<
  MetricAlarmArgs,
  | 'description'
  | 'metricName'
  | 'statistic'
  | 'comparison'
  | 'threshold'
  | 'periodSeconds'
  | 'evaluationPeriods'
  | 'treatMissingData'
>

const minutes = 60

/** What is wrong with any database, by the end of the alarm's name. Silence is told where it means that the machine is gone. */
function ofEvery({ settings }: Stack, name: string): Record<string, Alarm> {
  const connections = connectionsOf(settings.databaseClass)
  const { memoryGib } = databaseClassOf(settings.databaseClass)
  return {
    cpu: {
      description: `The database ${name} has been busier than 80 % for 15 minutes. Find the statements that make it so in CloudWatch, Database Insights; then runbooks/too-many-connections.md.`,
      metricName: 'CPUUtilization',
      statistic: 'Average',
      comparison: 'above',
      threshold: 80,
      periodSeconds: 5 * minutes,
      evaluationPeriods: 3,
      treatMissingData: 'breaching',
    },
    // RDS grows the disk when a tenth of it is free; less than a tenth of what it began with means that it did not, or may not.
    storage: {
      description: `The database ${name} has less than ${settings.databaseStorageGib / 10} GiB of disk left, and it did not grow by itself: runbooks/storage-full.md.`,
      metricName: 'FreeStorageSpace',
      statistic: 'Minimum',
      comparison: 'below',
      threshold: Math.floor((settings.databaseStorageGib / 10) * gib),
      periodSeconds: 5 * minutes,
      evaluationPeriods: 3,
      treatMissingData: 'missing',
    },
    connections: {
      description: `The database ${name} has four fifths of the ${connections} connections that its class surely offers; the shop is refused when they are used up: runbooks/too-many-connections.md.`,
      metricName: 'DatabaseConnections',
      statistic: 'Maximum',
      comparison: 'atLeast',
      threshold: Math.floor(connections * 0.8),
      periodSeconds: minutes,
      evaluationPeriods: 3,
      treatMissingData: 'missing',
    },
    memory: {
      description: `The database ${name} has less than a twentieth of its memory free and begins to swap. Fewer connections or a larger databaseClass help: runbooks/too-many-connections.md.`,
      metricName: 'FreeableMemory',
      statistic: 'Average',
      comparison: 'below',
      threshold: Math.floor((memoryGib / 20) * gib),
      periodSeconds: 5 * minutes,
      evaluationPeriods: 3,
      treatMissingData: 'missing',
    },
  }
}

/** A machine without credits is billed for more, and slow where it may not be. A new one begins with none, hence the hour. */
const credits = (name: string): Alarm => ({
  description: `The database ${name} has used up its CPU credits for an hour: it costs more now. Should it stay so, choose a databaseClass that needs none (db.m7g.large).`,
  metricName: 'CPUCreditBalance',
  statistic: 'Average',
  comparison: 'below',
  threshold: 10,
  periodSeconds: 5 * minutes,
  evaluationPeriods: 12,
  treatMissingData: 'missing',
})

const lag = (name: string): Alarm => ({
  description: `The read replica ${name} has been more than a minute behind for 5 minutes: what is read there is old. Look for long transactions on it and for a busy source in CloudWatch, Database Insights.`,
  metricName: 'ReplicaLag',
  statistic: 'Maximum',
  comparison: 'above',
  threshold: 60,
  periodSeconds: minutes,
  evaluationPeriods: 5,
  treatMissingData: 'missing',
})

/** The alarms of one database or read replica. */
export function makeDatabaseAlarms(
  { stack, parent, topicArn }: DatabaseAlarmsArgs,
  name: string,
  database: aws.rds.Instance,
  { replica }: { replica: boolean },
): void {
  const { burstable } = databaseClassOf(stack.settings.databaseClass)
  const alarms = {
    ...ofEvery(stack, name),
    ...(burstable ? { credits: credits(name) } : {}),
    ...(replica ? { lag: lag(name) } : {}),
  }
  for (const [about, alarm] of Object.entries(alarms)) {
    makeMetricAlarm({
      ...alarm,
      stack,
      parent,
      topicArn,
      name: `database-${name}-${about}`,
      namespace: 'AWS/RDS',
      dimensions: { DBInstanceIdentifier: database.identifier },
    })
  }
}

/** What a person must hear of; backups and changes that somebody made by Pulumi are left out. */
const categories = [
  'availability',
  'deletion',
  'failover',
  'failure',
  'low storage',
  'maintenance',
  'notification',
  'read replica',
  'recovery',
  'restoration',
]

/**
 * Tells the topic what RDS says of one database; without its name it would tell of every database in the account. Each has a subscription of its own,
 * so that a restore changes nothing of the database that is in use.
 */
export function makeDatabaseEvents(
  { stack, parent, topicArn }: DatabaseAlarmsArgs,
  name: string,
  database: aws.rds.Instance,
): void {
  new aws.rds.EventSubscription(
    `database-${name}`,
    {
      name: `${stack.prefix}-database-${name}`,
      snsTopic: topicArn,
      sourceType: 'db-instance',
      sourceIds: [database.identifier],
      eventCategories: categories,
      tags: stack.tags(`database-${name}`),
    },
    { parent },
  )
}
