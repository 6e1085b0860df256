import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import type { Stack } from '../stack.ts'

/** In milliseconds, as PostgreSQL takes them. The shop's own limits are shorter and hold for it; these are for whoever sets none. */
const seconds = 1_000

/** What changes at once, by connection or by a reload of the server. */
const dynamic: Record<string, string> = {
  'rds.force_ssl': '1',
  // A migration, and a person at 3 a.m., may set more for themselves.
  statement_timeout: `${60 * seconds}`,
  lock_timeout: `${10 * seconds}`,
  idle_in_transaction_session_timeout: `${60 * seconds}`,
  log_min_duration_statement: `${0.5 * seconds}`,
  // Names, addresses and tokens are parameters: a slow statement is told without them.
  log_parameter_max_length: '0',
  log_connections: '1',
  log_disconnections: '1',
  log_lock_waits: '1',
  log_statement: 'ddl',
  // KiB: what sorts on the disk instead of in memory.
  log_temp_files: '10240',
  track_io_timing: '1',
}

/** What waits for a restart. */
const atRestart: Record<string, string> = {
  shared_preload_libraries: 'pg_stat_statements',
}

/**
 * The parameter group of one major version. It is named after that version, for the family of a group cannot change. `max_connections` stays RDS's
 * own, which goes by the machine's memory (classes.ts).
 */
export function makeParameters(stack: Stack, parent: pulumi.Resource): aws.rds.ParameterGroup {
  const version = stack.settings.databaseVersion
  const name = `database-postgres${version}`
  const rows = (values: Record<string, string>, applyMethod: 'immediate' | 'pending-reboot') =>
    Object.entries(values).map(([name, value]) => ({ name, value, applyMethod }))
  return new aws.rds.ParameterGroup(
    name,
    {
      name: `${stack.prefix}-postgres${version}`,
      family: `postgres${version}`,
      description: `PostgreSQL ${version} for the shop`,
      parameters: [...rows(dynamic, 'immediate'), ...rows(atRestart, 'pending-reboot')],
      tags: stack.tags(name),
    },
    { parent },
  )
}
