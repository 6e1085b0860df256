import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import type { Stack } from '../stack.ts'

const kinds = ['slow-log', 'engine-log'] as const

/**
 * Where the cache writes its slow log and its engine log. ElastiCache lets itself write there, by the account's resource policy for log
 * delivery, and under `/aws/vendedlogs/` that policy does not grow with each group (ElastiCache user guide, "Log delivery", 2026-11). The slow log has keys
 * in it, and keys have addresses of shoppers in them.
 */
export function makeLogs(stack: Stack, key: aws.kms.Key, parent: pulumi.Resource) {
  return kinds.map((logType) => {
    const group = new aws.cloudwatch.LogGroup(
      `cache-${logType}`,
      {
        name: `/aws/vendedlogs/elasticache/${stack.prefix}/${logType}`,
        retentionInDays: stack.settings.databaseLogRetentionDays,
        kmsKeyId: key.arn,
        tags: stack.tags(`cache-${logType}`, 'personal'),
      },
      { parent },
    )
    return { logType, logFormat: 'json', destinationType: 'cloudwatch-logs', destination: group.name }
  })
}
