import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import type { Keys } from '../keys.ts'
import type { Stack } from '../stack.ts'

/** What PostgreSQL, its upgrades, and refused IAM logins write. */
export const logTypes = ['postgresql', 'upgrade', 'iam-db-auth-error']

/**
 * The log groups of one database, made before it: RDS would make them itself, without a key and for ever. Statements are in them, so they hold personal
 * data, though without the values of parameters (parameters.ts).
 */
export function makeLogs(
  stack: Stack,
  parent: pulumi.Resource,
  keys: Keys,
  name: string,
  identifier: string,
): pulumi.Resource[] {
  return logTypes.map(
    (type) =>
      new aws.cloudwatch.LogGroup(
        `${name}-${type}`,
        {
          name: `/aws/rds/instance/${identifier}/${type}`,
          retentionInDays: stack.settings.databaseLogRetentionDays,
          kmsKeyId: keys.logs.arn,
          tags: stack.tags(`${name}-${type}`, 'personal'),
        },
        { parent },
      ),
  )
}
