import type * as aws from '@pulumi/aws'
import type { Settings } from '../settings/schema.ts'
import type { Stack } from '../stack.ts'

/** One of `databaseInstances`. */
export type DatabaseItem = Settings['databaseInstances'][number]

/** The name in AWS of one of `databaseInstances`. */
export const identifierOf = (stack: Stack, name: string): string => `${stack.prefix}-${name}`

/** The database of the shop inside of the server, and its master user. A restored one has what it was restored from. */
const dbName = 'dhakacart'
const username = 'dhakacart_master'

/**
 * What says how a database comes into the world, and counts only then. AWS cannot change any of it, so the provider would replace the database for
 * an edit of it (terraform-provider-aws #8793, #11196), or do nothing (#16871): the engine is told to look at it no more.
 */
export const onlyAtBirth = [
  'snapshotIdentifier',
  'restoreToPointInTime',
  'dbName',
  'username',
  'kmsKeyId',
  'engineLifecycleSupport',
]

/**
 * How a database begins: empty, as a snapshot was, or as another database was at a time. RDS takes user, database and key from what it restores.
 * The disk too: it has the size of the one that it was copied from, which may have grown, and AWS refuses to make it smaller. So these are given to
 * an empty one only; once `snapshot` or `restoreOf` is taken out again, databaseStorageGib counts for it as for any other.
 */
export function birthOf(stack: Stack, item: DatabaseItem): Partial<aws.rds.InstanceArgs> {
  const { snapshot, restoreOf, restoreTo } = item
  if (snapshot !== undefined) return { snapshotIdentifier: snapshot }
  if (restoreOf === undefined) return { dbName, username, allocatedStorage: stack.settings.databaseStorageGib }
  return {
    restoreToPointInTime: {
      ...sourceOf(stack, restoreOf),
      ...(restoreTo === undefined || restoreTo === 'latest'
        ? { useLatestRestorableTime: true }
        : { restoreTime: restoreTo }),
    },
  }
}

/**
 * A database that stands is known by its identifier. One that is gone is known by its resource id, under which RDS keeps its automated backups
 * until they expire. Neither is taken from the other resource's outputs: with a dependency, a deletion of the one would reach for the other.
 */
const sourceOf = (stack: Stack, restoreOf: string) =>
  restoreOf.startsWith('db-')
    ? { sourceDbiResourceId: restoreOf }
    : { sourceDbInstanceIdentifier: identifierOf(stack, restoreOf) }
