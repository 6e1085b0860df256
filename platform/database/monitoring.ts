import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import { policyDocument } from '../policy.ts'
import type { Stack } from '../stack.ts'

/** What lets RDS tell how the machine of a database fares. */
export interface Monitoring {
  role: aws.iam.Role
  /** Without it RDS refuses the role. */
  permission: pulumi.Resource
}

/**
 * The role of enhanced monitoring: RDS writes figures of the operating system, by process, into the log group `RDSOSMetrics`. AWS makes that one
 * for the whole account and keeps it for 30 days; it holds no data of anybody's.
 */
export function makeMonitoring(stack: Stack, parent: pulumi.Resource): Monitoring {
  const role = new aws.iam.Role(
    'database-monitoring',
    {
      name: `${stack.prefix}-database-monitoring`,
      description: `${stack.prefix}: enhanced monitoring of the database`,
      assumeRolePolicy: onlyOurDatabases(stack),
      permissionsBoundary: stack.boundaryArn,
      tags: stack.tags('database-monitoring'),
    },
    { parent },
  )
  const permission = new aws.iam.RolePolicyAttachment(
    'database-monitoring',
    { role: role.name, policyArn: 'arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole' },
    { parent },
  )
  return { role, permission }
}

/** The service for this account's databases of this stack: no other customer's can send it (the confused deputy). */
const onlyOurDatabases = (stack: Stack): string =>
  policyDocument([
    {
      Sid: 'Monitoring',
      Effect: 'Allow',
      Principal: { Service: 'monitoring.rds.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: { 'aws:SourceAccount': stack.settings.accountId },
        ArnLike: { 'aws:SourceArn': stack.arn('rds', `db:${stack.prefix}-*`) },
      },
    },
  ])
