import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch'
import type { Clients } from '../../platform/aws/clients.ts'
import { ask } from '../../platform/aws/failure.ts'

export interface MetricQuestion {
  /** Of the namespace `AWS/RDS`: `FreeStorageSpace`. */
  metric: string
  /** The database's identifier in AWS. */
  identifier: string
  statistic: 'Average' | 'Maximum' | 'Minimum'
  periodSeconds: number
  from: Date
  to: Date
}

/** One value of a metric, in its own unit, and the start of its period. */
export interface Point {
  at: Date
  value: number
}

/** The values of a metric of a database, oldest first; none where CloudWatch has none. */
export async function readMetric({ cloudWatch }: Clients, question: MetricQuestion): Promise<Point[]> {
  const { metric, identifier, statistic, periodSeconds, from, to } = question
  const { Datapoints: points = [] } = await ask('cloudwatch:GetMetricStatistics', `${metric} of ${identifier}`, () =>
    cloudWatch.send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/RDS',
        MetricName: metric,
        Dimensions: [{ Name: 'DBInstanceIdentifier', Value: identifier }],
        Statistics: [statistic],
        Period: periodSeconds,
        StartTime: from,
        EndTime: to,
      }),
    ),
  )
  return points
    .flatMap(({ Timestamp: at, [statistic]: value }) => (at && value !== undefined ? [{ at, value }] : []))
    .sort((a, b) => a.at.getTime() - b.at.getTime())
}

/** The newest value; undefined where there is none. */
export const newest = (points: Point[]): Point | undefined => points.at(-1)

export const hoursBefore = (time: Date, hours: number): Date => new Date(time.getTime() - hours * 3_600_000)
