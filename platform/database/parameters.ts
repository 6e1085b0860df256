import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import type { Stack } from '../stack.ts'

/**
 * The parameter group of one major version. It is named after that version, so that a new one stands beside it while the old is in use: the family of
 * a group cannot change.
 */
export function makeParameters(stack: Stack, parent: pulumi.Resource): aws.rds.ParameterGroup {
  const version = stack.settings.databaseVersion
  const name = `database-postgres${version}`
  return new aws.rds.ParameterGroup(
    name,
    {
      name: `${stack.prefix}-postgres${version}`,
      family: `postgres${version}`,
      description: `PostgreSQL ${version} for the shop`,
      parameters: [{ name: 'rds.force_ssl', value: '1', applyMethod: 'immediate' }],
      tags: stack.tags(name),
    },
    { parent },
  )
}
